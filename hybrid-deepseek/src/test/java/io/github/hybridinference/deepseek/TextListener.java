package io.github.hybridinference.deepseek;

import io.github.hybridinference.EngineHealth;
import io.github.hybridinference.InferenceListener;
import io.github.hybridinference.budget.BudgetState;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.remote.RemoteException;
import java.util.List;

/** Records every event as text. */
record TextListener(List<String> sinks) implements InferenceListener {
    @Override
    public void onAnswer(MarketSnapshot snapshot, Inference answer) {
        sinks.add(snapshot + " " + answer);
    }

    @Override
    public void onRevision(MarketSnapshot snapshot, Inference revision) {
        sinks.add(snapshot + " " + revision);
    }

    @Override
    public void onRemoteCall(RemoteCall call) {
        sinks.add(call.toString());
    }

    @Override
    public void onAttemptFailed(String model, RemoteException failure, boolean retried) {
        sinks.add(model + " " + Texts.of(failure));
    }

    @Override
    public void onBreakerChange(EngineHealth.Component breaker) {
        sinks.add(breaker.toString());
    }

    @Override
    public void onBudget(int usedPct, BudgetState state) {
        sinks.add(usedPct + " " + state);
    }
}

package io.github.hybridinference.testing;

import io.github.hybridinference.EngineHealth;
import io.github.hybridinference.InferenceListener;
import io.github.hybridinference.budget.BudgetState;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.remote.RemoteException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Writes down what it hears. Thread-safe. */
public final class RecordingListener implements InferenceListener {
    /**
     * An attempt that failed.
     *
     * @param model the model's name
     * @param failure why
     * @param retried whether there was to be another attempt
     */
    public record FailedAttempt(String model, RemoteException failure, boolean retried) {}

    private final List<Inference> answers = Collections.synchronizedList(new ArrayList<>());
    private final List<Inference> revisions = Collections.synchronizedList(new ArrayList<>());
    private final List<RemoteCall> calls = Collections.synchronizedList(new ArrayList<>());
    private final List<FailedAttempt> failedAttempts = Collections.synchronizedList(new ArrayList<>());
    private final List<EngineHealth.Component> breakers = Collections.synchronizedList(new ArrayList<>());
    private final List<Integer> budgetLevels = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void onAnswer(MarketSnapshot snapshot, Inference answer) {
        answers.add(answer);
    }

    @Override
    public void onRevision(MarketSnapshot snapshot, Inference revision) {
        revisions.add(revision);
    }

    @Override
    public void onRemoteCall(RemoteCall call) {
        calls.add(call);
    }

    @Override
    public void onAttemptFailed(String model, RemoteException failure, boolean retried) {
        failedAttempts.add(new FailedAttempt(model, failure, retried));
    }

    @Override
    public void onBreakerChange(EngineHealth.Component breaker) {
        breakers.add(breaker);
    }

    @Override
    public void onBudget(int usedPct, BudgetState state) {
        budgetLevels.add(usedPct);
    }

    /**
     * Returns the answers.
     *
     * @return in the order in which they were heard of
     */
    public List<Inference> answers() {
        return copyOf(answers);
    }

    /**
     * Returns the late answers.
     *
     * @return in the order in which they were heard of
     */
    public List<Inference> revisions() {
        return copyOf(revisions);
    }

    /**
     * Returns the requests to models that are over.
     *
     * @return in the order in which they were heard of
     */
    public List<RemoteCall> calls() {
        return copyOf(calls);
    }

    /**
     * Returns the attempts that failed.
     *
     * @return in the order in which they were heard of
     */
    public List<FailedAttempt> failedAttempts() {
        return copyOf(failedAttempts);
    }

    /**
     * Returns the states the breakers took.
     *
     * @return in the order in which they were heard of
     */
    public List<EngineHealth.Component> breakers() {
        return copyOf(breakers);
    }

    /**
     * Returns the levels of the budget that were told.
     *
     * @return percent, in the order in which they were heard of
     */
    public List<Integer> budgetLevels() {
        return copyOf(budgetLevels);
    }

    private static <T> List<T> copyOf(List<T> heard) {
        synchronized (heard) {
            return List.copyOf(heard);
        }
    }
}

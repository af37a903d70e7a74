package io.github.hybridinference;

import io.github.hybridinference.budget.BudgetState;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.RemoteException;
import java.time.Instant;
import java.util.Optional;

/**
 * Hears of what happens on the path of a request. Every method does nothing by default.
 *
 * <p>Methods are called on the thread the event happens on, by many threads at once: they must be thread-safe and quick.
 * {@link #onAnswer} and {@link #onRevision} concern one caller and delay no other. The rest is called on the way of a call,
 * before its callers are answered. A listener that throws changes nothing; it is logged once per listener.
 *
 * @since 0.1.0
 */
public interface InferenceListener {
    /**
     * An inference was answered.
     *
     * @param snapshot what was asked; it holds the caller's symbol and prices, and is not for any third party
     * @param answer what was answered
     */
    default void onAnswer(MarketSnapshot snapshot, Inference answer) {}

    /**
     * The model's answer came after the deadline.
     *
     * @param snapshot what was asked
     * @param revision the late answer, with the decision id of the one it revises
     */
    default void onRevision(MarketSnapshot snapshot, Inference revision) {}

    /**
     * A call to a model is over, retries included.
     *
     * @param call what it took
     */
    default void onRemoteCall(RemoteCall call) {}

    /**
     * An attempt failed.
     *
     * @param model the model's name
     * @param failure why
     * @param retried whether there will be another attempt
     */
    default void onAttemptFailed(String model, RemoteException failure, boolean retried) {}

    /**
     * A circuit breaker changed its state.
     *
     * @param breaker its new state
     */
    default void onBreakerChange(EngineHealth.Component breaker) {}

    /**
     * The models were paused or resumed.
     *
     * @param on whether they may be asked
     * @param reason the reason given to {@link InferenceEngine#pauseRemote}; empty if they were resumed
     * @param at when, on the engine's clock
     */
    default void onRemoteSwitch(boolean on, String reason, Instant at) {}

    /**
     * The budget has been used up to a level; said once a level and period.
     *
     * @param usedPct 80 or 100
     * @param state how the budget stands
     */
    default void onBudget(int usedPct, BudgetState state) {}

    /**
     * What a call to a model took.
     *
     * @param model the model's name
     * @param attempts how many attempts were sent
     * @param usage what they consumed, as far as it was seen
     * @param unseenCostNanoUsd what was charged for attempts whose cost was not seen, in billionths of a US dollar
     * @param durationNanos from the first attempt to the end
     * @param failure why it failed; empty if it was answered
     */
    record RemoteCall(
            String model,
            int attempts,
            Usage usage,
            long unseenCostNanoUsd,
            long durationNanos,
            Optional<Degradation> failure) {}
}

package io.github.hybridinference.eval.journal;

import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Provenance;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.TradingSignal;
import io.github.hybridinference.remote.ModelIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One recorded decision. It holds no price, and no symbol unless the journal keeps symbols.
 *
 * @param decisionId the decision's id; a late answer of the model has that of the answer it revises
 * @param barTime the close of the bar that was asked about
 * @param symbol the instrument, if the journal keeps it
 * @param snapshot what was sent to the model, or would have been if it had been asked
 * @param scenario whether the scenario is complex, and why
 * @param rules the verdict of the rules
 * @param model the answer of the model, fresh or cached; empty if the rules answered
 * @param source where the answer came from
 * @param degradation why the answer was less than it could have been
 * @param asked which model was asked, and how; empty if the rules answered or the journal does not know the model
 * @param provenance who answered, when, and what it consumed; empty if the rules answered
 * @param latency how long the caller waited
 * @param late whether this is an answer of the model that arrived after the caller had received that of the rules
 * @since 0.1.0
 */
public record JournalEntry(
        String decisionId,
        Instant barTime,
        Optional<String> symbol,
        AnonymizedSnapshot snapshot,
        Scenario scenario,
        Rules rules,
        Optional<TradingSignal> model,
        Source source,
        Optional<Degradation> degradation,
        Optional<ModelIdentity> asked,
        Optional<Provenance> provenance,
        Duration latency,
        boolean late) {
    /**
     * The verdict of the rules.
     *
     * @param signal their signal, without its reasoning, which can quote prices
     * @param score from -1 (all say sell) to 1 (all say buy)
     * @param strongestBuy weight of the strongest single vote to buy
     * @param strongestSell weight of the strongest single vote to sell
     */
    public record Rules(TradingSignal signal, double score, double strongestBuy, double strongestSell) {
        /**
         * Checks that the signal is there.
         *
         * @param signal their signal
         * @param score the balance of the votes
         * @param strongestBuy weight of the strongest single vote to buy
         * @param strongestSell weight of the strongest single vote to sell
         */
        public Rules {
            Objects.requireNonNull(signal, "signal");
        }
    }

    /**
     * Checks that all are there, and that an answer of the model says who gave it.
     *
     * @param decisionId the decision's id
     * @param barTime the close of the bar that was asked about
     * @param symbol the instrument, if the journal keeps it
     * @param snapshot what was sent to the model, or would have been
     * @param scenario whether the scenario is complex
     * @param rules the verdict of the rules
     * @param model the answer of the model
     * @param source where the answer came from
     * @param degradation why the answer was less than it could have been
     * @param asked which model was asked, and how
     * @param provenance who answered
     * @param latency how long the caller waited
     * @param late whether this is a late answer
     */
    public JournalEntry {
        Objects.requireNonNull(decisionId, "decisionId");
        Objects.requireNonNull(barTime, "barTime");
        Objects.requireNonNull(symbol, "symbol");
        Objects.requireNonNull(snapshot, "snapshot");
        Objects.requireNonNull(scenario, "scenario");
        Objects.requireNonNull(rules, "rules");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(degradation, "degradation");
        Objects.requireNonNull(asked, "asked");
        Objects.requireNonNull(latency, "latency");
        if (isOfModel(source) != model.isPresent() || model.isPresent() != provenance.isPresent()) {
            throw new IllegalArgumentException(
                    "an entry has a model's answer and its provenance if, and only if, its source is REMOTE or CACHE");
        }
    }

    /**
     * Returns the signal that was given.
     *
     * @return the model's if it answered, else the rules', on FALLBACK with the engine's cap on its confidence
     */
    public TradingSignal signal() {
        TradingSignal own = rules.signal();
        return model.orElse(
                source == Source.FALLBACK ? own.withConfidenceAtMost(Inference.FALLBACK_CONFIDENCE_CAP) : own);
    }

    /**
     * Returns the action that was given.
     *
     * @return the action of {@link #signal()}
     */
    public Action action() {
        return signal().action();
    }

    static boolean isOfModel(Source source) {
        return source == Source.REMOTE || source == Source.CACHE;
    }

    /** The source, the reason and the action; no figure and no text. */
    @Override
    public String toString() {
        return "JournalEntry[" + decisionId + ", " + action() + ", " + source + ", " + scenario.reason() + "]";
    }
}

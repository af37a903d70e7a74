package io.github.hybridinference.testkit;

import io.github.hybridinference.local.LocalRuleModel;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Provenance;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.model.RuleVerdict;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.model.TradingSignal;
import io.github.hybridinference.model.Usage;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Answers to a snapshot as an engine gives them, for code that takes an {@link Inference}.
 *
 * <p>The verdict of the rules is that of {@link LocalRuleModel#standard()} unless another is asked for. An answer holds until
 * the end of the bar after the snapshot's, took no time and cost nothing. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class Answers {
    private static final String MODEL = "fake-model";
    private static final String PROMPT = "fake-prompt";
    private static final String REASONING = "A verdict that a test gave.";
    private static final Scenario SIMPLE = Scenario.simple(Scenario.Reason.CUSTOM);
    private static final Scenario COMPLEX = Scenario.complex(Scenario.Reason.CUSTOM);
    private static final AtomicLong COUNT = new AtomicLong();

    private final MarketSnapshot snapshot;

    private Answers(MarketSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    /**
     * Begins an answer to a snapshot.
     *
     * @param snapshot what was asked
     * @return makes answers to it
     */
    public static Answers to(MarketSnapshot snapshot) {
        return new Answers(Objects.requireNonNull(snapshot, "snapshot"));
    }

    /**
     * Begins an answer where the snapshot does not matter.
     *
     * @return makes answers to an hourly bar that closes now, with an RSI of 50
     */
    public static Answers toAny() {
        return to(MarketSnapshot.builder("TEST", Timeframe.H1)
                .rsi(50)
                .volatilityPct(2)
                .build());
    }

    /**
     * Makes the model's answer, given for this inference.
     *
     * @param signal the model's advice
     * @return an answer from REMOTE
     */
    public Inference remote(TradingSignal signal) {
        return ofModel(Answers::id, Source.REMOTE, signal);
    }

    /**
     * Makes the model's answer to an earlier request, found in the cache.
     *
     * @param signal the model's advice
     * @return an answer from CACHE
     */
    public Inference cached(TradingSignal signal) {
        return ofModel(Answers::id, Source.CACHE, signal);
    }

    /**
     * Makes the answer of the standard rules to a simple scenario.
     *
     * @return an answer from LOCAL
     */
    public Inference local() {
        return local(rules());
    }

    /**
     * Makes an answer of rules to a simple scenario. Stop and target follow the snapshot's volatility, as always with rules.
     *
     * @param action what to do
     * @param confidence how sure, in [0, 1]
     * @return an answer from LOCAL
     * @throws IllegalArgumentException if the confidence is out of range
     */
    public Inference local(Action action, double confidence) {
        return local(verdict(action, confidence));
    }

    /**
     * Makes the answer to a snapshot without enough data: HOLD with confidence 0.
     *
     * @return an answer from LOCAL with NO_DATA
     */
    public Inference noData() {
        return Inference.local(
                Answers::id,
                RuleVerdict.noData(),
                Scenario.simple(Scenario.Reason.INSUFFICIENT_DATA),
                Degradation.NO_DATA,
                snapshot.nextBarEndMs(),
                0);
    }

    /**
     * Makes the answer of the standard rules in place of the model's.
     *
     * @param degradation why the model did not answer
     * @return an answer from FALLBACK, whose confidence is at most {@link Inference#FALLBACK_CONFIDENCE_CAP}
     * @throws IllegalArgumentException for NO_DATA, which is never a fallback
     */
    public Inference fallback(Degradation degradation) {
        return fallback(degradation, rules());
    }

    /**
     * Makes an answer of rules in place of the model's.
     *
     * @param degradation why the model did not answer
     * @param action what to do
     * @param confidence how sure the rules are, in [0, 1]; the answer's is at most
     *     {@link Inference#FALLBACK_CONFIDENCE_CAP}
     * @return an answer from FALLBACK
     * @throws IllegalArgumentException if the confidence is out of range, or for NO_DATA, which is never a fallback
     */
    public Inference fallback(Degradation degradation, Action action, double confidence) {
        return fallback(degradation, verdict(action, confidence));
    }

    /**
     * Makes the answer of the standard rules at a deadline, with the model's answer to follow.
     *
     * @param late completes with the model's advice, or exceptionally if it is of no use
     * @return an answer from FALLBACK with TIMEOUT, whose {@link Inference#revision()} completes after {@code late}
     */
    public Inference timedOut(CompletionStage<TradingSignal> late) {
        String decision = id();
        return Inference.fallback(
                () -> decision,
                rules(),
                COMPLEX,
                Degradation.TIMEOUT,
                late.handle((signal, failure) -> failure == null && signal != null
                        ? Optional.of(ofModel(() -> decision, Source.REMOTE, signal))
                        : Optional.empty()),
                snapshot.nextBarEndMs(),
                0);
    }

    private static String id() {
        return "test-" + COUNT.incrementAndGet();
    }

    private Inference ofModel(Supplier<String> ids, Source source, TradingSignal signal) {
        Provenance provenance = new Provenance(MODEL, PROMPT, snapshot.time(), Usage.NONE);
        return Inference.ofModel(
                ids,
                source,
                rules(),
                COMPLEX,
                Objects.requireNonNull(signal, "signal"),
                provenance,
                snapshot.nextBarEndMs(),
                0);
    }

    private Inference local(RuleVerdict verdict) {
        return Inference.local(Answers::id, verdict, SIMPLE, null, snapshot.nextBarEndMs(), 0);
    }

    private Inference fallback(Degradation degradation, RuleVerdict verdict) {
        if (degradation == Degradation.NO_DATA) {
            throw new IllegalArgumentException("NO_DATA comes from LOCAL: use noData()");
        }
        return Inference.fallback(Answers::id, verdict, COMPLEX, degradation, null, snapshot.nextBarEndMs(), 0);
    }

    private RuleVerdict rules() {
        return LocalRuleModel.standard().evaluate(snapshot);
    }

    private RuleVerdict verdict(Action action, double confidence) {
        double score = action == Action.BUY ? confidence : action == Action.SELL ? -confidence : 0;
        return RuleVerdict.of(
                action,
                confidence,
                RiskLevel.MEDIUM,
                score,
                Math.max(0, score),
                Math.max(0, -score),
                snapshot,
                judged -> REASONING);
    }
}

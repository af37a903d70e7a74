package io.github.hybridinference;

import io.github.hybridinference.RemoteCall.Answered;
import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.model.ConfidenceTable;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.DroppedFields;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Provenance;
import io.github.hybridinference.model.RuleVerdict;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.TradingSignal;
import io.github.hybridinference.model.Usage;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes the answers. Each is counted and given to the listeners as it is made. */
final class InferenceFactory {
    /**
     * An inference whose scenario is complex.
     *
     * @param snapshot what was asked
     * @param rules the verdict of the rules, for a fallback
     * @param scenario why the verdict does not suffice
     * @param startNanos when it came in, on the nano clock
     */
    record ComplexInference(MarketSnapshot snapshot, RuleVerdict rules, Scenario scenario, long startNanos) {}

    private static final Scenario BROKEN = Scenario.simple(Scenario.Reason.CUSTOM);

    private final LongSupplier nanoClock;
    private final EngineMetrics metrics;
    private final Listeners listeners;
    private final Supplier<String> ids;

    /** What the model's confidence is worth. Applied here, so that caches keep what the model said. */
    private final @Nullable ConfidenceTable confidences;

    InferenceFactory(
            LongSupplier nanoClock,
            RandomGenerator random,
            EngineMetrics metrics,
            Listeners listeners,
            @Nullable ConfidenceTable confidences) {
        this.confidences = confidences;
        this.nanoClock = nanoClock;
        this.metrics = metrics;
        this.listeners = listeners;
        this.ids = ids(random.nextLong());
    }

    /** Decision ids: a random number for the engine, and a count. */
    private static Supplier<String> ids(long engine) {
        String prefix = Long.toHexString(engine | Long.MIN_VALUE) + "-";
        AtomicLong count = new AtomicLong();
        return () -> prefix + Long.toHexString(count.incrementAndGet());
    }

    Supplier<String> ids() {
        return ids;
    }

    /** A caller gave up before he was answered. */
    void cancelled() {
        metrics.cancelled();
    }

    /** The rules suffice, or there is no model. */
    Inference local(MarketSnapshot snapshot, RuleVerdict rules, Scenario scenario, long startNanos) {
        boolean noData = scenario.reason() == Scenario.Reason.INSUFFICIENT_DATA || !rules.hasData();
        Inference answer = Inference.local(
                ids,
                noData ? RuleVerdict.noData() : rules,
                scenario,
                noData ? Degradation.NO_DATA : null,
                snapshot.nextBarEndMs(),
                nanoClock.getAsLong() - startNanos);
        if (noData) {
            metrics.degraded(Degradation.NO_DATA);
        }
        return counted(snapshot, answer);
    }

    /** The rules or the classifier threw. */
    Inference broken(MarketSnapshot snapshot, long startNanos) {
        metrics.degraded(Degradation.INTERNAL);
        return counted(
                snapshot,
                Inference.local(
                        ids,
                        RuleVerdict.noData(),
                        BROKEN,
                        Degradation.INTERNAL,
                        snapshot.nextBarEndMs(),
                        nanoClock.getAsLong() - startNanos));
    }

    /** The cache had an answer. */
    Inference cached(ComplexInference inference, CachedSignal signal) {
        return counted(inference, ofModel(ids, inference, Source.CACHE, signal, Usage.NONE));
    }

    /** The model answered in time, or another process had asked. */
    Inference answered(Supplier<String> id, ComplexInference inference, Answered result, Usage share) {
        return counted(inference, ofModel(id, inference, result.source(), result.signal(), share));
    }

    /** The model answered too late; not counted as an answer of its own. */
    Inference revision(Supplier<String> id, ComplexInference inference, Answered result, Usage share) {
        Inference revision =
                withDropped(inference.snapshot(), ofModel(id, inference, result.source(), result.signal(), share));
        if (!listeners.isEmpty()) {
            listeners.notify(listener -> listener.onRevision(inference.snapshot(), revision));
        }
        return revision;
    }

    /** The rules answer in place of the model. */
    Inference fallback(
            Supplier<String> id,
            ComplexInference inference,
            Degradation degradation,
            Usage usage,
            @Nullable CompletionStage<Optional<Inference>> revision) {
        metrics.degraded(degradation);
        return counted(
                inference,
                Inference.fallback(
                        id,
                        inference.rules(),
                        inference.scenario(),
                        degradation,
                        usage,
                        revision,
                        inference.snapshot().nextBarEndMs(),
                        nanoClock.getAsLong() - inference.startNanos()));
    }

    Inference fallback(ComplexInference inference, Degradation degradation) {
        return fallback(ids, inference, degradation, Usage.NONE, null);
    }

    private Inference ofModel(
            Supplier<String> id, ComplexInference inference, Source source, CachedSignal signal, Usage usage) {
        return Inference.ofModel(
                id,
                source,
                inference.rules(),
                inference.scenario(),
                calibrated(inference.scenario(), signal.signal()),
                new Provenance(
                        signal.model(),
                        signal.promptVersion(),
                        Instant.ofEpochMilli(signal.answeredAtMs()),
                        usage,
                        signal.fingerprint()),
                Math.min(signal.validUntilMs(), inference.snapshot().nextBarEndMs()),
                nanoClock.getAsLong() - inference.startNanos());
    }

    private TradingSignal calibrated(Scenario scenario, TradingSignal stated) {
        // a simple scenario has a cached answer of the rules, which have a table of their own
        return confidences == null || !scenario.isComplex() ? stated : stated.calibrated(confidences);
    }

    private static Inference withDropped(MarketSnapshot snapshot, Inference made) {
        return snapshot.dropped() == DroppedFields.NONE
                ? made
                : made.withFieldsDropped(snapshot.dropped().total());
    }

    private Inference counted(ComplexInference inference, Inference made) {
        if (inference.scenario().isComplex()) { // a cached answer of the rules to a simple one comes this way too
            metrics.recent()
                    .add(
                            inference.startNanos() + made.latencyNanos(),
                            made.degradation().orElse(null));
        }
        return counted(inference.snapshot(), made);
    }

    private Inference counted(MarketSnapshot snapshot, Inference made) {
        Inference answer = withDropped(snapshot, made);
        metrics.answered(answer.source(), answer.latencyNanos());
        if (snapshot.dropped() != DroppedFields.NONE) {
            metrics.dropped(snapshot.dropped());
        }
        if (!listeners.isEmpty()) {
            listeners.notify(listener -> listener.onAnswer(snapshot, answer));
        }
        return answer;
    }
}

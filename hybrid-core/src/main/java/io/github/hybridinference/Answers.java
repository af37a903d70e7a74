package io.github.hybridinference;

import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.DroppedFields;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Provenance;
import io.github.hybridinference.model.RuleVerdict;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Usage;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the answers, each entered into the books and told to the listeners. */
final class Answers {
    private static final Scenario BROKEN = Scenario.simple(Scenario.Reason.CUSTOM);

    private final LongSupplier nanoClock;
    private final Meter meter;
    private final Listeners listeners;
    private final Supplier<String> ids;

    Answers(Settings settings, Meter meter, Listeners listeners) {
        this.nanoClock = settings.nanoClock();
        this.meter = meter;
        this.listeners = listeners;
        this.ids = ids(settings.random().nextLong());
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

    /** The rules suffice. */
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
            meter.degraded(Degradation.NO_DATA);
        }
        return entered(snapshot, answer);
    }

    /** The rules or the classifier threw. */
    Inference broken(MarketSnapshot snapshot, long startNanos) {
        meter.degraded(Degradation.INTERNAL);
        return entered(
                snapshot,
                Inference.local(
                        ids,
                        RuleVerdict.noData(),
                        BROKEN,
                        Degradation.INTERNAL,
                        snapshot.nextBarEndMs(),
                        nanoClock.getAsLong() - startNanos));
    }

    /** The cache had it. */
    Inference remembered(Request request, CachedSignal signal) {
        return entered(request.snapshot(), ofModel(ids, request, Source.CACHE, signal, Usage.NONE));
    }

    /** The model answered in time, or another process had asked. */
    Inference answered(Supplier<String> id, Request request, Outcome.Answered outcome, Usage share) {
        return entered(request.snapshot(), ofModel(id, request, outcome.source(), outcome.answer(), share));
    }

    /** The model answered too late; not an answer of its own in the books. */
    Inference revision(Supplier<String> id, Request request, Outcome.Answered outcome, Usage share) {
        Inference revision = ofModel(id, request, outcome.source(), outcome.answer(), share);
        if (!listeners.isEmpty()) {
            listeners.tell(listener -> listener.onRevision(request.snapshot(), revision));
        }
        return revision;
    }

    /** The rules stand in. */
    Inference fallback(
            Supplier<String> id,
            Request request,
            Degradation degradation,
            @Nullable CompletionStage<Optional<Inference>> revision) {
        meter.degraded(degradation);
        return entered(
                request.snapshot(),
                Inference.fallback(
                        id,
                        request.rules(),
                        request.scenario(),
                        degradation,
                        revision,
                        request.snapshot().nextBarEndMs(),
                        nanoClock.getAsLong() - request.startNanos()));
    }

    Inference fallback(Request request, Degradation degradation) {
        return fallback(ids, request, degradation, null);
    }

    private Inference ofModel(Supplier<String> id, Request request, Source source, CachedSignal signal, Usage usage) {
        return Inference.ofModel(
                id,
                source,
                request.rules(),
                request.scenario(),
                signal.signal(),
                new Provenance(
                        signal.model(), signal.promptVersion(), Instant.ofEpochMilli(signal.answeredAtMs()), usage),
                signal.validUntilMs(),
                nanoClock.getAsLong() - request.startNanos());
    }

    private Inference entered(MarketSnapshot snapshot, Inference answer) {
        meter.answered(answer.source(), answer.latencyNanos());
        if (snapshot.dropped() != DroppedFields.NONE) {
            meter.dropped(snapshot.dropped());
        }
        if (!listeners.isEmpty()) {
            listeners.tell(listener -> listener.onAnswer(snapshot, answer));
        }
        return answer;
    }
}

package io.github.hybridinference;

import io.github.hybridinference.budget.BudgetState;
import io.github.hybridinference.cache.CacheState;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.DropCause;
import io.github.hybridinference.model.DroppedFields;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.ReplyProblem;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * The engine's books.
 *
 * <p>The local path writes once, into the histogram of its latency, whose count is the number of local answers. Hard
 * questions are counted when they come in and again, by what became of them, when they go out; that these two agree is
 * the balance of the books.
 */
final class Meter {
    private static final int LOCAL_STRIPES = 16;
    private static final int OTHER_STRIPES = 2;

    private final LatencyHistogram[] latency = new LatencyHistogram[Source.values().length];
    private final LongAdder hardQuestions = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder remoteCalls = new LongAdder();
    private final LongAdder attempts = new LongAdder();
    private final LongAdder coalesced = new LongAdder();
    private final LongAdder tokens = new LongAdder();
    private final LongAdder costNanoUsd = new LongAdder();
    private final LongAdder unpriced = new LongAdder();
    private final LongAdder sensitive = new LongAdder();
    private final AtomicLongArray dropped = new AtomicLongArray(DropCause.values().length);
    private final AtomicLongArray degradations = new AtomicLongArray(Degradation.values().length);
    private final AtomicLongArray problems = new AtomicLongArray(ReplyProblem.values().length);

    Meter() {
        for (Source source : Source.values()) {
            latency[source.ordinal()] = new LatencyHistogram(source == Source.LOCAL ? LOCAL_STRIPES : OTHER_STRIPES);
        }
    }

    void answered(Source source, long nanos) {
        latency[source.ordinal()].record(nanos);
    }

    void hardQuestion() {
        hardQuestions.increment();
    }

    void degraded(Degradation degradation) {
        degradations.incrementAndGet(degradation.ordinal());
    }

    void cancelled() {
        cancelled.increment();
    }

    void error() {
        errors.increment();
    }

    void remoteCall() {
        remoteCalls.increment();
    }

    void attempt() {
        attempts.increment();
    }

    void coalesced() {
        coalesced.increment();
    }

    void problem(ReplyProblem problem) {
        problems.incrementAndGet(problem.ordinal());
    }

    void used(Usage usage) {
        tokens.add(usage.totalTokens());
        usage.costNanoUsd().ifPresentOrElse(costNanoUsd::add, unpriced::increment);
    }

    void dropped(DroppedFields fields) {
        for (DropCause cause : DropCause.values()) {
            dropped.addAndGet(cause.ordinal(), fields.count(cause));
        }
        sensitive.add(fields.sensitive());
    }

    EngineStats stats(long consecutiveFailures, BudgetState budget, CacheState cache) {
        Map<Source, EngineStats.Latency> latencies = new EnumMap<>(Source.class);
        for (Source source : Source.values()) {
            latencies.put(source, latency[source.ordinal()].summary());
        }
        long local = count(latencies, Source.LOCAL);
        return new EngineStats(
                local + hardQuestions.sum(),
                local,
                count(latencies, Source.CACHE),
                count(latencies, Source.REMOTE),
                count(latencies, Source.FALLBACK),
                cancelled.sum(),
                errors.sum(),
                remoteCalls.sum(),
                attempts.sum(),
                coalesced.sum(),
                consecutiveFailures,
                tokens.sum(),
                costNanoUsd.sum(),
                unpriced.sum(),
                byConstant(DropCause.class, dropped),
                sensitive.sum(),
                byConstant(Degradation.class, degradations),
                byConstant(ReplyProblem.class, problems),
                Map.copyOf(latencies),
                budget,
                cache);
    }

    private static long count(Map<Source, EngineStats.Latency> latencies, Source source) {
        EngineStats.Latency latency = latencies.get(source);
        return latency == null ? 0 : latency.count();
    }

    private static <E extends Enum<E>> Map<E, Long> byConstant(Class<E> type, AtomicLongArray counts) {
        Map<E, Long> map = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            long count = counts.get(constant.ordinal());
            if (count > 0) {
                map.put(constant, count);
            }
        }
        return Map.copyOf(map);
    }
}

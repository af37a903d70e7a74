package io.github.hybridinference;

import io.github.hybridinference.budget.BudgetState;
import io.github.hybridinference.cache.CacheState;
import io.github.hybridinference.internal.RecentAnswers;
import io.github.hybridinference.internal.UnitWatch;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.DropCause;
import io.github.hybridinference.model.DroppedFields;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.FailureCause;
import io.github.hybridinference.remote.ReplyProblem;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What the engine counts.
 *
 * <p>The local path writes once, into the histogram of its latency, whose count is the number of local answers. Inferences
 * of complex scenarios are counted when they come in and, by their source, when they are answered or cancelled; at rest
 * the two sums agree.
 */
final class EngineMetrics {
    private static final int LOCAL_STRIPES = 16;
    private static final int OTHER_STRIPES = 2;

    private final LatencyHistogram[] latency = new LatencyHistogram[Source.values().length];
    private final UnitWatch units = new UnitWatch();
    private final RecentAnswers recent = new RecentAnswers();
    private final LongAdder complexScenarios = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder remoteCalls = new LongAdder();
    private final LongAdder attempts = new LongAdder();
    private final LongAdder coalesced = new LongAdder();
    private final LongAdder tokens = new LongAdder();
    private final LongAdder seenNanoUsd = new LongAdder();
    private final LongAdder unseenNanoUsd = new LongAdder();
    private final LongAdder unpriced = new LongAdder();
    private final LongAdder sensitive = new LongAdder();
    private final AtomicLongArray dropped = new AtomicLongArray(DropCause.values().length);
    private final AtomicLongArray degradations = new AtomicLongArray(Degradation.values().length);
    private final AtomicLongArray problems = new AtomicLongArray(ReplyProblem.values().length);
    private final AtomicLongArray causes = new AtomicLongArray(FailureCause.values().length);

    EngineMetrics() {
        for (Source source : Source.values()) {
            latency[source.ordinal()] = new LatencyHistogram(source == Source.LOCAL ? LOCAL_STRIPES : OTHER_STRIPES);
        }
    }

    UnitWatch units() {
        return units;
    }

    RecentAnswers recent() {
        return recent;
    }

    void answered(Source source, long nanos) {
        latency[source.ordinal()].record(nanos);
    }

    void complexScenario() {
        complexScenarios.increment();
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

    void failedBecause(FailureCause cause) {
        causes.incrementAndGet(cause.ordinal());
    }

    /**
     * An attempt was settled.
     *
     * @param usage what it consumed, or null if that was not seen
     * @param reservedNanoUsd what was charged if the cost was not seen
     */
    void settled(@Nullable Usage usage, long reservedNanoUsd) {
        if (usage != null) {
            tokens.add(usage.totalTokens());
        }
        if (usage != null && usage.costNanoUsd().isPresent()) {
            seenNanoUsd.add(usage.costNanoUsd().getAsLong());
        } else {
            unseenNanoUsd.add(reservedNanoUsd);
            unpriced.increment();
        }
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
                local + complexScenarios.sum(),
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
                seenNanoUsd.sum() + unseenNanoUsd.sum(),
                unseenNanoUsd.sum(),
                unpriced.sum(),
                byConstant(DropCause.class, dropped),
                sensitive.sum(),
                units.names(),
                byConstant(Degradation.class, degradations),
                byConstant(ReplyProblem.class, problems),
                byConstant(FailureCause.class, causes),
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

    /**
     * Counts durations in buckets of about 3 % width, from many threads at once.
     *
     * <p>Logarithmic in powers of two with 32 linear steps each, as in HdrHistogram (G. Tene). A thread adds to one of a few
     * stripes by its id, one atomic add and no allocation, so that threads seldom meet.
     */
    static final class LatencyHistogram {
        private static final int STEPS_LOG2 = 5;
        private static final int STEPS = 1 << STEPS_LOG2;
        private static final int MAX_LOG2 = 40; // about 18 minutes
        private static final int BUCKETS = (MAX_LOG2 - STEPS_LOG2 + 1) * STEPS;

        private final AtomicLongArray[] stripes;

        LatencyHistogram(int stripeCount) {
            if (Integer.bitCount(stripeCount) != 1) {
                throw new IllegalArgumentException("the number of stripes is a power of two");
            }
            stripes = new AtomicLongArray[stripeCount];
            for (int i = 0; i < stripeCount; i++) {
                stripes[i] = new AtomicLongArray(BUCKETS);
            }
        }

        void record(long nanos) {
            int stripe = (int) Thread.currentThread().getId() & (stripes.length - 1);
            stripes[stripe].getAndIncrement(bucketOf(nanos));
        }

        long count() {
            long count = 0;
            for (AtomicLongArray stripe : stripes) {
                for (int i = 0; i < BUCKETS; i++) {
                    count += stripe.get(i);
                }
            }
            return count;
        }

        EngineStats.Latency summary() {
            long[] counts = new long[BUCKETS];
            long total = 0;
            int highest = 0;
            for (AtomicLongArray stripe : stripes) {
                for (int i = 0; i < BUCKETS; i++) {
                    long here = stripe.get(i);
                    counts[i] += here;
                    total += here;
                    highest = here > 0 ? Math.max(highest, i) : highest;
                }
            }
            return total == 0
                    ? new EngineStats.Latency(0, 0, 0, 0)
                    : new EngineStats.Latency(
                            total, percentile(counts, total, 0.50), percentile(counts, total, 0.99), middleOf(highest));
        }

        private static long percentile(long[] counts, long total, double share) {
            long wanted = (long) Math.ceil(total * share);
            long seen = 0;
            for (int i = 0; i < counts.length; i++) {
                seen += counts[i];
                if (seen >= wanted) {
                    return middleOf(i);
                }
            }
            throw new AssertionError("the counts add up to the total");
        }

        static int bucketOf(long nanos) {
            if (nanos < STEPS) {
                return (int) Math.max(0, nanos);
            }
            int log2 = Math.min(MAX_LOG2 - 1, 63 - Long.numberOfLeadingZeros(nanos));
            long step = Math.min(STEPS - 1L, (nanos >>> (log2 - STEPS_LOG2)) - STEPS);
            return (log2 - STEPS_LOG2 + 1) * STEPS + (int) step;
        }

        static long middleOf(int bucket) {
            if (bucket < STEPS) {
                return bucket;
            }
            int shift = bucket / STEPS - 1;
            long low = (long) (STEPS + bucket % STEPS) << shift;
            return low + (1L << shift) / 2;
        }
    }
}

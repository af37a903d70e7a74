package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import io.github.hybridinference.EngineMetrics.LatencyHistogram;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
    private static final double ERROR = 0.032;
    private static final long LONGEST = (1L << 40) - 1;

    private final SplittableRandom random = new SplittableRandom(42);

    @Test
    void missesNoDurationByMoreThanThreePercent() {
        for (int i = 0; i < 1_000_000; i++) {
            long nanos = anyDuration();
            long told = LatencyHistogram.middleOf(LatencyHistogram.bucketOf(nanos));
            assertThat(Math.abs(told - nanos)).isLessThanOrEqualTo((long) Math.ceil(nanos * ERROR));
        }
    }

    @Test
    void putsLongerOnesIntoTheSameOrHigherBuckets() {
        int before = 0;
        for (long nanos = 0; nanos < LONGEST; nanos += Math.max(1, nanos / 100)) {
            int bucket = LatencyHistogram.bucketOf(nanos);
            assertThat(bucket - before).isBetween(0, 1);
            before = bucket;
        }
    }

    @Test
    void takesDurationsOutsideItsRangeForTheNearestInside() {
        assertThat(LatencyHistogram.bucketOf(-5)).isZero();
        assertThat(LatencyHistogram.bucketOf(Long.MIN_VALUE)).isZero();
        assertThat(LatencyHistogram.bucketOf(Long.MAX_VALUE)).isEqualTo(LatencyHistogram.bucketOf(LONGEST));
        new LatencyHistogram(1).record(Long.MAX_VALUE);
    }

    @Test
    void tellsPercentilesOfWhatWasRecorded() {
        long[] durations = random.longs(20_001, 0, 5_000_000).toArray();
        LatencyHistogram histogram = new LatencyHistogram(4);
        Arrays.stream(durations).forEach(histogram::record);
        Arrays.sort(durations);

        EngineStats.Latency summary = histogram.summary();
        assertThat(summary.count()).isEqualTo(durations.length).isEqualTo(histogram.count());
        assertThat((double) summary.p50Nanos())
                .isEqualTo((double) durations[10_000], offset((double) durations[10_000] * ERROR));
        assertThat((double) summary.p99Nanos())
                .isEqualTo((double) durations[19_800], offset((double) durations[19_800] * ERROR));
        assertThat((double) summary.maxNanos())
                .isEqualTo((double) durations[20_000], offset((double) durations[20_000] * ERROR));
    }

    @Test
    void isExactForTheShortestAndEmptyForNone() {
        LatencyHistogram histogram = new LatencyHistogram(2);
        assertThat(histogram.summary()).isEqualTo(new EngineStats.Latency(0, 0, 0, 0));
        histogram.record(7);
        assertThat(histogram.summary()).isEqualTo(new EngineStats.Latency(1, 7, 7, 7));
    }

    @Test
    void losesNothingThatManyThreadsRecord() throws InterruptedException {
        LatencyHistogram histogram = new LatencyHistogram(2);
        Thread[] threads = new Thread[8];
        for (int t = 0; t < threads.length; t++) {
            threads[t] = new Thread(() -> {
                for (int i = 0; i < 20_000; i++) {
                    histogram.record(i % 3);
                }
            });
            threads[t].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(histogram.count()).isEqualTo(160_000);
    }

    @Test
    void refusesStripesThatAreNoPowerOfTwo() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LatencyHistogram(3));
        assertThatIllegalArgumentException().isThrownBy(() -> new LatencyHistogram(0));
    }

    private long anyDuration() {
        return random.nextLong(1L << random.nextInt(1, 41));
    }
}

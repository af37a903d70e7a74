package io.github.hybridinference.examples.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.hybridinference.model.Source;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ActivityWindowTest {
    private static final Duration STEP = Duration.ofSeconds(5);
    private static final long T = 1_000_000_000_000L;

    private final ActivityWindow window = new ActivityWindow("test", STEP, 10);

    @Test
    void countsByStepAndForgetsWhatIsOlderThanTheWindow() {
        window.answered(T, Source.LOCAL, false);
        window.answered(T + 4_999, Source.FALLBACK, true);
        window.answered(T + 5_000, Source.LOCAL, false);

        assertThat(window.view(T + 5_000).steps()).hasSize(2);
        assertThat(window.view(T + 5_000).steps().get(0)[0]).isEqualTo(T);
        assertThat(window.view(T + 50_000).steps()).hasSize(1);
        assertThat(window.view(T + 500_000).steps()).isEmpty();
    }

    @Test
    void aLaterLapOfTheRingStartsAtZero() {
        window.answered(T, Source.LOCAL, false);
        window.answered(T + 50_000, Source.LOCAL, false);

        assertThat(window.totals(T + 50_000, Duration.ofSeconds(50)).requests()).isEqualTo(1);
    }

    @Test
    void sumsUpTheLastStepsOnly() {
        window.answered(T, Source.FALLBACK, true);
        window.answered(T + 20_000, Source.REMOTE, true);
        window.spent(T + 20_000, 7);

        ActivityWindow.Totals recent = window.totals(T + 20_000, Duration.ofSeconds(10));
        assertThat(recent).isEqualTo(new ActivityWindow.Totals(1, 1, 0, 7));
        assertThat(window.totals(T + 20_000, Duration.ofSeconds(30)).fallbacks())
                .isEqualTo(1);
    }

    @Test
    void aStepCountsAsLongAsAPartOfItIsRecent() {
        window.answered(T + 10_000, Source.LOCAL, false);

        assertThat(window.totals(T + 22_000, Duration.ofSeconds(10)).requests()).isEqualTo(1);
        assertThat(window.totals(T + 24_999, Duration.ofSeconds(10)).requests()).isEqualTo(1);
        assertThat(window.totals(T + 25_000, Duration.ofSeconds(10)).requests()).isZero();
    }

    @Test
    void whatWasCountedBeforeTheClockWasSetBackIsNotOfThePast() {
        window.answered(T + 30_000, Source.LOCAL, false);

        assertThat(window.totals(T, Duration.ofSeconds(50)).requests()).isZero();
        assertThat(window.view(T).steps()).isEmpty();
    }

    @Test
    void theViewHasEachStepOfTheWindowWithItsSources() {
        for (int i = 0; i < 10; i++) {
            window.answered(T + i * 5_000L, Source.values()[i % 4], true);
        }

        ActivityWindow.View view = window.view(T + 49_999);

        assertThat(view.steps()).hasSize(10);
        assertThat(view.sources()).hasSize(4);
        for (int i = 0; i < 10; i++) {
            long[] row = new long[5];
            row[0] = T + i * 5_000L;
            row[1 + i % 4] = 1;
            assertThat(view.steps().get(i)).containsExactly(row);
        }
    }

    @Test
    void eachCountOfALaterLapStartsAtZero() {
        window.answered(T, Source.FALLBACK, true);
        window.spent(T, 5);
        window.answered(T + 50_000, Source.REMOTE, true);
        window.spent(T + 50_000, 1);

        assertThat(window.totals(T + 50_000, STEP)).isEqualTo(new ActivityWindow.Totals(1, 1, 0, 1));
        assertThat(window.view(T + 50_000).steps()).hasSize(1);
    }

    @Test
    void whatWasSpentIsToldByStepFromATimeOn() {
        window.spent(T, 1);
        window.spent(T + 10_000, 2);
        window.spent(T + 14_999, 3);
        window.answered(T + 20_000, Source.LOCAL, false);
        window.spent(T + 45_000, 4);

        assertThat(window.spentSince(T + 5_000, T + 45_000))
                .containsExactly(new long[] {T + 10_000, 5}, new long[] {T + 45_000, 4});
        assertThat(window.spentSince(T, T + 44_999)).containsExactly(new long[] {T, 1}, new long[] {T + 10_000, 5});
    }

    @Test
    void latenciesKnowTheirPercentileAndForget() {
        Latencies latencies = new Latencies(Duration.ofMinutes(5));
        for (int i = 0; i < 98; i++) {
            latencies.add(T, Source.LOCAL, 20_000);
        }
        assertThat(latencies.p99Ms(T)).isCloseTo(0.02, within(0.005));

        latencies.add(T, Source.REMOTE, 2_000_000_000L);
        latencies.add(T, Source.REMOTE, 2_000_000_000L);

        assertThat(latencies.p99Ms(T)).isCloseTo(2_000, within(400.0));
        assertThat(latencies.bars(T).stream()
                        .mapToLong(bar -> bar.requests().get(Source.REMOTE.ordinal()))
                        .sum())
                .isEqualTo(2);
        assertThat(latencies.p99Ms(T + 400_000)).isNull();
        assertThat(latencies.bars(T + 400_000)).isEmpty();
    }
}

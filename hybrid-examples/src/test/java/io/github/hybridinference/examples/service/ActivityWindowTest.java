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

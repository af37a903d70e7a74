package io.github.hybridinference.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What holds for every {@link Anonymizer} that was given no custom feature. Extend it and say how to make one; JUnit runs the
 * tests that it inherits.
 *
 * @since 0.1.0
 */
public abstract class AnonymizerContract {
    private static final Instant CLOSE = Instant.parse("2026-03-01T12:00:00Z");
    private static final double PRICE = 64_120.5;

    /** For those who extend it. */
    protected AnonymizerContract() {}

    /**
     * Makes the anonymizer under test.
     *
     * @return one to which no custom feature was declared
     */
    protected abstract Anonymizer anonymizer();

    private static MarketSnapshot.Builder start(String symbol) {
        return MarketSnapshot.builder(symbol, Timeframe.H4).time(CLOSE);
    }

    private static MarketSnapshot usual(int number) {
        return start("BTC-USDT")
                .price(PRICE)
                .rsi(20 + number % 60)
                .macd(-120.3, -98.1)
                .bollinger(63_900, 64_800, 65_700)
                .volumeRatio(1.9)
                .volatilityPct(2.1)
                .build();
    }

    @Test
    void passesOnWhatTheModelNeeds() {
        AnonymizedSnapshot request = anonymizer().anonymize(usual(0));

        assertThat(request.timeframe()).isEqualTo(Timeframe.H4);
        assertThat(request.get(Feature.RSI_14)).isBetween(0.0, 100.0);
    }

    @Test
    void makesTheSameRequestOfTheSameSnapshot() {
        Anonymizer anonymizer = anonymizer();

        assertThat(anonymizer.anonymize(usual(0))).isEqualTo(anonymizer.anonymize(usual(0)));
    }

    @Test
    void letsNoPriceOut() {
        AnonymizedSnapshot request = anonymizer().anonymize(usual(0));

        assertThat(request.get(Feature.PRICE)).isNaN();
        assertThat(values(request)).noneMatch(value -> Math.abs(value) > PRICE / 2 && Math.abs(value) < PRICE * 2);
    }

    @Test
    void letsNoFeatureOutThatWasNotDeclared() {
        Feature own = Feature.custom("my_model_score", 0, 1_000, 3);

        AnonymizedSnapshot request = anonymizer()
                .anonymize(start("BTC-USDT").rsi(50).feature(own, 777).build());

        assertThat(request.get(own)).isNaN();
        assertThat(values(request)).doesNotContain(777.0);
    }

    @Test
    void takesASnapshotWithoutFigures() {
        assertThat(anonymizer().anonymize(start("BTC-USDT").build()).size()).isNotNegative();
    }

    @Test
    void takesFiguresAtTheEndsOfTheirRanges() {
        for (double rsi : new double[] {0, 100}) {
            AnonymizedSnapshot request =
                    anonymizer().anonymize(start("X").rsi(rsi).volatilityPct(0).build());

            assertThat(request.get(Feature.RSI_14)).isBetween(0.0, 100.0);
        }
    }

    @Test
    void servesManyThreadsAtOnce() throws Exception {
        Anonymizer anonymizer = anonymizer();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<AnonymizedSnapshot> alone = new ArrayList<>();
            List<Future<AnonymizedSnapshot>> together = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                MarketSnapshot snapshot = usual(i);
                alone.add(anonymizer.anonymize(snapshot));
                together.add(threads.submit(() -> anonymizer.anonymize(snapshot)));
            }
            for (int i = 0; i < alone.size(); i++) {
                assertThat(together.get(i).get(10, TimeUnit.SECONDS)).isEqualTo(alone.get(i));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Double> values(AnonymizedSnapshot request) {
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < request.size(); i++) {
            values.add(request.value(i));
        }
        return values;
    }
}

package io.github.hybridinference.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.classify.ScenarioClassifier;
import io.github.hybridinference.local.LocalRuleModel;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RuleVerdict;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.testing.FakeModel;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Price level, symbol and date make no difference to what leaves and to what is advised. */
class MetamorphicTest {
    private static final Instant TIME = Instant.parse("2026-03-04T12:00:00Z");

    /** A market in round prices, as markets are quoted, in units of {@code scale}. */
    private static MarketSnapshot market(long seed, double scale, String symbol, Instant time) {
        SplittableRandom random = new SplittableRandom(seed);
        double middle = random.nextInt(5_000, 15_000) / 100.0;
        double half = random.nextInt(0, 500) / 100.0;
        return MarketSnapshot.builder(symbol, Timeframe.H1)
                .time(time)
                .price((middle + random.nextInt(-700, 700) / 100.0) * scale)
                .bollinger((middle - half) * scale, middle * scale, (middle + half) * scale)
                .macd(tick(random, scale), tick(random, scale))
                .previousMacd(tick(random, scale), tick(random, scale))
                .feature("ema_20", (middle + random.nextInt(-300, 300) / 100.0) * scale)
                .feature("sma_50", (middle + random.nextInt(-300, 300) / 100.0) * scale)
                .feature("atr_14", random.nextInt(1, 500) / 100.0 * scale)
                .feature("donchian_lower", (middle - 2 * half - 1) * scale)
                .feature("donchian_upper", (middle + 2 * half + 1) * scale)
                .feature("keltner_lower", (middle - half - 0.5) * scale)
                .feature("keltner_upper", (middle + half + 0.5) * scale)
                .feature("ichimoku_tenkan", (middle + random.nextInt(-300, 300) / 100.0) * scale)
                .feature("ichimoku_kijun", middle * scale)
                .feature("senkou_span_a", (middle + random.nextInt(-300, 300) / 100.0) * scale)
                .feature("senkou_span_b", (middle + random.nextInt(-300, 300) / 100.0) * scale)
                .rsi(random.nextInt(0, 1_001) / 10.0)
                .volumeRatio(random.nextInt(0, 300) / 100.0)
                .volatilityPct(random.nextInt(1, 400) / 100.0)
                .build();
    }

    private static double tick(SplittableRandom random, double scale) {
        return random.nextInt(-5, 6) / 100.0 * scale;
    }

    private static void assertSameToTheWorld(MarketSnapshot changed, MarketSnapshot base) {
        AnonymizedSnapshot told = Anonymizer.standard().anonymize(changed);
        AnonymizedSnapshot baseTold = Anonymizer.standard().anonymize(base);
        assertThat(Told.text(told)).isEqualTo(Told.text(baseTold));
        assertThat(told.key(new CacheKey(1, 2))).isEqualTo(baseTold.key(new CacheKey(1, 2)));
        RuleVerdict verdict = LocalRuleModel.standard().evaluate(changed);
        RuleVerdict baseVerdict = LocalRuleModel.standard().evaluate(base);
        // a vote divides by prices, whose last digit is rounded
        assertThat(verdict.score()).isCloseTo(baseVerdict.score(), within(1e-9));
        assertThat(verdict.confidence()).isCloseTo(baseVerdict.confidence(), within(1e-9));
        assertThat(verdict.action()).isEqualTo(baseVerdict.action());
        assertThat(verdict.risk()).isEqualTo(baseVerdict.risk());
        assertThat(ScenarioClassifier.thresholds().classify(changed, verdict))
                .isEqualTo(ScenarioClassifier.thresholds().classify(base, baseVerdict));
    }

    @ParameterizedTest
    @ValueSource(doubles = {2, 0.5, 1_000, 0.001, 3, 7, 0.1, 641.2, 1e-7, 1e7})
    void scalingAllPricesChangesNothing(double scale) {
        for (long seed = 0; seed < 1_000; seed++) {
            assertSameToTheWorld(market(seed, scale, "BTC-USDT", TIME), market(seed, 1, "BTC-USDT", TIME));
        }
    }

    @Test
    void renamingTheSymbolOrShiftingTheDateChangesNothing() {
        for (long seed = 0; seed < 300; seed++) {
            MarketSnapshot base = market(seed, 1, "BTC-USDT", TIME);
            assertSameToTheWorld(market(seed, 1, "600519.SS", TIME), base);
            assertSameToTheWorld(market(seed, 1, "BTC-USDT", Instant.EPOCH), base);
            assertSameToTheWorld(market(seed, 1, "BTC-USDT", TIME.plusSeconds(86_400L * 3_650)), base);
        }
    }

    @Test
    void theModelSeesOneQuestionWhateverTheSymbolAndThePrices() {
        FakeModel model = Models.answering();
        try (InferenceEngine engine = InferenceEngine.builder().remote(model).build()) {
            long seed = 0;
            while (engine.infer(market(seed, 1, "BTC-USDT", Instant.now())).source() != Source.REMOTE) {
                seed++;
            }
            MarketSnapshot same = market(seed, 641.2, "ETH-USDT", Instant.now().plusSeconds(600));
            assertThat(engine.infer(same).source()).isEqualTo(Source.CACHE);
            assertThat(model.attempts()).isEqualTo(1);
        }
    }
}

package io.github.hybridinference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotBuilderTest {
    private static MarketSnapshot.Builder builder() {
        return MarketSnapshot.builder("BTC-USDT", Timeframe.H1);
    }

    @Test
    void holdsEachFigureUnderItsName() {
        MarketSnapshot snapshot = builder()
                .price(64_120.5)
                .rsi(27.4)
                .macd(-120.3, -98.1)
                .previousMacd(-110.2, -92.4)
                .bollinger(63_900, 64_800, 65_700)
                .volumeRatio(1.9)
                .volatilityPct(2.1)
                .priceChangePct(-0.8)
                .feature("adx_14", 31)
                .feature(Feature.of("ema_20_dist_pct"), -1.2)
                .feature("rsi_7", 20)
                .build();
        Map<String, Double> seen = new HashMap<>();
        snapshot.forEach((feature, value) -> seen.put(feature.name(), value));
        assertThat(seen)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("price", 64_120.5),
                        Map.entry("rsi_14", 27.4),
                        Map.entry("macd", -120.3),
                        Map.entry("macd_signal", -98.1),
                        Map.entry("macd_previous", -110.2),
                        Map.entry("macd_signal_previous", -92.4),
                        Map.entry("bb_lower", 63_900.0),
                        Map.entry("bb_middle", 64_800.0),
                        Map.entry("bb_upper", 65_700.0),
                        Map.entry("volume_ratio", 1.9),
                        Map.entry("volatility_pct", 2.1),
                        Map.entry("price_change_pct", -0.8),
                        Map.entry("adx_14", 31.0),
                        Map.entry("ema_20_dist_pct", -1.2),
                        Map.entry("rsi_7", 20.0)));
        seen.forEach((name, value) -> {
            assertThat(snapshot.get(Feature.of(name))).as(name).isEqualTo(value);
            assertThat(snapshot.has(Feature.of(name))).isTrue();
        });
        assertThat(snapshot).hasToString("MarketSnapshot[1h, 15 features]");
    }

    @Test
    void saysNaNForWhatIsMissing() {
        MarketSnapshot snapshot = builder().feature("mvrv", 2).build();
        assertThat(snapshot.get(Feature.RSI_14)).isNaN();
        assertThat(snapshot.get(Feature.of("rsi_7"))).isNaN();
        assertThat(snapshot.has(Feature.RSI_14)).isFalse();
    }

    @Test
    void holdsSixtyFourFiguresWhateverTheirOrderAndNoMore() {
        for (int step : new int[] {1, -1}) {
            MarketSnapshot.Builder builder = builder();
            for (int i = 0; i < 64; i++) {
                builder.feature("ema_" + (step > 0 ? 10 + i : 73 - i) + "_dist_pct", i);
            }
            assertThatIllegalStateException()
                    .isThrownBy(() -> builder.rsi(50))
                    .withMessage("a snapshot holds at most 64 figures");
            MarketSnapshot snapshot = builder.features(Map.of("rsi_14", 50)).build();
            assertThat(snapshot.dropped().count(DropCause.TOO_MANY)).isEqualTo(1);
            for (int i = 0; i < 64; i++) {
                Feature feature = Feature.of("ema_" + (step > 0 ? 10 + i : 73 - i) + "_dist_pct");
                assertThat(snapshot.get(feature)).isEqualTo(i);
            }
            MarketSnapshot more = snapshot.withMissing(Map.of(Feature.RSI_14, 50.0));
            assertThat(more.has(Feature.RSI_14)).isFalse();
            assertThat(more.dropped().count(DropCause.TOO_MANY)).isEqualTo(2);
        }
    }

    @Test
    void takesTheSnapshotsOwnTimeframeInANameForGranted() {
        MarketSnapshot snapshot =
                builder().feature("rsi_14_1h", 27).feature("rsi_14_4h", 50).build();
        assertThat(snapshot.get(Feature.RSI_14)).isEqualTo(27);
        assertThat(snapshot.get(Feature.of("rsi_14_4h"))).isEqualTo(50);
    }

    @Test
    void takesVolatilityFromTheAverageTrueRangeIfItIsNotGiven() {
        assertThat(builder().feature("atr_pct", 2.5).build().get(Feature.VOLATILITY_PCT))
                .isEqualTo(2.5);
        assertThat(builder().feature("atr_14", 1_282.4).price(64_120).build().get(Feature.VOLATILITY_PCT))
                .isCloseTo(2, within(1e-9));
        assertThat(builder().feature("atr_pct", 2.5).volatilityPct(1).build().get(Feature.VOLATILITY_PCT))
                .isEqualTo(1);
        assertThat(builder().feature("atr_14", 1_282.4).build().has(Feature.VOLATILITY_PCT))
                .as("no price")
                .isFalse();
        assertThat(builder().feature("atr_7_pct", 2.5).build().has(Feature.VOLATILITY_PCT))
                .as("another period")
                .isFalse();
        assertThat(builder().feature("atr_14_pct_4h", 2.5).build().has(Feature.VOLATILITY_PCT))
                .as("another timeframe")
                .isFalse();
        assertThat(builder().feature("atr_14", 1e9).price(1).build().has(Feature.VOLATILITY_PCT))
                .as("out of range")
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void leavesOutWhatIsNotFinite(double figure) {
        MarketSnapshot snapshot = builder()
                .price(figure)
                .rsi(figure)
                .macd(figure, 1)
                .bollinger(figure, figure, figure)
                .volumeRatio(figure)
                .feature("cci_20", figure)
                .build();
        assertThat(snapshot).hasToString("MarketSnapshot[1h, 1 features]");
        assertThat(snapshot.dropped().count(DropCause.NOT_FINITE)).isEqualTo(8);
        assertThat(snapshot.dropped().fields()).extracting(DroppedField::name).contains("price", "rsi_14", "macd");
    }

    @Test
    void leavesOutOrClipsWhatMarketsHaveShown() {
        MarketSnapshot snapshot = builder()
                .price(-37.63)
                .bollinger(-1, 2, 5)
                .volumeRatio(1_500)
                .priceChangePct(-306)
                .volatilityPct(140)
                .feature("cci_20", 2_500)
                .build();
        assertThat(snapshot.has(Feature.PRICE)).isFalse();
        assertThat(snapshot.has(Feature.BB_LOWER)).isFalse();
        assertThat(snapshot.get(Feature.VOLUME_RATIO)).isEqualTo(999);
        assertThat(snapshot.get(Feature.PRICE_CHANGE_PCT)).isEqualTo(-100);
        assertThat(snapshot.get(Feature.VOLATILITY_PCT)).isEqualTo(100);
        assertThat(snapshot.get(Feature.of("cci_20"))).isEqualTo(2_000);
        assertThat(snapshot.dropped().count(DropCause.OUT_OF_RANGE)).isEqualTo(2);
        assertThat(snapshot.dropped().count(DropCause.CLIPPED)).isEqualTo(4);
    }

    @Test
    void refusesWhatNoMarketCanShow() {
        Map<String, Consumer<MarketSnapshot.Builder>> setters = new LinkedHashMap<>();
        setters.put("rsi_14 is", b -> b.rsi(100.5));
        setters.put("volume_ratio is", b -> b.volumeRatio(-0.1));
        setters.put("volatility_pct is", b -> b.volatilityPct(-1));
        setters.put("adx_14 is", b -> b.feature("adx", 1e13));
        setters.put("williams_r is", b -> b.feature("williams_r", 1));
        setters.put("order_book_imbalance is", b -> b.feature("order_book_imbalance", -1.5));
        setters.put("bullish_pct is", b -> b.feature("bullish_pct", 101));
        setters.put("atr_14 is", b -> b.feature("atr_14", -1));
        setters.forEach((name, setter) -> assertThatIllegalArgumentException()
                .isThrownBy(() -> setter.accept(builder()))
                .withMessageStartingWith(name)
                .withMessageNotContaining("E13")
                .withNoCause());
    }

    @Test
    void namesAnUnknownFigureThatIsLikeAKnownOneAndNoOther() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().feature("fear_greed_indx", 50))
                .withMessageContaining("fear_greed_indx")
                .withMessageContaining("the nearest is fear_greed_index");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().feature("hunter2-my-secret-words", 50))
                .withMessageNotContaining("hunter2");
    }

    @Test
    void prefersATypedPriceToAMapsWhicheverComesFirst() {
        Map<String, Double> fields = Map.of("price", 41_655.0);
        MarketSnapshot after = builder().features(fields).price(64_120.5).build();
        MarketSnapshot before = builder().price(64_120.5).features(fields).build();
        for (MarketSnapshot snapshot : new MarketSnapshot[] {after, before}) {
            assertThat(snapshot.get(Feature.PRICE)).isEqualTo(64_120.5);
            assertThat(snapshot.dropped().count(DropCause.DUPLICATE)).isEqualTo(1);
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> builder().features(fields).price(1).price(2))
                .withMessage("price was already set");
    }

    @Test
    void saysWhatARangeIs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().rsi(123.456))
                .withMessage("rsi_14 is a finite figure in [0.0, 100.0] points");
    }

    @Test
    void takesTheEndsOfARange() {
        assertThat(builder().rsi(0).build().get(Feature.RSI_14)).isZero();
        assertThat(builder().rsi(100).build().get(Feature.RSI_14)).isEqualTo(100);
        assertThat(builder().price(1e12).build().get(Feature.PRICE)).isEqualTo(1e12);
    }

    @Test
    void refusesBandsThatAreOutOfOrder() {
        for (double[] bands : new double[][] {{2, 1, 3}, {1, 3, 2}, {3, Double.NaN, 2}}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder().bollinger(bands[0], bands[1], bands[2]))
                    .withMessage("Bollinger bands are given as lower, middle, upper, in that order");
        }
        assertThat(builder().bollinger(1, 1, 1).build().get(Feature.BB_LOWER)).isEqualTo(1);
    }

    @Test
    void refusesAFigureThatIsSetAlready() {
        Map<String, Consumer<MarketSnapshot.Builder>> setters = new LinkedHashMap<>();
        setters.put("rsi_14", b -> b.rsi(50).feature("RSI", 50));
        setters.put("price", b -> b.price(1).price(1));
        setters.put("ema_20_dist_pct", b -> b.feature("ema_20_dist_pct", 1).feature("ema20DistPct", 1));
        setters.put("price_change_pct", b -> b.priceChangePct(1).feature("price_change_1h_pct", 1));
        setters.put("macd_signal", b -> b.feature("macd_signal", 1).macd(1, 1));
        setters.forEach((name, setter) -> assertThatIllegalStateException()
                .isThrownBy(() -> setter.accept(builder()))
                .withMessage(name + " was already set"));
    }

    @Test
    void namesNoCustomFeatureInItsRefusals() {
        Feature custom = Feature.custom("canary_alpha", 0, 1, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().feature(custom, 2))
                .withMessageNotContaining("canary");
        assertThatIllegalStateException()
                .isThrownBy(() -> builder().feature(custom, 1).feature(custom, 1))
                .withMessage("a custom feature was already set");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "   ",
                "BTC\nUSDT",
                "BTC,USDT",
                "ＢＴＣ",
                "比特币",
                "BTC\u0000",
                "-+",
                "canary-canary-canary-canary-33chcanary-canary-canary-canary-33ch"
            })
    void refusesSymbolsOfOtherCharactersOrLengths(String symbol) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MarketSnapshot.builder(symbol + (symbol.length() == 64 ? "x" : ""), Timeframe.H1))
                .withMessage(
                        "a symbol is 1 to 64 of the characters A-Z a-z 0-9 . ^ = / : _ - and space, and not blank");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "B",
                "BTC-USDT",
                "BTC/USDT:USDT",
                "brk.b",
                "EUR_USD",
                "600519.SS",
                "^GSPC",
                "ES=F",
                "BTC USD",
                "AAPL  260116C00150000",
                "abcdefghijklmnopqrstuvwxyz012345abcdefghijklmnopqrstuvwxyz012345"
            })
    void takesTheUsualSymbols(String symbol) {
        assertThat(MarketSnapshot.builder(symbol, Timeframe.H1).build().symbol())
                .isEqualTo(symbol);
    }

    @Test
    void refusesWhatIsNull() {
        assertThatNullPointerException().isThrownBy(() -> MarketSnapshot.builder(null, Timeframe.H1));
        assertThatNullPointerException().isThrownBy(() -> MarketSnapshot.builder("BTC", null));
        assertThatNullPointerException().isThrownBy(() -> builder().assetClass(null));
        assertThatNullPointerException().isThrownBy(() -> builder().session(null));
        assertThatNullPointerException().isThrownBy(() -> builder().time(null));
        assertThatNullPointerException().isThrownBy(() -> builder().features(null));
        assertThatNullPointerException().isThrownBy(() -> builder().feature((String) null, 1));
    }

    @Test
    void buildsOnce() {
        Map<String, BiFunction<MarketSnapshot.Builder, Feature, Object>> calls = new HashMap<>();
        calls.put("build", (b, f) -> b.build());
        calls.put("feature", (b, f) -> b.feature(f, 1));
        calls.put("features", (b, f) -> b.features(Map.of()));
        calls.put("features of a vocabulary", (b, f) -> b.features(Map.of(), Vocabulary.TA));
        calls.put("accepting", (b, f) -> b.accepting());
        calls.put("assetClass", (b, f) -> b.assetClass(AssetClass.FX));
        calls.put("session", (b, f) -> b.session(Session.OPEN));
        calls.put("time", (b, f) -> b.time(Instant.EPOCH));
        calls.put("historyBars", (b, f) -> b.historyBars(1));
        calls.forEach((name, call) -> {
            MarketSnapshot.Builder builder = builder();
            builder.build();
            assertThatIllegalStateException()
                    .as(name)
                    .isThrownBy(() -> call.apply(builder, Feature.RSI_14))
                    .withMessage("this builder has built its snapshot: start another with builder(..)");
        });
    }

    @Test
    void tellsWhatItIsAbout() {
        MarketSnapshot snapshot = builder()
                .assetClass(AssetClass.CRYPTO)
                .session(Session.OVERNIGHT)
                .time(Instant.parse("2026-01-02T03:00:00Z"))
                .build();
        assertThat(snapshot.assetClass()).isEqualTo(AssetClass.CRYPTO);
        assertThat(snapshot.session()).isEqualTo(Session.OVERNIGHT);
        assertThat(snapshot.timeframe()).isEqualTo(Timeframe.H1);
        assertThat(snapshot.time()).isEqualTo("2026-01-02T03:00:00Z");
        assertThat(snapshot.timeMs()).isEqualTo(snapshot.time().toEpochMilli());
        assertThat(snapshot.nextBarEndMs()).isEqualTo(snapshot.timeMs() + 3_600_000);
        MarketSnapshot plain = builder().build();
        assertThat(plain.assetClass()).isEqualTo(AssetClass.UNKNOWN);
        assertThat(plain.session()).isEqualTo(Session.UNKNOWN);
        assertThat(plain.time())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
    }

    @Test
    void refusesATimeBeyondMilliseconds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().time(Instant.MAX))
                .withMessage("the time of a bar is within 200 million years of 1970");
    }

    @Test
    void warmsUpBelowAHundredBars() {
        assertThat(builder().build().isWarmingUp()).isFalse();
        assertThat(builder().historyBars(99).build().isWarmingUp()).isTrue();
        assertThat(builder().historyBars(100).build().isWarmingUp()).isFalse();
        assertThat(builder().historyBars(0).build().isWarmingUp()).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> builder().historyBars(-1));
    }

    /** Two spellings of a map disagree, so that neither is taken; what a setter is given is not doubted. */
    @Test
    void aTypedFigureReplacesOneThatAMapDisputes() {
        MarketSnapshot snapshot = MarketSnapshot.builder("X", Timeframe.H1)
                .price(100)
                .features(Map.of("bb_upper", 310, "bbUpper", 320))
                .feature(Feature.BB_UPPER, 300)
                .build();

        assertThat(snapshot.get(Feature.BB_UPPER)).isEqualTo(300);
        assertThat(snapshot.dropped().sensitive()).isZero();
    }

    /** The price of a map that disputes it is none, and does not give way to itself. */
    @Test
    void aTypedPriceStandsAfterAMapThatDisputesIt() {
        MarketSnapshot snapshot = MarketSnapshot.builder("X", Timeframe.H1)
                .features(Map.of("price", 100, "Price", 101))
                .price(99)
                .features(Map.of("price", 98))
                .build();

        assertThat(snapshot.get(Feature.PRICE)).isEqualTo(99);
    }
}

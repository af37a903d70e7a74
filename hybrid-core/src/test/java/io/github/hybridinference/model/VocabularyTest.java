package io.github.hybridinference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VocabularyTest {
    private static final double PRICE = 250;

    /** Columns that the libraries make, and what of the catalogue equals them; {@code -} for what has no equal. */
    private static final Map<Vocabulary, String> COLUMNS = new EnumMap<>(Map.of(
            Vocabulary.TA_LIB,
            """
            RSI rsi_14, ADX adx_14, CCI cci_14, MFI mfi_14, CMO chande_momentum, WILLR williams_r, ROC roc_10_pct,
            ROCP_20 roc_20_pct, TRIX trix_30_pct, NATR atr_pct, ATR atr_14, PLUS_DI plus_di_14, MINUS_DI minus_di_14,
            ULTOSC ultimate_oscillator, AROONUP aroon_up_14, SLOWK stoch_k_5, MACDHIST macd_hist, SAR psar, ADXR -,
            EMA_50 ema_50, SMA_200 sma_200, HT_DCPERIOD -, CDLDOJI -
            """,
            Vocabulary.PANDAS_TA,
            """
            RSI_2 rsi_2, RSI_21_4h rsi_21_4h, EMA_9 ema_9, SMA_100 sma_100, WMA_30 wma_30, HMA_16 hma_16, ATRr_7 atr_7,
            NATR_14 atr_pct, STOCHk_9_3_3 stoch_k_9, STOCHd_9_3_3 stoch_d_9, MACDh_12_26_9 macd_hist,
            BBP_30_2.0 bb_percent_b_30, BBB_20_2.0 bb_bandwidth, BBU_20_2.0 bb_upper, MFI_10 mfi_10, CMF_21 cmf_21,
            AROONU_25 aroon_up, ADX_20 adx_20, DMP_14 plus_di_14, CCI_50_0.015 cci_50, UI_14 ulcer_index,
            CHOP_14_1_100 choppiness, PSARs_0.02_0.2 psar, MACD_5_35_5 -, STC_10_12_26_0.5 -
            """,
            Vocabulary.TA4J,
            """
            RSIIndicator rsi_14, rsi7 rsi_7, EMAIndicator_20 ema_20, SMAIndicator(50) sma_50, MACDIndicator macd,
            ATRIndicator atr_14, percentB bb_percent_b, PercentBIndicator bb_percent_b, williamsRIndicator williams_r,
            chaikinMoneyFlow cmf_20, ulcerIndex ulcer_index, aroonDownIndicator aroon_down, plusDI plus_di_14,
            parabolicSar psar, vwap vwap, ichimokuTenkanSen ichimoku_tenkan, KAMAIndicator -
            """,
            Vocabulary.FREQTRADE,
            """
            rsi rsi_14, ema50 ema_50, macdsignal macd_signal, bb_lowerband bb_lower, bb_percent bb_percent_b,
            sar psar, adx adx_14, slowd stoch_d_5, cci cci_14, plus_di plus_di_14, mfi mfi_14,
            %-rsi-period_21 rsi_21, %-adx-period_10_SOL/USDT_1d adx_10_1d, %-mfi-period_30_BTC/USDT_1d -, tema -
            """,
            Vocabulary.TRADING_VIEW,
            """
            RSI|240 rsi_14_4h, RSI9 rsi_9, Stoch.D stoch_d, ADX+DI plus_di_14, ADX-DI minus_di_14, CCI20 cci_20,
            MACD.signal macd_signal, W.R williams_r, P.SAR psar, UO ultimate_oscillator, EMA100 ema_100,
            SMA30|1D sma_30_1d, BB.lower bb_lower, BB.basis bb_middle, HullMA9 hma_9, gap gap_pct, VWAP vwap,
            relative_volume_10d_calc volume_ratio_10_1d, Recommend.All -, Pivot.M.Classic.R1 -
            """,
            Vocabulary.TA,
            """
            momentum_rsi rsi_14, momentum_stoch stoch_k, momentum_wr williams_r, trend_adx adx_14, trend_cci cci_20,
            trend_aroon_down aroon_down, volatility_bbl bb_lower, volatility_bbw bb_bandwidth, volatility_atr atr_10,
            volume_cmf cmf_20, trend_macd_signal macd_signal, others_dr price_change_pct, trend_kst -
            """,
            Vocabulary.TUSHARE,
            """
            close price, pct_chg price_change_pct, pct_change price_change_pct, volume_ratio volume_ratio, 量比 volume_ratio,
            macd macd_hist, macd_dif macd, macd_dea macd_signal, boll_upper bb_upper, rsi_24 rsi_24, cci cci_14,
            ma_20 sma_20, turnover_rate -
            """,
            Vocabulary.EXCHANGE,
            """
            last price, lastPrice price, fundingRate funding_rate_pct, lastFundingRate funding_rate_pct,
            priceChangePercent24h price_change_1d_pct, longShortRatio long_short_ratio, spreadBps spread_bps,
            obImbalance order_book_imbalance, openInterest -
            """));

    private static MarketSnapshot read(String name, double value, Vocabulary vocabulary) {
        return MarketSnapshot.builder("SOL/USDT", Timeframe.H2)
                .features(Map.of(name, value), vocabulary)
                .build();
    }

    private static double valueOf(String wanted) {
        if (wanted.equals("-")) {
            return 1;
        }
        if (wanted.equals("funding_rate_pct")) {
            return 0.0002;
        }
        FeatureFamily family = Feature.of(wanted).family();
        return family.low() > 0 ? PRICE : family.high() <= 0 ? -30 : family.high() <= 9 ? 0.5 : 30;
    }

    @Test
    void takesNineOfTenNamesOfEachVocabularyAndNoneForAnother() {
        COLUMNS.forEach((vocabulary, columns) -> {
            int wanted = 0;
            List<String> missed = new ArrayList<>();
            for (String column : columns.replace("\n", " ").split(",")) {
                String[] cells = column.trim().split(" ");
                MarketSnapshot snapshot = read(cells[0], valueOf(cells[1]), vocabulary);
                boolean taken = snapshot.dropped().total() == 0;
                if (!cells[1].equals("-")) {
                    wanted++;
                    boolean right = taken && snapshot.has(Feature.of(cells[1]));
                    assertThat(taken && !right)
                            .as("%s: another than %s", cells[0], cells[1])
                            .isFalse();
                    if (!right) {
                        missed.add(cells[0]);
                    }
                } else {
                    assertThat(taken).as("%s has no equal", cells[0]).isFalse();
                }
            }
            System.out.printf("%-13s %d of %d names taken%n", vocabulary, wanted - missed.size(), wanted);
            assertThat(missed).as("%s", vocabulary).hasSizeLessThanOrEqualTo(wanted / 10);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "TA, stoch_rsi, 0.43, stoch_rsi, 43",
        "TA4J, StochasticRSIIndicator, 0.43, stoch_rsi, 43",
        "TA_LIB, ROCP, 0.017, roc_10_pct, 1.7",
        "TA_LIB, ROCR, 1.017, roc_10_pct, 1.7",
        "PANDAS_TA, PCTRET_1, 0.017, price_change_pct, 1.7",
        "PANDAS_TA, LOGRET_1, 0.017, price_change_pct, 1.7145",
        "FREQTRADE, bb_width, 0.083, bb_bandwidth, 8.3",
        "TUSHARE, macd, 3, macd_hist, 1.5",
        "EXCHANGE, fundingRate, 0.0002, funding_rate_pct, 0.02"
    })
    void convertsWhatALibraryHasInAnotherUnit(
            Vocabulary vocabulary, String name, double value, String feature, double converted) {
        assertThat(read(name, value, vocabulary).get(Feature.of(feature))).isCloseTo(converted, within(1e-3));
    }

    @ParameterizedTest
    @CsvSource({"AO, 5, awesome_oscillator_pct, 2", "MOM_10, 10, momentum_10_pct, 4.1667", "DPO_20, -1, dpo_pct, -0.4"})
    void convertsDifferencesOfPricesOnceThePriceIsKnown(String name, double value, String feature, double converted) {
        MarketSnapshot snapshot = MarketSnapshot.builder("X", Timeframe.H1)
                .features(Map.of(name, value))
                .price(PRICE)
                .build();
        assertThat(snapshot.get(Feature.of(feature))).isCloseTo(converted, within(1e-3));
        MarketSnapshot priceless = MarketSnapshot.builder("X", Timeframe.H1)
                .features(Map.of(name, value))
                .build();
        assertThat(priceless.dropped().fields()).extracting(DroppedField::name).containsExactly(name);
    }

    @ParameterizedTest
    @CsvSource({
        "CCI, cci_20",
        "ROC, roc_10_pct",
        "SMA, sma_20",
        "ema, ema_20",
        "vwap, vwap",
        "returnPct, price_change_pct",
        "Return Percent, price_change_pct",
        "ulcer_index, ulcer_index",
        "kurtosis, kurtosis",
        "funding_rate, funding_rate_pct",
        "bb_width, bb_bandwidth"
    })
    void dropsADoubtfulNameAndSaysWhatItMayMean(String name, String nearest) {
        MarketSnapshot snapshot = MarketSnapshot.builder("X", Timeframe.H1)
                .features(Map.of("price", PRICE, name, 1.5))
                .build();
        assertThat(snapshot.dropped().count(DropCause.AMBIGUOUS_NAME)).isEqualTo(1);
        DroppedField dropped = snapshot.dropped().fields().get(0);
        assertThat(dropped.name()).isEqualTo(name);
        assertThat(dropped.nearest()).contains(Feature.of(nearest));
        assertThat(dropped).hasToString("DroppedField[AMBIGUOUS_NAME]");
        assertThat(snapshot.dropped().toString() + snapshot).doesNotContain(name);
    }

    @ParameterizedTest
    @CsvSource({
        "rsi_14, 0.57",
        "mfi, 0.61",
        "stoch_rsi, 0.43",
        "williams_r, -0.3",
        "volatility_pct, 0.021",
        "funding_rate_pct, 0.0001",
        "taker_buy_ratio, 0.95",
        "option_skew_pct, 0.06"
    })
    void dropsWhatIsInAnotherUnitByItsValue(String name, double value) {
        MarketSnapshot snapshot = MarketSnapshot.builder("X", Timeframe.H1)
                .features(Map.of(name, value))
                .build();
        assertThat(snapshot.dropped().count(DropCause.WRONG_UNIT)).isEqualTo(1);
    }

    @Test
    void readsNestedMapsOfIndicatorsAndTimeframes() {
        MarketSnapshot snapshot = MarketSnapshot.builder("X", Timeframe.H1)
                .features(Map.of(
                        "macd", Map.of("macd", 1.5, "signal", 1.2),
                        "bb", Map.of("upper", 270, "middle", 250, "lower", 230),
                        "4h", Map.of("rsi", 61),
                        "order", Map.of("price", 199, "side", "buy")))
                .build();
        assertThat(snapshot.get(Feature.MACD_SIGNAL)).isEqualTo(1.2);
        assertThat(snapshot.get(Feature.BB_LOWER)).isEqualTo(230);
        assertThat(snapshot.get(Feature.of("rsi_14_4h"))).isEqualTo(61);
        assertThat(snapshot.has(Feature.PRICE)).isFalse();
    }

    @Test
    void keepsTheNamesOfTheFirstSixtyFourOnly() {
        Map<String, Object> fields = new java.util.HashMap<>();
        for (int i = 0; i < 500; i++) {
            fields.put("x".repeat(300) + i, i);
        }
        DroppedFields dropped = MarketSnapshot.builder("X", Timeframe.H1)
                .features(fields)
                .build()
                .dropped();
        assertThat(dropped.total()).isEqualTo(500);
        assertThat(dropped.fields()).hasSize(64).allMatch(field -> field.name().length() == 64);
        assertThat(dropped.fields().get(0).nearest()).isEmpty();
    }

    /** Names put together at random from what names consist of: none throws, and what is taken is in range and bounded. */
    @Test
    void neverThrowsWhateverTheNameAndNeverTakesMoreThanItMay() {
        List<String> parts = List.of(
                "rsi",
                "MACD",
                "%-",
                "_",
                ".",
                "14",
                "2.0",
                "1h",
                "|60",
                "(",
                ")",
                "BTC/USDT",
                "ema",
                "period_",
                "Indicator",
                "price",
                "9999999999",
                "量比",
                "\u0000",
                "BB",
                "upper",
                " ",
                "-",
                "00",
                "d",
                "STOCHk");
        Vocabulary[] vocabularies = Vocabulary.values();
        for (int seed = 0; seed < 4_000; seed++) {
            Random random = new Random(seed);
            Map<String, Object> fields = new java.util.HashMap<>();
            for (int i = random.nextInt(120); i >= 0; i--) {
                StringBuilder name = new StringBuilder();
                for (int part = random.nextInt(6); part >= 0; part--) {
                    name.append(parts.get(random.nextInt(parts.size())));
                }
                fields.put(name.toString(), random.nextGaussian() * 100);
            }
            MarketSnapshot snapshot = MarketSnapshot.builder("X", Timeframe.H1)
                    .features(fields, vocabularies[random.nextInt(vocabularies.length)])
                    .build();
            int[] count = {0};
            String at = "seed " + seed;
            snapshot.forEach((feature, value) -> {
                count[0]++;
                assertThat(feature.family().accepts(value))
                        .as("%s %s", at, feature)
                        .isTrue();
            });
            assertThat(count[0]).isLessThanOrEqualTo(MarketSnapshot.MAX_FIGURES);
            assertThat(snapshot.dropped().fields()).hasSizeLessThanOrEqualTo(DroppedFields.MAX_FIELDS);
        }
    }
}

package io.github.hybridinference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of indicator libraries in a map of which nothing is said. */
class LibraryNamesTest {
    private static final double PRICE = 64_000;

    /**
     * Columns of all kinds that have an equal in the catalogue, each with that and, if a usual figure of the family will not do,
     * the figure. Those that several libraries mean differently, or that accounts have too, are among them.
     */
    private static final String COLUMNS = """
            RSI rsi_14, RSI_9 rsi_9, rsi_2 rsi_2, RSI.21 rsi_21, rsi(10) rsi_10, rsi[10] rsi_10, RSI_14_4H rsi_14_4h,
            RSI|15 rsi_14_15m, RSI|1W rsi_14_1w, rsi_14_60m rsi_14_1h, rsi_14_H4 rsi_14_4h, RSI_M5 rsi_14_5m,
            4h_rsi_14 rsi_14_4h, 1d_adx adx_14_1d, rsiIndicator rsi_14, relativeStrengthIndex rsi_14,
            MACD_12_26_9 macd, MACDh_12_26_9 macd_hist, MACDs_12_26_9 macd_signal, macdsignal macd_signal,
            macdhist macd_hist, MACD.signal macd_signal, trend_macd macd, MACDIndicator macd, macd_12_26_9 macd,
            EMA_9 ema_9, ema50 ema_50, EMA(100) ema_100, SMA_200_1d sma_200_1d, SMA50|240 sma_50_4h, wma30 wma_30,
            HMA_16 hma_16, HullMA9 hma_9, ema_timeperiod_21 ema_21, exponentialMovingAverage_20 ema_20,
            price_vs_ema_50_percent ema_50_dist_pct, distance_to_sma_200_pct sma_200_dist_pct,
            ema_50_distance_pct ema_50_dist_pct, ema50Distance ema_50_dist_pct -0.8, dist_sma_20 sma_20_dist_pct 0.006,
            BIAS_SMA_26 sma_26_dist_pct 0.02,
            BBU_20_2.0 bb_upper, BBL_20_2.0_2.0 bb_lower, BBM_20_2 bb_middle, BBP_14_2.0 bb_percent_b_14,
            BBB_20_2.0 bb_bandwidth, BB.upper bb_upper, upperband bb_upper, LOWERBAND bb_lower, bb_upperband bb_upper,
            bollinger_upper bb_upper, percentB bb_percent_b, bb_percent bb_percent_b, volatility_bbw bb_bandwidth,
            STOCHk_14_3_3 stoch_k, STOCHd_9_3_3 stoch_d_9, Stoch.D stoch_d, slowk stoch_k, fastd stoch_d,
            momentum_stoch stoch_k, kdj_k stoch_k_9, STOCHRSIk_14_14_3_3 stoch_rsi, Stoch.RSI.K stoch_rsi,
            momentum_stoch_rsi_k stoch_rsi 0.4,
            CCI_20_0.015 cci, cci14 cci_14, CCI20 cci, trend_cci cci, CCI cci_14,
            WILLR_14 williams_r, W.R williams_r, williamsR williams_r, willr_10 williams_r_10,
            ROC_12 roc_12_pct, roc10 roc_10_pct, momentum_roc roc_12_pct, ROC roc_10_pct, MOM_10 momentum_10_pct,
            TRIX_18_9 trix_18_pct, trend_trix trix_15_pct, TSI_13_25_13 tsi, UO ultimate_oscillator, ULTOSC ultimate_oscillator,
            UO_7_14_28 ultimate_oscillator, AO awesome_oscillator_pct, AO_5_34 awesome_oscillator_pct, PPO_12_26_9 ppo_pct, ppo ppo_pct,
            CMO_14 chande_momentum, cmo chande_momentum, FISHERT_9_1 fisher, DPO_20 dpo_pct, CRSI_3_2_100 connors_rsi,
            ADX_14 adx_14, ADX adx_14, DMP_14 plus_di_14, DMN_14 minus_di_14, plus_di plus_di_14,
            ADX+DI plus_di_14, ADX-DI minus_di_14, minusDI minus_di_14, trend_adx_pos plus_di_14,
            AROONU_25 aroon_up, aroonup aroon_up, AROONOSC_14 aroon_oscillator_14, trend_aroon_down aroon_down,
            PSARl_0.02_0.2 psar, P.SAR psar, sar psar, SUPERT_10_3.0 supertrend, SUPERT_14_3.0 supertrend,
            ITS_9 ichimoku_tenkan, ISB_26 ichimoku_senkou_b, Ichimoku.BLine ichimoku_kijun,
            ichimokuTenkanSen ichimoku_tenkan, trend_ichimoku_a ichimoku_senkou_a,
            ATRr_14 atr_14, ATR_7 atr_7, ATR atr_14, NATR_14 atr_pct, natr atr_pct, atr_percent atr_pct,
            averageTrueRange atr_14, volatility_atr atr_10, CHOP_14_1_100.0 choppiness, chop choppiness, MASSI_9_25 mass_index,
            UI_14 ulcer_index, DCU_20_20 donchian_upper, DonchCh20.Lower donchian_lower, volatility_dcp donchian_position,
            volatility_dcw donchian_width_pct, KCUe_20_2 keltner_upper, SQZ_ON squeeze, ZS_20 price_zscore_20,
            MFI mfi_14, MFI_10 mfi_10, volume_mfi mfi_14, CMF_21 cmf_21, chaikinMoneyFlow cmf_20, volume_cmf cmf_20,
            vwap vwap, VWAP_D vwap, relativeVolume volume_ratio, rvol_10 volume_ratio_10, 量比 volume_ratio,
            %-rsi-period_20 rsi_20, %-mfi-period_14_4h mfi_14_4h, %-relative_volume-period_30 volume_ratio_30,
            LOGRET_1 price_change_pct 0.01, PCTRET_1 price_change_pct 0.01, log_return price_change_pct 0.01,
            others_dr price_change_pct, pct_chg price_change_pct, 涨跌幅 price_change_pct, 涨跌幅(%) price_change_pct, 振幅 range_pct,
            priceChangePercent price_change_pct, percent_change_24h price_change_1d_pct,
            price_change_percentage_24h price_change_1d_pct, price24hPcnt price_change_1d_pct 0.02,
            lastPrice price, 收盘 price, 现价 price, lastFundingRate funding_rate_pct 0.0002,
            longShortRatio long_short_ratio, spreadBps spread_bps, sentiment sentiment_score, newsSentiment news_sentiment,
            gap gap_pct 0.8, boll_upper bb_upper, rsi_bfq_6 rsi_6, macd_dif_bfq macd
            """;

    private static MarketSnapshot read(String name, Object value) {
        return MarketSnapshot.builder("BTC-USDT", Timeframe.M30)
                .price(PRICE)
                .features(Map.of(name, value))
                .build();
    }

    private static double usual(Feature feature) {
        FeatureFamily family = feature.family();
        return family.low() > 0 ? PRICE : family.high() <= 0 ? -30 : family.high() <= 9 ? 0.5 : 3.5;
    }

    @Test
    void takesNineOfTenNamesOfWhichNothingIsSaid() {
        int wanted = 0;
        List<String> missed = new ArrayList<>();
        for (String column : COLUMNS.replace("\n", " ").split(",(?! *$)")) {
            String[] cells = column.trim().split(" ");
            Feature feature = Feature.of(cells[1]);
            double value = cells.length > 2 ? Double.parseDouble(cells[2]) : usual(feature);
            wanted++;
            MarketSnapshot snapshot = feature.equals(Feature.PRICE)
                    ? MarketSnapshot.builder("BTC-USDT", Timeframe.M30)
                            .features(Map.of(cells[0], value))
                            .build()
                    : read(cells[0], value);
            boolean taken = snapshot.dropped().total() == 0;
            boolean right = taken && snapshot.has(feature);
            assertThat(taken && !right)
                    .as("%s: another than %s", cells[0], cells[1])
                    .isFalse();
            if (!right) {
                missed.add(cells[0]);
            }
        }
        System.out.printf(
                "names taken of which nothing is said: %d of %d, all but %s%n", wanted - missed.size(), wanted, missed);
        assertThat(missed).hasSizeLessThanOrEqualTo(wanted / 10);
    }

    /** What has the name of a figure in percent and the size of a ratio. */
    @ParameterizedTest
    @CsvSource({
        "price_change_pct, 0.017",
        "price_change_4h_pct, -0.012",
        "ema_20_dist_pct, -0.004",
        "roc_10_pct, 0.015",
        "macd_pct, 0.003",
        "bb_bandwidth, 0.04",
        "bb_percent, 64",
        "bb_percent, 5.5"
    })
    void dropsAFigureThatMayBeARatio(String name, double value) {
        assertThat(read(name, value).dropped().total()).isEqualTo(1);
        assertThat(read(name, value).dropped().fields().get(0).cause())
                .isIn(DropCause.WRONG_UNIT, DropCause.OUT_OF_RANGE);
    }

    @Test
    void takesASmallMoveBesideAPercentageOrFromOneWhoKnowsTheUnit() {
        Feature change = Feature.of("price_change_pct");
        Map<String, Double> beside = Map.of("price_change_pct", 0.017, "ema_50_dist_pct", -2.5);
        assertThat(MarketSnapshot.builder("X", Timeframe.H1)
                        .features(beside)
                        .build()
                        .get(change))
                .isEqualTo(0.017);
        assertThat(MarketSnapshot.builder("X", Timeframe.H1)
                        .features(Map.of("price_change_pct", 0.017), Vocabulary.CATALOGUE)
                        .build()
                        .get(change))
                .isEqualTo(0.017);
        assertThat(read("price_change_pct", 0).get(change)).isZero();
        assertThat(read("log_return", 0.0001).get(change)).isCloseTo(0.01, within(1e-4));
        assertThat(MarketSnapshot.builder("X", Timeframe.H1)
                        .features(Map.of("price_change_pct", 0.017))
                        .features(Map.of("ema_50_dist_pct", -2.5))
                        .build()
                        .has(change))
                .as("another map says nothing of this one")
                .isFalse();
    }

    /** In percent, as a ratio and in price units: only one of them is of a usual size. */
    @ParameterizedTest
    @CsvSource({
        "ema_20_distance, -0.8, 64000, -0.8",
        "ema_20_distance, -0.008, 64000, -0.8",
        "ema_20_distance, -512, 64000, -0.8",
        "dist_to_sma_50, 0.004, 1.08,",
        "distance_to_sma_50, 2.3, 180,",
        "gap, 0.6, 64000, 0.6",
        "gap, 6, 180,"
    })
    void findsTheUnitOfADistanceByItsSizeOrDropsIt(String name, double value, double price, Double percent) {
        MarketSnapshot snapshot = MarketSnapshot.builder("X", Timeframe.H1)
                .price(price)
                .features(Map.of(name, value))
                .build();
        if (percent == null) {
            assertThat(snapshot.dropped().count(DropCause.AMBIGUOUS_NAME)).isEqualTo(1);
        } else {
            Feature feature = Feature.of(name.startsWith("ema") ? "ema_20_dist_pct" : "gap_pct");
            assertThat(snapshot.get(feature)).isEqualTo(percent, within(1e-9));
        }
    }

    /** Figures of the bar before, of an unknown length of bars, of a portfolio, and with another period than ours. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mom[1]",
                "ROC[1]",
                "RSI[1]",
                "RSI|7",
                "RSI|1M",
                "rsi_14_3M",
                "1d_return_pct",
                "24h_return_pct",
                "MACD_5_35_5",
                "BBU_5_2.0",
                "SMA",
                "ema",
                "vwap",
                "sar",
                "ROC",
                "CCI",
                "TRIX",
                "return_pct",
                "drawdown",
                "beta",
                "price[1]"
            })
    void takesNoneOfThese(String name) {
        assertThat(read(name, name.equals("vwap") ? PRICE : 3).dropped().total())
                .isEqualTo(1);
    }

    @Test
    void readsTheMapsOfIndicatorsAsLibrariesNestThem() {
        MarketSnapshot snapshot = MarketSnapshot.builder("X", Timeframe.H1)
                .price(PRICE)
                .features(Map.of(
                        "BBANDS", Map.of("upperband", 66_000, "middleband", 64_000, "lowerband", 62_000),
                        "STOCH", Map.of("slowk", 71, "slowd", 66),
                        "AROON", Map.of("up", 92, "down", 14),
                        "ema", Map.of("20", 63_900, "50", 63_000),
                        "rsi", Map.of("14", 57, "7", 61),
                        "ichimoku", Map.of("tenkan", 64_100, "kijun", 63_800),
                        "donchian", Map.of("upper", 66_500, "lower", 61_000),
                        "MACD", Map.of("macd", 41, "macdsignal", 50, "macdhist", -9),
                        "1d", Map.of("rsi_14", 48, "adx", 22)))
                .build();
        assertThat(snapshot.dropped().fields()).extracting(DroppedField::name).isEmpty();
        for (String name : List.of(
                "bb_upper",
                "stoch_k",
                "aroon_up",
                "ema_50",
                "rsi_7",
                "ichimoku_kijun",
                "donchian_lower",
                "macd_hist",
                "rsi_14_1d",
                "adx_14_1d")) {
            assertThat(snapshot.has(Feature.of(name))).as(name).isTrue();
        }
    }
}

package io.github.hybridinference.model;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of indicator libraries that the catalogue does not have, with the period and unit that each of them means.
 *
 * <p>A row is: names = plain name of the family, the period if the name does not show it, and how the figure is converted
 * if it is in another unit. {@code {n}} is the period; any other number must be there as it stands, since {@code
 * MACD_5_35_5} is not the catalogue's MACD. The first rows hold names that are unmistakable, those after a vocabulary's
 * name are read only if the caller says that the names are of that vocabulary.
 */
final class LibraryNames {
    static final String ROWS = """
            MACD_12_26_9 MACD.macd trend_macd macd_dif = macd
            MACDs_12_26_9 MACD.macdsignal trend_macd_signal macd_dea = macd_signal
            MACDh_12_26_9 MACD.macdhist trend_macd_diff = macd_hist
            BBL_20_2.0 BBL_20_2.0_2.0 boll_lower bollinger_bands_lower volatility_bbl lowerband BBANDS.lowerband BBANDS.lower = bb_lower
            BBM_20_2.0 BBM_20_2.0_2.0 boll_mid bollinger_bands_middle volatility_bbm BB.basis middleband BBANDS.middleband BBANDS.middle = bb_middle
            BBU_20_2.0 BBU_20_2.0_2.0 boll_upper bollinger_bands_upper volatility_bbh upperband BBANDS.upperband BBANDS.upper = bb_upper
            BBP_{n}_2.0 BBP_{n}_2.0_2.0 volatility_bbp bb_percent = bb_percent_b
            BBB_{n}_2.0 BBB_{n}_2.0_2.0 volatility_bbw bollinger_band_width = bb_bandwidth
            STOCHk_{n}_3_3 slowk fastk stochastic_oscillator_k stochastic_oscillator_k_{n} momentum_stoch Stoch.slowk = stoch_k
            kdj_k = stoch_k:9
            STOCHd_{n}_3_3 slowd fastd stochastic_oscillator_d stochastic_oscillator_d_{n} momentum_stoch_signal Stoch.slowd = stoch_d
            kdj_d = stoch_d:9
            STOCHRSIk_{n}_14_3_3 STOCHRSI_FASTK Stoch.RSI.K = stoch_rsi
            momentum_stoch_rsi momentum_stoch_rsi_k = stoch_rsi *100
            CCI_{n}_0.015 = cci
            trend_cci = cci:20
            momentum_rsi = rsi
            momentum_wr W.R = williams_r
            momentum_tsi TSI_13_25 TSI_13_25_13 true_strength_index = tsi
            momentum_uo uo ultosc UO_7_14_28 = ultimate_oscillator
            momentum_ao ao AO_5_34 awesome_oscillator = awesome_oscillator_pct share
            MOM_{n} = momentum_pct difference
            momentum_roc = roc_pct:12
            momentum_ppo ppo PPO_12_26_9 = ppo_pct
            TRIX_{n}_9 = trix_pct
            trend_trix = trix_pct:15
            DPO_{n} = dpo_pct share
            trend_dpo = dpo_pct:20 share
            FISHERT_{n}_1 = fisher
            CRSI_3_2_100 = connors_rsi
            chande_momentum_oscillator chande_momentum_oscillator_{n} = chande_momentum
            BULLP_13 = bull_power_pct share
            BEARP_13 = bear_power_pct share
            DMP_{n} trend_adx_pos ADX+DI = plus_di
            DMN_{n} trend_adx_neg ADX-DI = minus_di
            trend_adx = adx
            AROONU_{n} aroonup_{n} trend_aroon_up = aroon_up
            AROOND_{n} aroondown_{n} trend_aroon_down = aroon_down
            AROONOSC_{n} aroonosc trend_aroon_ind = aroon_oscillator
            trend_vortex_ind_diff = vortex_spread
            LINEARREG_SLOPE = trend_slope_pct:14 share
            LINEARREG_SLOPE_{n} = trend_slope_pct share
            PSARl_0.02_0.2 PSARs_0.02_0.2 trend_psar_up trend_psar_down P.SAR = psar
            SUPERT_{n}_3.0 = supertrend
            ITS_9 trend_ichimoku_conv Ichimoku.CLine = ichimoku_tenkan
            IKS_26 trend_ichimoku_base Ichimoku.BLine = ichimoku_kijun
            ISA_9 trend_ichimoku_a Ichimoku.Lead1 = ichimoku_senkou_a
            ISB_26 trend_ichimoku_b Ichimoku.Lead2 = ichimoku_senkou_b
            exponential_moving_average_{n} = ema
            simple_moving_average_{n} = sma
            weighted_moving_average_{n} = wma
            hull_moving_average_{n} HullMA{n} = hma
            trend_ema_fast = ema:12
            trend_ema_slow = ema:26
            trend_sma_fast = sma:12
            trend_sma_slow = sma:26
            price_vs_ema_{n}_pct price_to_ema_{n}_pct distance_to_ema_{n}_pct dist_to_ema_{n}_pct ema_{n}_distance_pct = ema_dist_pct
            ema_{n}_distance ema_{n}_dist distance_to_ema_{n} dist_to_ema_{n} distance_ema_{n} dist_ema_{n} = ema_dist_pct by_size
            price_vs_sma_{n}_pct price_to_sma_{n}_pct distance_to_sma_{n}_pct dist_to_sma_{n}_pct sma_{n}_distance_pct = sma_dist_pct
            sma_{n}_distance sma_{n}_dist distance_to_sma_{n} dist_to_sma_{n} distance_sma_{n} dist_sma_{n} = sma_dist_pct by_size
            price_vs_wma_{n}_pct price_to_wma_{n}_pct distance_to_wma_{n}_pct dist_to_wma_{n}_pct wma_{n}_distance_pct = wma_dist_pct
            wma_{n}_distance wma_{n}_dist distance_to_wma_{n} dist_to_wma_{n} distance_wma_{n} dist_wma_{n} = wma_dist_pct by_size
            price_vs_hma_{n}_pct price_to_hma_{n}_pct distance_to_hma_{n}_pct dist_to_hma_{n}_pct hma_{n}_distance_pct = hma_dist_pct
            hma_{n}_distance hma_{n}_dist distance_to_hma_{n} dist_to_hma_{n} distance_hma_{n} dist_hma_{n} = hma_dist_pct by_size
            BIAS_SMA_{n} = sma_dist_pct *100
            ATRr_{n} = atr
            volatility_atr = atr:10
            NATR natr_{n} = atr_pct
            UI_{n} = ulcer_index
            volatility_ui = ulcer_index:14
            MASSI_9_25 trend_mass_index = mass_index
            CHOP CHOP_{n} CHOP_{n}_1_100 = choppiness
            SQZ_ON = squeeze
            DCL_20_20 DonchCh20.Lower volatility_dcl = donchian_lower
            DCU_20_20 DonchCh20.Upper volatility_dch = donchian_upper
            volatility_dcp = donchian_position:20
            volatility_dcw = donchian_width_pct:20
            volatility_kcp = keltner_position:10
            KCLe_20_2 KCLe_20_2.0 = keltner_lower
            KCUe_20_2 KCUe_20_2.0 = keltner_upper
            SKEW_{n} = skewness
            KURT_{n} = kurtosis
            ZS_{n} zscore_{n} = price_zscore
            PCTRET_1 = price_change_pct *100
            LOGRET_1 log_return log_ret = price_change_pct logarithm
            others_dr pct_chg percent_change price_change_percentage price_percentage_change 涨跌幅 = price_change_pct
            price24hPcnt = price_change_pct@1d *100
            gap = gap_pct by_size
            振幅 = range_pct
            收盘价 收盘 最新价 现价 = price
            volume_mfi momentum_mfi = mfi
            volume_cmf = cmf
            VWAP_D volume_vwap = vwap
            量比 = volume_ratio
            relative_volume_10d_calc = volume_ratio:10@1d
            ob_imbalance = order_book_imbalance
            last_funding_rate = funding_rate_pct *100
            netflow_zscore = exchange_netflow_zscore
            sentiment = sentiment_score
            [TA_LIB]
            CCI = cci:14
            ROC = roc_pct:10
            ROCP = roc_pct:10 *100
            ROCP_{n} = roc_pct *100
            ROCR = roc_pct:10 factor
            ROCR_{n} = roc_pct factor
            MOM = momentum_pct:10 difference
            TRIX = trix_pct:30
            TRIX_{n} = trix_pct
            SAR = psar
            SLOWK FASTK = stoch_k:5
            SLOWD FASTD = stoch_d:5
            AROONUP = aroon_up:14
            AROONDOWN = aroon_down:14
            AROONOSC = aroon_oscillator:14
            STOCHRSI FASTK_RSI = stoch_rsi
            [FREQTRADE]
            cci = cci:14
            roc = roc_pct:10
            mom = momentum_pct:10 difference
            trix = trix_pct:30
            sar = psar
            slowk fastk = stoch_k:5
            slowd fastd = stoch_d:5
            aroonup = aroon_up:14
            aroondown = aroon_down:14
            aroonosc = aroon_oscillator:14
            bb_percent = bb_percent_b
            bb_width bb_width_{n} = bb_bandwidth *100
            pct_change = price_change_pct *100
            [PANDAS_TA]
            TRIX_{n} = trix_pct
            [TRADING_VIEW]
            Mom = momentum_pct:10 difference
            CCI = cci:20
            ROC = roc_pct:9
            TRIX = trix_pct:18
            gap = gap_pct
            change = price_change_pct
            ATRP = atr_pct
            Aroon.Up = aroon_up:14
            Aroon.Down = aroon_down:14
            MoneyFlow = mfi
            KltChnl.upper = keltner_upper
            KltChnl.lower = keltner_lower
            [TA4J]
            cci = cci:20
            roc_{n} = roc_pct
            stochastic_rsi stoch_rsi = stoch_rsi *100
            stochastic_rsi_{n} stoch_rsi_{n} = stoch_rsi *100
            dpo = dpo_pct:20 share
            [TA]
            rsi = rsi
            stoch_rsi = stoch_rsi *100
            cci = cci:20
            roc = roc_pct:12
            trix = trix_pct:15
            atr = atr:10
            [TUSHARE]
            macd = macd_hist *0.5
            macd_dif dif = macd
            macd_dea dea = macd_signal
            pct_change = price_change_pct
            ma_{n} ma{n} = sma
            cci = cci:14
            [EXCHANGE]
            funding_rate = funding_rate_pct *100
            basis_rate = basis_pct *100
            last = price
            percentage change_percentage = price_change_pct@1d
            change24h = price_change_pct@1d *100
            """;

    /** What stands for the period while a pattern is folded like a name. */
    private static final double PERIOD = 777_777;

    private static final double PERCENT = 100;

    /** Distances of a price from its averages that leave no doubt that they are such, in percent. */
    private static final double SMALLEST_USUAL_PCT = 0.04;

    private static final double LARGEST_USUAL_PCT = 15;

    /** How a figure of a library becomes one of the catalogue. */
    enum Conversion {
        /** A constant times the figure. */
        TIMES,
        /** In percent of the price. */
        SHARE,
        /** A difference to an earlier price, in percent of that. */
        DIFFERENCE,
        /** A logarithm of the ratio of two prices. */
        LOGARITHM,
        /** A ratio of two prices. */
        FACTOR,
        /** A distance in percent, as a ratio or in price units: the one that makes it of a usual size, if no other does. */
        BY_SIZE;

        boolean needsPrice() {
            return this == SHARE || this == DIFFERENCE || this == BY_SIZE;
        }

        double apply(double value, double factor, double price) {
            return switch (this) {
                case TIMES -> value * factor;
                case SHARE -> value / price * PERCENT;
                case DIFFERENCE -> value / (price - value) * PERCENT;
                case LOGARITHM -> Math.expm1(value) * PERCENT;
                case FACTOR -> (value - 1) * PERCENT;
                case BY_SIZE -> onlyUsual(value, value * PERCENT, value / price * PERCENT);
            };
        }

        private static double onlyUsual(double... readings) {
            double usual = Double.NaN;
            for (double percent : readings) {
                double size = Math.abs(percent);
                if (size >= SMALLEST_USUAL_PCT && size <= LARGEST_USUAL_PCT) {
                    if (!Double.isNaN(usual)) {
                        return Double.NaN;
                    }
                    usual = percent;
                }
            }
            return usual;
        }
    }

    /** A row for one of its names. */
    private record Entry(
            List<Double> numbers,
            FeatureFamily family,
            int period,
            @Nullable Timeframe frame,
            Conversion conversion,
            double factor) {

        @Nullable Meaning of(NumberedName name) {
            int bars = period;
            for (int i = 0; i < numbers.size(); i++) {
                double number = name.number(i);
                if (numbers.get(i) == PERIOD) {
                    bars = number == Math.rint(number) ? (int) number : -1;
                } else if (numbers.get(i) != number) {
                    return null;
                }
            }
            if (family.defaultPeriod() == 0) {
                bars = 0;
            }
            return family.spec().acceptsPeriod(bars)
                    ? new Meaning(Feature.member(family, bars, frame), conversion, factor, true)
                    : null;
        }
    }

    /** What a name means: the feature, how its figure is converted, and whether it is a name of a library. */
    record Meaning(Feature feature, Conversion conversion, double factor, boolean ofLibrary) {
        static Meaning plain(Feature feature) {
            return new Meaning(feature, Conversion.TIMES, 1, false);
        }

        Meaning on(Timeframe frame) {
            return new Meaning(
                    Feature.member(feature.family(), feature.period(), frame), conversion, factor, ofLibrary);
        }

        double convert(double value, double price) {
            return conversion.apply(value, factor, price);
        }
    }

    private static final Map<String, List<Entry>> UNMISTAKABLE = new HashMap<>();
    private static final Map<Vocabulary, Map<String, List<Entry>>> SPECIAL = new EnumMap<>(Vocabulary.class);

    static {
        Map<String, List<Entry>> names = UNMISTAKABLE;
        for (String row : ROWS.split("\n")) {
            if (row.startsWith("[")) {
                Vocabulary vocabulary = Vocabulary.valueOf(row.substring(1, row.length() - 1));
                names = SPECIAL.computeIfAbsent(vocabulary, any -> new HashMap<>());
            } else {
                enter(names, row);
            }
        }
    }

    private LibraryNames() {}

    static @Nullable Meaning unmistakable(NumberedName name) {
        return find(UNMISTAKABLE, name);
    }

    static @Nullable Meaning of(Vocabulary vocabulary, NumberedName name) {
        return find(SPECIAL.getOrDefault(vocabulary, Map.of()), name);
    }

    /** What the name means in some library, though not in all. */
    static @Nullable Meaning ofSome(NumberedName name) {
        for (Map<String, List<Entry>> names : SPECIAL.values()) {
            Meaning meaning = find(names, name);
            if (meaning != null) {
                return meaning;
            }
        }
        return null;
    }

    private static @Nullable Meaning find(Map<String, List<Entry>> names, NumberedName name) {
        for (Entry entry : names.getOrDefault(name.letters(), List.of())) {
            Meaning meaning = entry.of(name);
            if (meaning != null) {
                return meaning;
            }
        }
        return null;
    }

    private static void enter(Map<String, List<Entry>> names, String row) {
        String[] sides = row.split(" = ", 2);
        String[] target = sides[1].split(" ", 2);
        String[] frame = target[0].split("@", 2);
        String[] member = frame[0].split(":", 2);
        FeatureFamily family = Catalogue.family(member[0]);
        int period = member.length == 2 ? Integer.parseInt(member[1]) : family.defaultPeriod();
        Timeframe timeframe = frame.length == 2 ? Timeframe.find(frame[1]).orElseThrow() : null;
        boolean times = target.length == 1 || target[1].startsWith("*");
        Conversion conversion = times ? Conversion.TIMES : Conversion.valueOf(target[1].toUpperCase(Locale.ROOT));
        double factor = times && target.length == 2 ? Double.parseDouble(target[1].substring(1)) : 1;
        for (String spelling : sides[0].split(" ")) {
            NumberedName name = NumberedName.of(spelling.replace("{n}", "_" + (long) PERIOD + "_"));
            if (name == null) {
                throw new AssertionError(spelling);
            }
            names.computeIfAbsent(name.letters(), any -> new ArrayList<>())
                    .add(new Entry(name.numbers(), family, period, timeframe, conversion, factor));
        }
    }
}

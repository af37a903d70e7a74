package io.github.hybridinference.classify;

import static io.github.hybridinference.model.Scenario.Reason.CALM_WITH_CLEAR_RSI;
import static io.github.hybridinference.model.Scenario.Reason.CONFLICTING_INDICATORS;
import static io.github.hybridinference.model.Scenario.Reason.DECISIVE_RULES;
import static io.github.hybridinference.model.Scenario.Reason.EXTREME_RSI_WITH_VOLUME;
import static io.github.hybridinference.model.Scenario.Reason.HIGH_VOLATILITY;
import static io.github.hybridinference.model.Scenario.Reason.INSUFFICIENT_DATA;
import static io.github.hybridinference.model.Scenario.Reason.NEUTRAL_RSI;
import static io.github.hybridinference.model.Scenario.Reason.UNDECIDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.hybridinference.local.LocalRuleModel;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.model.RuleVerdict;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Timeframe;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ThresholdClassifierTest {
    private static final ThresholdClassifier STANDARD = ScenarioClassifier.thresholds();
    private static final RuleVerdict QUIET = RuleVerdict.of(Action.HOLD, 0.5, RiskLevel.LOW, "quiet");

    /** A missing figure is NaN. */
    private static MarketSnapshot market(Timeframe timeframe, double rsi, double volumeRatio, double volatilityPct) {
        MarketSnapshot.Builder builder = MarketSnapshot.builder("X", timeframe);
        if (!Double.isNaN(rsi)) {
            builder.rsi(rsi);
        }
        if (!Double.isNaN(volumeRatio)) {
            builder.volumeRatio(volumeRatio);
        }
        if (!Double.isNaN(volatilityPct)) {
            builder.volatilityPct(volatilityPct);
        }
        return builder.build();
    }

    private static RuleVerdict votes(double score, double strongestBuy, double strongestSell) {
        MarketSnapshot any = market(Timeframe.H1, 50, 1, 1);
        return RuleVerdict.of(Action.HOLD, 0.5, RiskLevel.LOW, score, strongestBuy, strongestSell, any, s -> "");
    }

    private static Scenario.Reason reason(
            ThresholdClassifier classifier, double rsi, double volumeRatio, double volatilityPct, RuleVerdict verdict) {
        Scenario scenario = classifier.classify(market(Timeframe.H1, rsi, volumeRatio, volatilityPct), verdict);
        boolean complex = List.of(HIGH_VOLATILITY, NEUTRAL_RSI, CONFLICTING_INDICATORS, UNDECIDED)
                .contains(scenario.reason());
        assertThat(scenario.isComplex()).isEqualTo(complex);
        return scenario.reason();
    }

    @ParameterizedTest
    @CsvSource({
        // row 1: no RSI
        "NaN, 9, 9, INSUFFICIENT_DATA",
        // row 2: beyond the extremes, not on them, and with volume
        "80.01, 1.5, 2, EXTREME_RSI_WITH_VOLUME",
        "19.99, 1.5, 2, EXTREME_RSI_WITH_VOLUME",
        "80, 1.5, 2, UNDECIDED",
        "20, 1.5, 2, UNDECIDED",
        "80.01, 1.49, 2, UNDECIDED",
        "80.01, NaN, 2, UNDECIDED",
        "100, 999, 2, EXTREME_RSI_WITH_VOLUME",
        "0, 1.5, NaN, EXTREME_RSI_WITH_VOLUME",
        // row 2 comes before row 3
        "85, 2, 50, EXTREME_RSI_WITH_VOLUME",
        // row 3: above the threshold, not on it
        "60, 1, 3.01, HIGH_VOLATILITY",
        "60, 1, 3, UNDECIDED",
        "85, 1, 3.01, HIGH_VOLATILITY",
        // row 3 comes before row 4
        "50, 1, 3.01, HIGH_VOLATILITY",
        // row 4: both ends belong to it, with or without volatility
        "45, 1, 2, NEUTRAL_RSI",
        "55, 1, 2, NEUTRAL_RSI",
        "44.99, 1, 2, UNDECIDED",
        "55.01, 1, 2, UNDECIDED",
        "50, NaN, NaN, NEUTRAL_RSI",
        // row 6: both ends belong to it, and volatility must be known
        "35, 1, 1, CALM_WITH_CLEAR_RSI",
        "65, 1, 1, CALM_WITH_CLEAR_RSI",
        "35.01, 1, 1, UNDECIDED",
        "64.99, 1, 1, UNDECIDED",
        "35, 1, 1.01, UNDECIDED",
        "35, 1, NaN, UNDECIDED",
        "35, 1, 0, CALM_WITH_CLEAR_RSI",
        // row 8
        "60, NaN, NaN, UNDECIDED",
    })
    void decidesByTheFirstRowThatHolds(double rsi, double volumeRatio, double volatilityPct, Scenario.Reason expected) {
        assertThat(reason(STANDARD, rsi, volumeRatio, volatilityPct, QUIET)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // row 5: a buy and a sell of real weight
        "60, 2, 0, 0.5, 0.5, CONFLICTING_INDICATORS",
        "60, 2, 0, 0.49, 1, UNDECIDED",
        "60, 2, 0, 1, 0.49, UNDECIDED",
        "60, NaN, 0, 1, 1, CONFLICTING_INDICATORS",
        // row 4 before row 5, row 5 before rows 6 and 7
        "50, 2, 0, 1, 1, NEUTRAL_RSI",
        "30, 0.5, 0, 1, 1, CONFLICTING_INDICATORS",
        "60, 2, 0.6, 1, 1, CONFLICTING_INDICATORS",
        // row 7: either direction, volatility known
        "60, 2, 0.5, 1, 0, DECISIVE_RULES",
        "60, 2, -0.5, 0, 1, DECISIVE_RULES",
        "60, 2, 0.49, 1, 0, UNDECIDED",
        "60, 2, -0.49, 0, 1, UNDECIDED",
        "60, NaN, 0.9, 1, 0, UNDECIDED",
        "60, 0, 0.9, 1, 0, DECISIVE_RULES",
        // row 6 before row 7
        "30, 0.5, 0.9, 1, 0, CALM_WITH_CLEAR_RSI",
    })
    void weighsTheVotesOfTheRules(
            double rsi, double volatilityPct, double score, double buy, double sell, Scenario.Reason expected) {
        assertThat(reason(STANDARD, rsi, 1, volatilityPct, votes(score, buy, sell)))
                .isEqualTo(expected);
    }

    /** In a calm market with nothing but RSI to go by, the rules act exactly where the classifier calls RSI clear. */
    @Test
    void callsClearWhatIsEnoughForTheRulesToActOn() {
        int clear = 0;
        for (int tenths = 0; tenths <= 1_000; tenths++) {
            MarketSnapshot calm = market(Timeframe.H1, tenths / 10.0, Double.NaN, 0.5);
            RuleVerdict verdict = LocalRuleModel.standard().evaluate(calm);
            boolean isClear = STANDARD.classify(calm, verdict).reason() == CALM_WITH_CLEAR_RSI;
            assertThat(verdict.action() != Action.HOLD)
                    .as("RSI %s", tenths / 10.0)
                    .isEqualTo(isClear);
            clear += isClear ? 1 : 0;
        }
        assertThat(clear).isEqualTo(702); // up to 35 and from 65 on
    }

    /** The trend goes the other way wherever RSI is clear; that is the same fact, and not a reason to do nothing. */
    @ParameterizedTest
    @CsvSource({"35, -1, 80, BUY", "20, -1, 80, BUY", "65, 1, 120, SELL", "80, 1, 120, SELL"})
    void aClearRsiIsActedOnAgainstTheTrendThatMadeIt(double rsi, double macd, double price, Action action) {
        MarketSnapshot calm = MarketSnapshot.builder("X", Timeframe.H1)
                .rsi(rsi)
                .volatilityPct(1)
                .price(price)
                .bollinger(90, 100, 110)
                .macd(macd, 0)
                .previousMacd(macd, 0)
                .build();
        RuleVerdict verdict = LocalRuleModel.standard().evaluate(calm);
        assertThat(STANDARD.classify(calm, verdict).reason()).isEqualTo(CALM_WITH_CLEAR_RSI);
        assertThat(verdict.action()).isEqualTo(action);
    }

    @Test
    void hasTooLittleDataWhileTheHistoryIsShort() {
        MarketSnapshot young = MarketSnapshot.builder("X", Timeframe.H1)
                .rsi(85)
                .volumeRatio(2)
                .volatilityPct(5)
                .historyBars(99)
                .build();
        Scenario scenario = STANDARD.classify(young, QUIET);
        assertThat(scenario.reason()).isEqualTo(INSUFFICIENT_DATA);
        assertThat(scenario.isComplex()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Timeframe.class)
    void scalesVolatilityWithTheRootOfTime(Timeframe timeframe) {
        double root = Math.sqrt(timeframe.durationMs() / 3_600_000.0);
        assertThat(STANDARD.classify(market(timeframe, 60, 1, 3 * root * 1.001), QUIET)
                        .reason())
                .isEqualTo(HIGH_VOLATILITY);
        assertThat(STANDARD.classify(market(timeframe, 60, 1, 3 * root * 0.999), QUIET)
                        .reason())
                .isEqualTo(UNDECIDED);
        assertThat(STANDARD.classify(market(timeframe, 30, 1, root * 0.999), QUIET)
                        .reason())
                .isEqualTo(CALM_WITH_CLEAR_RSI);
        assertThat(STANDARD.classify(market(timeframe, 30, 1, root * 1.001), QUIET)
                        .reason())
                .isEqualTo(UNDECIDED);
    }

    @ParameterizedTest
    @EnumSource(Timeframe.class)
    void comparesVolatilityAlikeOnAllTimeframesIfToldTo(Timeframe timeframe) {
        ThresholdClassifier fixed = STANDARD.fixedVolatility();
        assertThat(fixed.classify(market(timeframe, 60, 1, 3.01), QUIET).reason())
                .isEqualTo(HIGH_VOLATILITY);
        assertThat(fixed.classify(market(timeframe, 60, 1, 3), QUIET).reason()).isEqualTo(UNDECIDED);
        assertThat(fixed.classify(market(timeframe, 30, 1, 1), QUIET).reason()).isEqualTo(CALM_WITH_CLEAR_RSI);
    }

    @Test
    void letsVolatilityDecideFirstIfToldTo() {
        ThresholdClassifier reversed = STANDARD.volatilityBeforeExtremeRsi();
        assertThat(reason(reversed, 85, 2, 3.01, QUIET)).isEqualTo(HIGH_VOLATILITY);
        assertThat(reason(reversed, 85, 2, 3, QUIET)).isEqualTo(EXTREME_RSI_WITH_VOLUME);
        assertThat(reason(reversed, 85, 2, Double.NaN, QUIET)).isEqualTo(EXTREME_RSI_WITH_VOLUME);
        assertThat(reason(STANDARD, 85, 2, 3.01, QUIET))
                .as("a copy was changed")
                .isEqualTo(EXTREME_RSI_WITH_VOLUME);
    }

    @Test
    void letsEveryThresholdBeSet() {
        assertThat(reason(STANDARD.extremeRsi(10, 90, 3), 85, 3, 2, QUIET)).isEqualTo(UNDECIDED);
        assertThat(reason(STANDARD.extremeRsi(10, 90, 3), 91, 3, 2, QUIET)).isEqualTo(EXTREME_RSI_WITH_VOLUME);
        assertThat(reason(STANDARD.extremeRsi(10, 90, 3), 9, 3, 2, QUIET)).isEqualTo(EXTREME_RSI_WITH_VOLUME);
        assertThat(reason(STANDARD.extremeRsi(10, 90, 3), 91, 2.9, 2, QUIET)).isEqualTo(UNDECIDED);
        assertThat(reason(STANDARD.highVolatilityPct(5), 60, 1, 4, QUIET)).isEqualTo(UNDECIDED);
        assertThat(reason(STANDARD.highVolatilityPct(5), 60, 1, 5.1, QUIET)).isEqualTo(HIGH_VOLATILITY);
        assertThat(reason(STANDARD.neutralRsi(40, 60), 40, 1, 2, QUIET)).isEqualTo(NEUTRAL_RSI);
        assertThat(reason(STANDARD.neutralRsi(40, 60), 60, 1, 2, QUIET)).isEqualTo(NEUTRAL_RSI);
        assertThat(reason(STANDARD.conflictWeight(0.9), 60, 1, 2, votes(0, 0.8, 0.8)))
                .isEqualTo(UNDECIDED);
        assertThat(reason(STANDARD.conflictWeight(0.9), 60, 1, 2, votes(0, 0.9, 0.9)))
                .isEqualTo(CONFLICTING_INDICATORS);
        assertThat(reason(STANDARD.calmVolatilityPct(2), 30, 1, 2, QUIET)).isEqualTo(CALM_WITH_CLEAR_RSI);
        assertThat(reason(STANDARD.clearRsi(25, 75), 30, 1, 1, QUIET)).isEqualTo(UNDECIDED);
        assertThat(reason(STANDARD.clearRsi(25, 75), 25, 1, 1, QUIET)).isEqualTo(CALM_WITH_CLEAR_RSI);
        assertThat(reason(STANDARD.clearRsi(25, 75), 75, 1, 1, QUIET)).isEqualTo(CALM_WITH_CLEAR_RSI);
        assertThat(reason(STANDARD.decisiveScore(0.8), 60, 1, 2, votes(0.7, 1, 0)))
                .isEqualTo(UNDECIDED);
        assertThat(reason(STANDARD.decisiveScore(0.8), 60, 1, 2, votes(0.8, 1, 0)))
                .isEqualTo(DECISIVE_RULES);
    }

    @Test
    void keepsTheOtherSettingsWhenOneIsChanged() {
        ThresholdClassifier all = STANDARD.extremeRsi(10, 90, 3)
                .highVolatilityPct(50)
                .neutralRsi(49, 51)
                .conflictWeight(0.9)
                .calmVolatilityPct(2)
                .clearRsi(25, 75)
                .decisiveScore(0.8)
                .fixedVolatility()
                .volatilityBeforeExtremeRsi();
        assertThat(reason(all, 91, 3, 40, QUIET)).isEqualTo(EXTREME_RSI_WITH_VOLUME);
        assertThat(reason(all, 91, 3, 51, QUIET)).isEqualTo(HIGH_VOLATILITY);
        assertThat(reason(all, 45, 1, 10, QUIET)).isEqualTo(UNDECIDED);
        assertThat(reason(all, 49, 1, 10, QUIET)).isEqualTo(NEUTRAL_RSI);
        assertThat(reason(all, 60, 1, 10, votes(0.7, 0.8, 0.8))).isEqualTo(UNDECIDED);
        assertThat(reason(all, 25, 1, 2, QUIET)).isEqualTo(CALM_WITH_CLEAR_RSI);
        assertThat(reason(all, 60, 1, 10, votes(0.8, 1, 0))).isEqualTo(DECISIVE_RULES);
    }

    @Test
    void refusesSettingsThatMeanNothing() {
        refuses(
                "low of extremeRsi must be in [0, 50]",
                List.of(
                        c -> c.extremeRsi(-1, 80, 1),
                        c -> c.extremeRsi(51, 80, 1),
                        c -> c.extremeRsi(Double.NaN, 80, 1)));
        refuses(
                "high of extremeRsi must be in [50, 100]",
                List.of(
                        c -> c.extremeRsi(20, 49, 1),
                        c -> c.extremeRsi(20, 101, 1),
                        c -> c.extremeRsi(20, Double.NaN, 1)));
        refuses("low of neutralRsi must be in [0, 50]", List.of(c -> c.neutralRsi(51, 60)));
        refuses("high of neutralRsi must be in [50, 100]", List.of(c -> c.neutralRsi(40, 49)));
        refuses("low of clearRsi must be in [0, 50]", List.of(c -> c.clearRsi(-1, 60)));
        refuses("high of clearRsi must be in [50, 100]", List.of(c -> c.clearRsi(40, 101)));
        refuses(
                "volumeRatio of extremeRsi must not be negative",
                List.of(c -> c.extremeRsi(20, 80, -0.1), c -> c.extremeRsi(20, 80, Double.NaN)));
        refuses(
                "highVolatilityPct must be in (0, 100]",
                List.of(
                        c -> c.highVolatilityPct(0),
                        c -> c.highVolatilityPct(100.1),
                        c -> c.highVolatilityPct(Double.NaN)));
        refuses(
                "calmVolatilityPct must be in (0, 100]",
                List.of(c -> c.calmVolatilityPct(0), c -> c.calmVolatilityPct(100.1), c -> c.calmVolatilityPct(-1)));
        refuses(
                "conflictWeight must be positive",
                List.of(c -> c.conflictWeight(0), c -> c.conflictWeight(Double.NaN)));
        refuses(
                "decisiveScore must be in (0, 1]",
                List.of(c -> c.decisiveScore(0), c -> c.decisiveScore(1.01), c -> c.decisiveScore(Double.NaN)));
        assertThat(STANDARD.extremeRsi(0, 100, 0)
                        .extremeRsi(50, 50, 0)
                        .decisiveScore(1)
                        .highVolatilityPct(100))
                .as("the ends are allowed")
                .isNotNull();
    }

    private static void refuses(String message, List<UnaryOperator<ThresholdClassifier>> changes) {
        for (UnaryOperator<ThresholdClassifier> change : changes) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> change.apply(STANDARD))
                    .withMessageStartingWith(message + ", but is ");
        }
    }
}

package io.github.hybridinference.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.hybridinference.local.LocalRuleModel;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RuleVerdict;
import io.github.hybridinference.model.Scenario.Reason;
import io.github.hybridinference.model.Timeframe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterModelTest {
    private static final RuleVerdict NONE = RuleVerdict.noData();

    private static MarketSnapshot rsi(double rsi) {
        return MarketSnapshot.builder("X", Timeframe.H1).rsi(rsi).build();
    }

    @ParameterizedTest
    @CsvSource({"50, 0.5", "60, 0.7310585786", "40, 0.2689414214", "100, 0.9820137900", "0, 0.0179862100"})
    void scoresByTheFile(double rsi, double probability) {
        assertThat(Routers.byRsi().probability(rsi(rsi), NONE, Reason.UNDECIDED))
                .isCloseTo(probability, within(1e-9)); // four deviations from the mean and more count as four
    }

    @Test
    void aMissingFigureCountsAsAMeanOne() {
        MarketSnapshot empty = MarketSnapshot.builder("X", Timeframe.H1).build();

        assertThat(Routers.byRsi().probability(empty, NONE, Reason.UNDECIDED)).isEqualTo(0.5);
    }

    @Test
    void calibrationScalesAndShiftsTheLogOdds() {
        RouterModel model =
                Routers.changed(text -> text.replace("\"slope\": 1, \"shift\": 0", "\"slope\": 2, \"shift\": 1"));

        assertThat(model.probability(rsi(60), NONE, Reason.UNDECIDED)).isCloseTo(1 / (1 + Math.exp(-3)), within(1e-12));
    }

    @Test
    void aReasonWithoutAGainOfItsOwnHasThatOfAll() {
        assertThat(Routers.byRsi().gain(Reason.NEUTRAL_RSI)).isCloseTo(0.002, within(1e-15));
        assertThat(Routers.byRsi().gain(Reason.HIGH_VOLATILITY)).isCloseTo(0.001, within(1e-15));
    }

    @Test
    void inputsMeanTheSameAtAnyPriceLevel() {
        double[] low = RouterModel.inputs(priced(1), verdict(priced(1)), Reason.UNDECIDED);
        double[] high = RouterModel.inputs(priced(1_000), verdict(priced(1_000)), Reason.UNDECIDED);

        assertThat(low).doesNotContain(Double.NaN);
        for (int i = 0; i < low.length; i++) {
            assertThat(high[i]).as(RouterModel.inputNames().get(i)).isCloseTo(low[i], within(1e-9));
        }
    }

    private static RuleVerdict verdict(MarketSnapshot snapshot) {
        return LocalRuleModel.standard().evaluate(snapshot);
    }

    private static MarketSnapshot priced(double unit) {
        return MarketSnapshot.builder("X", Timeframe.H1)
                .rsi(58)
                .volatilityPct(1.5)
                .volumeRatio(1.2)
                .feature("price_change_pct", 0.4)
                .feature("adx", 25)
                .feature("stoch_k", 70)
                .feature("price", 100 * unit)
                .feature("macd", 0.5 * unit)
                .feature("bb_lower", 95 * unit)
                .feature("bb_middle", 99 * unit)
                .feature("bb_upper", 103 * unit)
                .build();
    }

    /** What is learned from and what is scored are computed by two pieces of code. */
    @ParameterizedTest
    @CsvSource({"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16"})
    void eachInputIsScoredAsItIsLearned(int input) {
        RouterModel model = Routers.changed(text -> text.replace(
                "{\"name\": \"rsi\", \"mean\": 50, \"deviation\": 10, \"weight\": 1}",
                "{\"name\": \"" + RouterModel.inputNames().get(input)
                        + "\", \"mean\": 0.3, \"deviation\": 40, \"weight\": 1}"));
        for (Reason reason : new Reason[] {Reason.NEUTRAL_RSI, Reason.UNDECIDED}) {
            double value = RouterModel.inputs(priced(1), verdict(priced(1)), reason)[input];
            double expected = 1 / (1 + Math.exp(-(value - 0.3) / 40));

            assertThat(model.probability(priced(1), verdict(priced(1)), reason)).isCloseTo(expected, within(1e-12));
        }
    }

    @Test
    void relativeFiguresAreTakenWherePricesAreMissing() {
        MarketSnapshot relative = MarketSnapshot.builder("X", Timeframe.H1)
                .feature("bb_percent_b", 0.8)
                .build();

        assertThat(
                        RouterModel.inputs(relative, NONE, Reason.UNDECIDED)[
                                RouterModel.inputNames().indexOf("percent_b")])
                .isCloseTo(0.8, within(1e-12));
    }

    @Test
    void isReadFromAFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("router.json");
        Files.writeString(file, Routers.text());

        assertThat(RouterModel.read(file)).hasToString("RouterModel[1h, 1000 examples, trained 2026-11-28]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"format\": 2'       | '\"format\": 1'              | format",
                "'\"name\": \"rsi\"'   | '\"name\": \"moon\"'         | features[].name",
                "'\"deviation\": 10'   | '\"deviation\": 0'           | features[].deviation",
                "'\"weight\": 1'       | '\"weight\": \"heavy\"'      | features[].weight",
                "'\"slope\": 1'        | '\"slope\": -1'              | calibration.slope",
                "'\"all\": 10, '       | ''                           | gain_bps.all",
                "'\"probability\": 0.5'| '\"probability\": 1'         | threshold.probability",
                "'\"timeframe\": \"1h\"'| '\"timeframe\": \"1 hour\"' | timeframe",
                "'2026-11-28'          | 'today'                      | trained",
                "'[0.1, 0.3'           | '[-0.1, 0.3'                 | hours[].probabilities",
                "'\"intercept\": 0'    | '\"intercept\": 1e999'       | intercept",
                "'\"intercept\": 0,'   | '\"intercept\": 0'           | JSON",
            })
    void saysWhichFieldIsWrong(String right, String wrong, String field) {
        assertThat(Routers.text()).contains(right);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Routers.changed(text -> text.replace(right, wrong)))
                .withMessageContaining(field);
    }

    @Test
    void refusesADayOfAnotherLength() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RouterModel.parse(Routers.BY_RSI.replace("HOURS", "")))
                .withMessageContaining("hours has 24 entries");
    }
}

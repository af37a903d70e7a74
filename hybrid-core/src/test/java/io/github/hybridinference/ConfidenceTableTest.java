package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.ConfidenceTable;
import io.github.hybridinference.model.Evidence;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.model.RuleVerdict;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.TradingSignal;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.ManualTime;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a stated confidence is worth, and where an engine applies it. */
class ConfidenceTableTest {
    private static final ConfidenceTable MODEL = ConfidenceTable.of(new double[] {0}, new double[] {0.52});
    private static final ConfidenceTable RULES = ConfidenceTable.of(new double[] {0.2, 0.6}, new double[] {0.31, 0.47});

    private static InferenceEngineBuilder builder(Action rules) {
        return InferenceEngine.builder()
                .clock(new ManualTime().wall())
                .remote(new FakeModel().always(FakeModel.replying(Replies.BUY)))
                .replyVerifier(Replies::verify)
                .rules(snapshot -> RuleVerdict.of(rules, 0.8, RiskLevel.LOW, "Because."));
    }

    @ParameterizedTest
    @CsvSource({"0, 0.31", "0.2, 0.31", "0.59, 0.31", "0.6, 0.47", "1, 0.47"})
    void holdsEachStepUpToTheNext(double stated, double calibrated) {
        assertThat(RULES.calibrated(stated)).isEqualTo(calibrated);
    }

    @Test
    void givesTheModelsAnswersAndTheRulesTheirOwnValue() {
        try (InferenceEngine engine = builder(Action.SELL)
                .confidenceCalibration(MODEL)
                .rulesConfidenceCalibration(RULES)
                .cacheLocalAnswers()
                .build()) {
            for (Source expected : new Source[] {Source.REMOTE, Source.CACHE}) {
                Inference answer = engine.infer(Snapshots.complex(1));
                assertThat(answer.source()).isEqualTo(expected);
                assertThat(answer.signal().action()).isEqualTo(Action.BUY);
                assertThat(answer.signal().confidence()).isEqualTo(0.52);
            }
            for (int i = 0; i < 2; i++) {
                Inference simple = engine.infer(Snapshots.simple());
                assertThat(simple.signal().action()).isEqualTo(Action.SELL);
                assertThat(simple.signal().confidence())
                        .as(simple.source().name())
                        .isEqualTo(0.47);
            }
        }
    }

    @Test
    void changesNothingThatItHasNoTableFor() {
        try (InferenceEngine plain = builder(Action.SELL).build();
                InferenceEngine model =
                        builder(Action.SELL).confidenceCalibration(MODEL).build();
                InferenceEngine holding =
                        builder(Action.HOLD).rulesConfidenceCalibration(RULES).build()) {
            assertThat(model.infer(Snapshots.simple()).signal())
                    .isEqualTo(plain.infer(Snapshots.simple()).signal());
            assertThat(holding.infer(Snapshots.complex(1)).signal())
                    .isEqualTo(plain.infer(Snapshots.complex(1)).signal());
            assertThat(holding.infer(Snapshots.simple()).signal().confidence()).isEqualTo(0.8);
        }
    }

    @Test
    void changesTheConfidenceAlone() {
        TradingSignal stated = new TradingSignal(
                Action.BUY,
                0.9,
                RiskLevel.LOW,
                OptionalDouble.of(2),
                OptionalDouble.of(4),
                "Because.",
                List.of(new Evidence("rsi_14", 71)),
                "My words.");
        assertThat(stated.calibrated(MODEL)).isEqualTo(stated.withConfidenceAtMost(0.52));
    }

    @Test
    void refusesWhatIsNoTable() {
        double[][][] wrong = {
            {{}, {}},
            {{0.1}, {0.2, 0.3}},
            {{0.5, 0.5}, {0.2, 0.3}},
            {{0.5, 0.4}, {0.2, 0.3}},
            {{0.1, 0.5}, {0.3, 0.2}},
            {{0.1}, {0}},
            {{0.1}, {1}},
            {{-0.1}, {0.5}},
            {{Double.NaN}, {0.5}},
            {{0.1}, {Double.NaN}}
        };
        for (double[][] table : wrong) {
            assertThatIllegalArgumentException().isThrownBy(() -> ConfidenceTable.of(table[0], table[1]));
        }
    }
}

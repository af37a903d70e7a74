package io.github.hybridinference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a model's sentences a signal keeps. The corpus of sentences is in the tests of the verifier. */
class CommentaryTest {
    private static final List<String> PIECES = List.of(
            "RSI",
            "rsi_14",
            "(14)",
            "14",
            " ",
            " at ",
            "=",
            ":",
            "27",
            "-0.4",
            ".",
            ". ",
            ";",
            "，",
            "。",
            "eighty",
            "一定",
            "八十二",
            "８２",
            "Trend is weak",
            "price change",
            "price_change_pct",
            "%",
            "the ",
            "weekly ",
            "\u200b",
            "\u202e",
            "\ud83d\ude00",
            "\ud83d",
            "·",
            "…",
            "é",
            "ж",
            "!",
            "5",
            "ei",
            "ghty",
            "十",
            "(",
            ")");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Price change -0.4%, weak. | Price change -0.4%, weak.",
                "price_change_pct is -0.4. | price_change_pct is -0.4.",
                "Price change 0.4%. | ''",
                "Price change -0.4k. | ''",
                "Price change -0.45%. | ''",
                "rsi_14_4h at 55. | rsi_14_4h at 55.",
                "RSI at 55. | ''"
            })
    void knowsEvidenceByItsNameAndUnit(String words, String kept) {
        List<Evidence> evidence = List.of(new Evidence("price_change_pct", -0.4), new Evidence("rsi_14_4h", 55));

        assertThat(Commentary.of(words, evidence)).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\u00a0",
                "\u3164",
                "\u2800",
                "\u200b\u200d\u2060",
                "\ufe0f",
                "\udb40\udd00",
                "...",
                "\ud83d",
                "\t\n",
                "- -"
            })
    void takesWhatCannotBeReadForNothing(String words) {
        assertThat(Commentary.of(words, List.of())).isEmpty();
    }

    @Test
    void isNotChangedByAnotherCleaning() {
        List<Evidence> evidence = List.of(new Evidence("rsi_14", 27), new Evidence("price_change_pct", -0.4));
        for (int seed = 0; seed < 50_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            StringBuilder words = new StringBuilder();
            for (int i = random.nextInt(1, 120); i > 0; i--) {
                words.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            String once = Commentary.of(words.toString(), evidence);

            assertThat(once).as("seed %d", seed).hasSizeLessThanOrEqualTo(Commentary.MAX_LENGTH);
            assertThat(Commentary.of(once, evidence)).as("seed %d", seed).isEqualTo(once);
            assertThat(once).as("seed %d", seed).doesNotContain("5", "８", "eighty", "八", "ж", "\u200b", "\u202e");
        }
    }

    @Test
    void aSignalCleansItsCommentaryHoweverItIsMade() {
        TradingSignal signal = new TradingSignal(
                Action.BUY,
                0.7,
                RiskLevel.LOW,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                "",
                List.of(),
                "RSI at 82. Up\u202e.");

        assertThat(signal.commentary()).isEqualTo("Up.");
        assertThat(signal.withConfidenceAtMost(0.5).commentary()).isEqualTo("Up.");
        assertThat(signal.toString()).doesNotContain("Up");
    }

    @Test
    void evidenceIsAtMostTwoFiguresOfTheCatalogue() {
        Evidence one = new Evidence("rsi_14", 35);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TradingSignal.ofModel(
                        Action.BUY,
                        0.7,
                        RiskLevel.LOW,
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        List.of(one, one, one),
                        "",
                        Language.ENGLISH));
        for (String name : List.of("", "RSI", "rsi 14", "14", "x".repeat(65), "rsi\u202e")) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Evidence(name, 1));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new Evidence("rsi_14", Double.NaN));
        assertThat(one.valueText()).isEqualTo("35");
        assertThat(new Evidence("macd_pct", -0.04).valueText()).isEqualTo("-0.04");
        assertThat(new Evidence("volume", 1e9).valueText()).isEqualTo("1000000000");
        assertThat(one).hasToString("Evidence[rsi_14]");
    }
}

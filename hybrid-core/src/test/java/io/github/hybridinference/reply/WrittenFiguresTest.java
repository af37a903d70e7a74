package io.github.hybridinference.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WrittenFiguresTest {
    @Test
    void readsFiguresWithSignAndUnit() {
        assertThat(figures("RSI 27, MACD -0.25%, up +3, volume 1.9x, score 75/100, 0.1 percent, 3 pct"))
                .containsExactly(
                        "27 []", "-0.25 [PERCENT]", "+3.0 []", "1.9 [TIMES]", "75 []", "0.1 [PERCENT]", "3 [PERCENT]");
        assertThat(figures("3 times 2倍 4× 5X 6 % 7％ −8"))
                .containsExactly(
                        "3 [TIMES]", "2 [TIMES]", "4 [TIMES]", "5 [TIMES]", "6 [PERCENT]", "7 [PERCENT]", "-8.0 []");
    }

    @Test
    void readsFiguresAtBothEndsOfTheText() {
        assertThat(figures("1")).containsExactly("1 []");
        assertThat(figures("-1")).containsExactly("-1.0 []");
        assertThat(figures("1%")).containsExactly("1 [PERCENT]");
        assertThat(figures("1x")).containsExactly("1 [TIMES]");
        assertThat(figures("1.")).containsExactly("1 []");
        assertThat(figures("")).isEmpty();
        assertThat(figures("none")).isEmpty();
    }

    @Test
    void standsFromTheSignToTheUnit() {
        WrittenFigures figure = new WrittenFigures("at -2.5 % now");
        assertThat(figure.next()).isTrue();

        assertThat(figure.start).isEqualTo(3);
        assertThat(figure.end).isEqualTo(9);
        assertThat(figure.signed).isTrue();
        assertThat(figure.whole).isFalse();
        assertThat(figure.halfUnit).isEqualTo(0.05);
        assertThat(figure.next()).isFalse();
    }

    @Test
    void readsTheLongestFiguresAFeatureCanHave() {
        assertThat(figures("123456789")).containsExactly("1.23456789E8 []");
        assertThat(figures("1.23456789")).containsExactly("1.23456789 []");
        assertThat(figures("0.00000001")).containsExactly("1.0E-8 []");
        assertThat(figures("1234567890 1.234567890 0.0000000001")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rsi_14", "RSI14", "14-day", "4h", "81st", "30-70", "30–70", "30—70", "30~70", "30～70", "30/70", "30+",
                "30→70", "1,200", "27,4", "1.2.3", "v1.2", ".5", "$81", "€81", "£81", "¥81", "#81", "/81", "\\81",
                "81^", "2^81", "81>", "81=", "RSI-14", "(a)-14", "2%-3%", "–81", "—81", "é81", "81é", "81_", "_81",
                "5 %x", "1.9xy", "75/1000", "75/10"
            })
    void passesOverWhatIsPartOfSomethingElse(String text) {
        assertThat(figures(text))
                .as(text)
                .noneMatch(figure -> figure.matches("(14|4|81|30|70|1200|27|1.2|0.5|5|2|3|1.9|75) .*"));
    }

    @Test
    void takesChineseCharactersForTheEndOfAWord() {
        assertThat(figures("RSI为81，高")).containsExactly("81 []");
        assertThat(figures("为81点")).containsExactly("81 []");
    }

    @Test
    void goesOnBehindWhatItPassesOver() {
        assertThat(figures("30-70 5 1,200 6 v1.2.3 7 12345678901 8")).containsExactly("5 []", "6 []", "7 []", "8 []");
    }

    private static List<String> figures(String text) {
        List<String> found = new ArrayList<>();
        WrittenFigures figure = new WrittenFigures(text);
        while (figure.next()) {
            String value = figure.whole && !figure.signed && figure.value < 1e8
                    ? String.valueOf((long) figure.value)
                    : (figure.value > 0 && figure.signed ? "+" : "") + figure.value;
            found.add(value + " [" + (figure.unit == WrittenFigures.Unit.NONE ? "" : figure.unit) + "]");
        }
        return found;
    }
}

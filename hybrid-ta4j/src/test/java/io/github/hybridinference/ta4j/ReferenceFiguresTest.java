package io.github.hybridinference.ta4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Holds the indicators against published figures, in two steps since the published figures in the test's resources end
 * before ta4j's averages have settled: the textbook formulas give the published figures, and the indicators give what
 * the textbook formulas give.
 */
class ReferenceFiguresTest {

    @Test
    void textbookFormulasGiveThePublishedFigures() throws IOException {
        List<String[]> rows = publishedRows();
        Textbook textbook =
                new Textbook(rows.stream().map(ReferenceFiguresTest::bar).toList());

        for (int i = 0; i < rows.size(); i++) {
            assertPublished(textbook.rsi[i], rows.get(i)[6]);
            assertPublished(textbook.macd[i], rows.get(i)[7]);
            assertPublished(textbook.signal[i], rows.get(i)[8]);
            assertPublished(textbook.atr[i], rows.get(i)[12]);
        }
    }

    @Test
    void bollingerBandsAreThePublishedOnes() throws IOException {
        Indicators indicators = new Indicators();
        for (String[] row : publishedRows()) {
            var bands = indicators.next(bar(row)).bollinger20();

            assertPublished(bands.map(IndicatorValues.Bollinger::lower).orElse(Double.NaN), row[9]);
            assertPublished(bands.map(IndicatorValues.Bollinger::middle).orElse(Double.NaN), row[10]);
            assertPublished(bands.map(IndicatorValues.Bollinger::upper).orElse(Double.NaN), row[11]);
        }
    }

    @Test
    void indicatorsGiveWhatTheTextbookFormulasGiveFromBar250On() {
        List<Prices> bars = Walk.prices(11, 3_000);
        Textbook textbook = new Textbook(bars);
        Indicators indicators = new Indicators();

        for (int i = 0; i < bars.size(); i++) {
            IndicatorValues values = indicators.next(bars.get(i));
            if (i >= 250) {
                assertClose(values.rsi14().orElseThrow(), textbook.rsi[i]);
                assertClose(values.macd().orElseThrow().line(), textbook.macd[i]);
                assertClose(values.macd().orElseThrow().signal(), textbook.signal[i]);
                assertClose(values.previousMacd().orElseThrow().line(), textbook.macd[i - 1]);
                assertClose(values.previousMacd().orElseThrow().signal(), textbook.signal[i - 1]);
                assertClose(values.atr14().orElseThrow(), textbook.atr[i]);
                assertClose(
                        values.atrPct().orElseThrow(),
                        100 * textbook.atr[i] / bars.get(i).close());
            }
        }
    }

    private static void assertPublished(double actual, String published) {
        if (published.isEmpty()) {
            assertThat(actual).isNaN();
        } else {
            double expected = Double.parseDouble(published);
            assertThat(actual).isCloseTo(expected, within(1e-12 * Math.abs(expected)));
        }
    }

    private static void assertClose(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, within(1e-6 * Math.abs(expected)));
    }

    private static List<String[]> publishedRows() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                ReferenceFiguresTest.class.getResourceAsStream("reference-figures.csv"), "test resource")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .toList();
        }
    }

    private static Prices bar(String[] row) {
        return new Prices(
                Double.parseDouble(row[1]),
                Double.parseDouble(row[2]),
                Double.parseDouble(row[3]),
                Double.parseDouble(row[4]),
                Double.parseDouble(row[5]));
    }
}

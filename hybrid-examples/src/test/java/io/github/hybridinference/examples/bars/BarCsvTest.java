package io.github.hybridinference.examples.bars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hybridinference.eval.Bar;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BarCsvTest {

    private static final String HEADER = "timestamp,open,high,low,close,volume\n";
    private static final String GOOD = "2024-01-01T00:00:00Z,10,12,9,11,5\n";

    @TempDir
    private Path folder;

    @Test
    void readsColumnsInAnyOrderAndCaseAndIgnoresOthers() throws Exception {
        BarFile file = read("""
                \uFEFFVolume, CLOSE ,note,low,High,open,"TimeStamp"
                5,11,"anything, really",9,12,10,2024-01-01T00:00:00Z
                """);

        assertThat(file.bars()).containsExactly(new Bar(Instant.parse("2024-01-01T00:00:00Z"), 10, 12, 9, 11, 5));
        assertThat(file.rejected().count()).isZero();
        assertThat(file.suspect().count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2017-07-14T02:40:00Z",
                "2017-07-14t02:40z",
                "2017-07-14T04:40:00+02:00",
                "2017-07-14T04:40:00+0200",
                "2017-07-14 02:40:00",
                "2017-07-14 02:40:00.000",
                "2017-07-13 21:40:00-05",
                "1500000000",
                "1500000000000"
            })
    void readsTimes(String text) throws Exception {
        assertThat(Timestamps.parse(text)).isEqualTo(Instant.ofEpochSecond(1_500_000_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2017-07-14", "20170714"})
    void readsADateAsMidnight(String text) throws Exception {
        assertThat(Timestamps.parse(text)).isEqualTo(Instant.parse("2017-07-14T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "2017-02-30",
                "20170230",
                "14/07/2017",
                "2017-07-14T",
                "2017-07-14+02:00",
                "17",
                "-1500000000",
                "1500000000000000",
                "1.5e9",
                "99999999999999999999",
                "2017-07-14T02:40:00Z extra",
                "١٥٠٠٠٠٠٠٠٠"
            })
    void refusesOtherTimesWithoutRepeatingThem(String text) {
        assertThatThrownBy(() -> Timestamps.parse(text))
                .isInstanceOf(RowFault.class)
                .hasMessage("the timestamp is neither ISO-8601 nor seconds or milliseconds of the epoch")
                .hasNoCause();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2024-01-01T01:00Z,10,12,9,,5          | the close is missing
            ,10,12,9,11,5                         | the timestamp is missing
            2024-01-01T01:00Z,10,12,9,NaN,5       | the close is not a number
            2024-01-01T01:00Z,Infinity,12,9,11,5  | the open is not a number
            2024-01-01T01:00Z,10,1d,9,11,5        | the high is not a number
            2024-01-01T01:00Z,10,12,9,11,n/a      | the volume is not a number
            2024-01-01T01:00Z,10,1e999,9,11,5     | a price is not positive and finite
            2024-01-01T01:00Z,10,12,0,11,5        | a price is not positive and finite
            2024-01-01T01:00Z,10,12,-9,11,5       | a price is not positive and finite
            2024-01-01T01:00Z,10,12,9,11,-5       | the volume is negative or not finite
            2024-01-01T01:00Z,10,9,12,11,5        | the high is below the low
            2024-01-01T01:00Z,10,12,9,13,5        | the close is outside of low and high
            2024-01-01T01:00Z,8,12,9,11,5         | the open is outside of low and high
            2024-01-01T00:00Z,10,12,9,11,5        | the timestamp is that of the bar before
            2023-12-31T23:00Z,10,12,9,11,5        | the timestamp is earlier than that of the bar before
            2024-01-01T01:00Z,10,12,9,11          | 5 columns where the header line has 6
            2024-01-01T01:00Z,10,12,9,11,5,6      | 7 columns where the header line has 6
            "2024-01-01T01:00Z,10,12,9,11,5       | the line is not readable as CSV
            noon,10,12,9,11,5 | the timestamp is neither ISO-8601 nor seconds or milliseconds of the epoch
            """, quoteCharacter = '\'')
    void leavesOutABadRowSaysWhyAndGoesOn(String row, String reason) throws Exception {
        BarFile file = read(HEADER + GOOD + "\n" + row + "\n2024-01-01T02:00:00Z,11,12,9,11,0\n");

        assertThat(file.bars()).hasSize(2);
        assertThat(file.rejected()).hasToString("RowFindings[count=1, first=[Row[line=4, reason=" + reason + "]]]");
    }

    @Test
    void countsAllBadRowsButKeepsOnlyTheFirstInDetail() throws Exception {
        BarFile file = read(HEADER + GOOD + "bad\n".repeat(1_000));

        assertThat(file.rejected().count()).isEqualTo(1_000);
        assertThat(file.rejected().first()).hasSize(RowFindings.MAX_DETAILS);
        assertThat(file.rejected().first().get(0).line()).isEqualTo(3);
    }

    @Test
    void keepsAndReportsAPriceThatBothNeighboursContradict() throws Exception {
        // The shape of 2018-04-03T20:00 in a widely copied 4-hourly BTC-USD file, which closes at 5,200 and reopens at
        // 7,425.
        BarFile file = read(HEADER
                + "2018-04-03T16:00:00Z,7389.99,7520,7368,7463.18,4033\n"
                + "2018-04-03T20:00:00Z,7463.18,7475,5200,5200,1945\n"
                + "2018-04-04T00:00:00Z,7424.91,7424.91,7227.17,7291.99,2361\n");

        assertThat(file.bars()).hasSize(3);
        assertThat(file.rejected().count()).isZero();
        assertThat(file.suspect().first()).singleElement().satisfies(row -> {
            assertThat(row.line()).isEqualTo(3);
            assertThat(row.reason()).contains("20 % off", "kept");
        });
    }

    @Test
    void takesACrashThatLastsForTrue() throws Exception {
        BarFile file = read(HEADER
                + "2020-03-12T08:00:00Z,7400,7450,7200,7300,1\n"
                + "2020-03-12T12:00:00Z,7300,7310,5500,5600,1\n"
                + "2020-03-12T16:00:00Z,5600,6000,5400,5900,1\n");

        assertThat(file.suspect().count()).isZero();
    }

    @Test
    void spoilsOnlyTheRowThatIsNotUtf8() throws Exception {
        Path file = folder.resolve("bars.csv");
        Files.write(file, (HEADER + GOOD + "\u00fc,1,1,1,1,1\n").getBytes(StandardCharsets.ISO_8859_1));

        assertThat(BarCsv.read(file).bars()).hasSize(1);
        assertThat(BarCsv.read(file).rejected().count()).isEqualTo(1);
    }

    @Test
    void namesTheFileThatIsMissingOrNoFile() {
        Path missing = folder.resolve("missing.csv");

        assertThatThrownBy(() -> BarCsv.read(missing))
                .isInstanceOf(BarFileException.class)
                .hasMessage("There is no file " + missing + ".")
                .hasNoCause();
        assertThatThrownBy(() -> BarCsv.read(folder))
                .isInstanceOf(BarFileException.class)
                .hasMessage("The file " + folder + " cannot be read.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            timestamp,open,high,close              | the header line does not name low, volume
            time;open;high;low;volume | the header line does not name timestamp, open, high, low, close, volume
            timestamp,open,high,low,close,Close,volume | the header line names the column close twice
            ''                                     | its first line is not a header line
            """)
    void saysWhatTheHeaderLacks(String header, String reason) throws IOException {
        Path file = Files.writeString(folder.resolve("bars.csv"), header + "\n" + GOOD);

        assertThatThrownBy(() -> BarCsv.read(file))
                .isInstanceOf(BarFileException.class)
                .hasMessage("The file " + file + " holds no bars: " + reason + ".")
                .hasNoCause();
    }

    private static BarFile read(String text) throws IOException, RowFault {
        return BarCsv.read(new StringReader(text));
    }
}

package io.github.hybridinference.examples.bars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hybridinference.eval.Bar;
import io.github.hybridinference.examples.bars.BarFile.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of rows that are no bars, stand in the wrong place or are hardly true. */
class BarFilesTest {
    private static final String HEADER = "timestamp,open,high,low,close,volume\n";
    private static final String GOOD = "2024-01-01T00:00:00Z,10,12,9,11,5\n";

    @TempDir
    private Path folder;

    private BarFile read(String text) throws IOException {
        return BarFiles.read(Files.writeString(folder.resolve("bars.csv"), text));
    }

    private static String hours(int from, int to) {
        StringBuilder rows = new StringBuilder();
        for (int i = from; i < to; i++) {
            rows.append(Instant.parse("2024-01-01T00:00:00Z").plusSeconds(3_600L * i))
                    .append(",10,12,9,11,5\n");
        }
        return rows.toString();
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
                "1500000000000",
                "1500000000.0",
                "1500000000000000",
                "1500000000000000000",
                "Fri Jul 14 2017 04:40:00 GMT+0200 (Central European Summer Time)"
            })
    void readsTimes(String text) throws IOException {
        assertThat(read(HEADER + text + ",10,12,9,11,5\n").bars())
                .extracting(Bar::start)
                .containsExactly(Instant.ofEpochSecond(1_500_000_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "2017-02-30",
                "20170230",
                "2017-07-14T",
                "17",
                "-1500000000",
                "1.5e9",
                "99999999999999999999",
                "2017-07-14T02:40:00Z extra",
                "2017-07-14 02:40 CST",
                "100000000000", // 1973, as milliseconds
                "4999999999", // 2128, as seconds
                "3017-07-14",
                "١٥٠٠٠٠٠٠٠٠"
            })
    void refusesOtherTimesWithoutRepeatingThem(String text) throws IOException {
        BarFile file = read(HEADER + GOOD + text + ",10,12,9,11,5\n");

        assertThat(file.bars()).hasSize(1);
        assertThat(file.rejected().first()).singleElement().satisfies(row -> {
            assertThat(row.line()).isEqualTo(3);
            assertThat(row.reason()).contains("timestamp").doesNotContain(text);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2024-01-01T01:00Z,10,12,9,,5          | the close is missing
            2024-01-01T01:00Z,10,12,9,null,5      | the close is missing
            2024-01-01T01:00Z,10,12,9,NaN,5       | the close is missing
            ,10,12,9,11,5                         | the timestamp is missing
            2024-01-01T01:00Z,Infinity,12,9,11,5  | the open is not a number
            2024-01-01T01:00Z,10,1d,9,11,5        | the high is not a number
            2024-01-01T01:00Z,10,1..2,9,11,5      | the high is not a number
            2024-01-01T01:00Z,10,12,9,11,some     | the volume is not a number
            2024-01-01T01:00Z,10,1e999,9,11,5     | a price is not finite
            2024-01-01T01:00Z,10,12,9,11,-5       | the volume is negative or not finite
            2024-01-01T01:00Z,10,9,12,11,5        | the high is below the low
            2024-01-01T01:00Z,10,12,9,13,5        | the close is outside of low and high
            2024-01-01T01:00Z,8,12,9,11,5         | the open is outside of low and high
            2024-01-01T00:00Z,11,12,9,11,5        | another bar has the same timestamp
            2024-01-01T01:00Z,10,12,9,11          | 5 columns where there should be 6
            2024-01-01T01:00Z,10,12,9,11,5,6      | 7 columns where there should be 6
            "2024-01-01T01:00Z,10,12,9,11,5       | the line is not readable as CSV
            """, quoteCharacter = '\'')
    void leavesOutABadRowSaysWhyAndGoesOn(String row, String reason) throws IOException {
        BarFile file = read(HEADER + GOOD + "\n" + row + "\n2024-01-01T02:00:00Z,11,12,9,11,0\n");

        assertThat(file.bars()).hasSize(2);
        assertThat(file.rejected().first()).containsExactly(new RowFindings.Row(4, reason));
        assertThat(file.rejected().reasons()).containsExactly(new RowFindings.Reason(reason, 1, 4));
    }

    @Test
    void countsAllBadRowsByReasonButKeepsOnlyTheFirstInDetail() throws IOException {
        BarFile file = read(HEADER + GOOD + "bad\n".repeat(1_000) + "2024-01-01T01:00Z,10,12,9,,5\n");

        assertThat(file.rows()).isEqualTo(1_002);
        assertThat(file.rejected().count()).isEqualTo(1_001);
        assertThat(file.rejected().first()).hasSize(RowFindings.MAX_DETAILS);
        assertThat(file.rejected().reasons())
                .extracting(RowFindings.Reason::count, RowFindings.Reason::firstLine)
                .containsExactly(Tuple.tuple(1_000L, 3L), Tuple.tuple(1L, 1_003L));
    }

    @Test
    void aRowOfTheFarFutureCostsItselfOnly() throws IOException {
        BarFile file = read(HEADER + hours(0, 10) + "2087-01-01T00:00:00Z,10,12,9,11,5\n" + hours(10, 20));

        assertThat(file.bars()).hasSize(20);
        assertThat(file.order()).isEqualTo(Order.OLDEST_FIRST);
        assertThat(file.rejected().first())
                .containsExactly(new RowFindings.Row(12, "the timestamp is far from those of all other rows"));
    }

    @Test
    void sortsABarThatIsOutOfPlaceByLessThanAGap() throws IOException {
        BarFile file = read(HEADER + hours(0, 10) + hours(16, 17) + hours(13, 14) + hours(20, 30));

        assertThat(file.bars()).hasSize(22);
        assertThat(file.order()).isEqualTo(Order.MIXED);
    }

    @Test
    void sortsBlocksThatAreOutOfOrder() throws IOException {
        BarFile file = read(HEADER + hours(10, 20) + hours(0, 10));

        assertThat(file.bars()).hasSize(20).isSortedAccordingTo(Comparator.comparing(Bar::start));
        assertThat(file.order()).isEqualTo(Order.MIXED);
        assertThat(file.rejected().count()).isZero();
    }

    @Test
    void leavesOutRepeatedBars() throws IOException {
        BarFile file = read(HEADER + hours(0, 10) + hours(5, 15));

        assertThat(file.bars()).hasSize(15);
        assertThat(file.repeated()).isEqualTo(5);
        assertThat(file.rejected().count()).isZero();
    }

    @Test
    void keepsAndReportsAPriceThatBothNeighboursContradict() throws IOException {
        // The shape of 2018-04-03T20:00 in a widely copied 4-hourly BTC-USD file, which closes at 5,200 and reopens at
        // 7,425.
        BarFile file = read(HEADER
                + "2018-04-03T16:00:00Z,7389.99,7520,7368,7463.18,4033\n"
                + "2018-04-03T20:00:00Z,7463.18,7475,5200,5200,1945\n"
                + "2018-04-04T00:00:00Z,7424.91,7424.91,7227.17,7291.99,2361\n");

        assertThat(file.bars()).hasSize(3);
        assertThat(file.rejected().count()).isZero();
        assertThat(file.suspect()).singleElement().satisfies(bar -> {
            assertThat(bar.line()).isEqualTo(3);
            assertThat(bar.start()).isEqualTo(Instant.parse("2018-04-03T20:00:00Z"));
            assertThat(bar.reason()).contains("contradicted");
        });
    }

    @Test
    void reportsATickOfTheLowAloneAndOneOfAQuietMarket() throws IOException {
        StringBuilder quiet = new StringBuilder(HEADER);
        for (int i = 1; i <= 20; i++) {
            double close = i == 9 ? 1.16 : 1.1 + i % 2 / 10_000.0; // 5 % off where 0.01 % is usual
            quiet.append(
                    String.format(Locale.ROOT, "2024-01-%02d,1.1,%.4f,1.09,%.4f,5%n", i, Math.max(1.1, close), close));
        }
        assertThat(read(quiet.toString()).suspect())
                .extracting(SuspectBar::line)
                .containsExactly(10L);
        assertThat(read(HEADER + hours(0, 5) + "2024-01-01T05:00:00Z,10,12,0.06,11,5\n" + hours(6, 9))
                        .suspect())
                .extracting(SuspectBar::line)
                .containsExactly(7L);
    }

    @Test
    void takesACrashThatLastsForTrue() throws IOException {
        BarFile file = read(HEADER
                + "2020-03-12T08:00:00Z,7400,7450,7200,7300,1\n"
                + "2020-03-12T12:00:00Z,7300,7310,5500,5600,1\n"
                + "2020-03-12T16:00:00Z,5600,6000,5400,5900,1\n");

        assertThat(file.suspect()).isEmpty();
    }

    @Test
    void keepsAndReportsAPriceBelowZero() throws IOException {
        BarFile file = read(HEADER
                + "2020-04-17,20,21,17,18.27,9\n2020-04-20,17.7,17.8,-40.3,-37.6,9\n2020-04-21,-14,13,-16,10,9\n");

        assertThat(file.bars()).hasSize(3);
        assertThat(file.suspect()).extracting(SuspectBar::line).containsExactly(3L, 4L);
    }

    @Test
    void reportsASplit() throws IOException {
        StringBuilder rows = new StringBuilder(HEADER);
        for (int i = 1; i <= 20; i++) {
            double price = i < 12 ? 400 + i : 100 + i / 4.0;
            rows.append(String.format(
                    Locale.ROOT, "2024-01-%02d,%.2f,%.2f,%.2f,%.2f,5%n", i, price, price + 1, price - 1, price));
        }

        assertThat(read(rows.toString()).suspect()).singleElement().satisfies(bar -> {
            assertThat(bar.line()).isEqualTo(13);
            assertThat(bar.reason()).contains("split");
        });
    }

    /** A fall by a third is a move of the market, unless the volume grows by the same ratio. */
    @ParameterizedTest
    @CsvSource({"900, 0", "1500, 1"})
    void takesASmallRatioForASplitOnlyIfTheVolumeFollows(int volume, int reported) throws IOException {
        StringBuilder rows = new StringBuilder(HEADER);
        for (int i = 1; i <= 20; i++) {
            double price = i < 12 ? 300 : 200;
            rows.append(String.format(
                    Locale.ROOT,
                    "2024-01-%02d,%.2f,%.2f,%.2f,%.2f,%d%n",
                    i,
                    price,
                    price + 1,
                    price - 1,
                    price,
                    i == 12 ? volume : i < 12 ? 1_000 : 1_500));
        }

        assertThat(read(rows.toString()).suspect()).hasSize(reported);
    }

    @Test
    void readsSuffixesOfLargeNumbersAndLeavesCommentsAmongTheRows() throws IOException {
        BarFile file = read(HEADER
                + "2024-01-01T00:00:00Z,10,12,9,11,1.5B\n# a pause\n2024-01-01T01:00:00Z,10,12,9,11,2K\n"
                + "2024-01-01T02:00:00Z,10,12,9,11,3万\n");

        assertThat(file.rejected().count()).isZero();
        assertThat(file.bars()).extracting(Bar::volume).containsExactly(1.5e9, 2_000.0, 30_000.0);
    }

    @Test
    void namesTheFileThatIsMissingOrNoFile() {
        Path missing = folder.resolve("missing.csv");

        assertThatThrownBy(() -> BarFiles.read(missing))
                .isInstanceOf(BarFileException.class)
                .hasMessage("There is no file " + missing + ".")
                .hasNoCause();
        assertThatThrownBy(() -> BarFiles.read(folder))
                .isInstanceOf(BarFileException.class)
                .hasMessage("The file " + folder + " is a folder.");
    }

    /** Not one series, whatever its owner says: the first of each two would be taken. */
    @Test
    void refusesSeveralInstrumentsWithoutAColumnThatNamesThem() {
        StringBuilder rows = new StringBuilder(HEADER);
        for (int i = 0; i < 20; i++) {
            String start = Instant.parse("2024-01-01T00:00:00Z")
                    .plusSeconds(3_600L * i)
                    .toString();
            rows.append(start).append(",10,12,9,11,5\n").append(start).append(",100,120,90,110,5\n");
        }

        assertThatThrownBy(() -> read(rows.toString()))
                .hasMessageContaining("20 of its 40 rows")
                .hasMessageContaining("several instruments");
    }

    @Test
    void tellsWhichInstrumentTheFileNamesIfItIsAnotherOne() throws IOException {
        Path file = Files.writeString(
                folder.resolve("bars.csv"), "symbol," + HEADER + hours(0, 9).replaceAll("(?m)^(?=2)", "BTCUSD,"));

        assertThat(BarFiles.read(file, symbol("ETHUSD")).notes())
                .containsExactly("The file names its instrument BTCUSD.");
        assertThat(BarFiles.read(file, symbol("BTC-USD")).notes()).isEmpty();
    }

    private static BarFileOptions symbol(String symbol) {
        return new BarFileOptions(symbol, null, null, java.time.ZoneOffset.UTC, null);
    }

    @Test
    void severalRowsOfTheFarFutureCostThemselvesOnly() throws IOException {
        BarFile file = read(HEADER + hours(0, 10)
                + "2087-01-01T00:00:00Z,10,12,9,11,5\n2087-01-01T01:00:00Z,10,12,9,11,5\n" + hours(10, 20));

        assertThat(file.bars()).hasSize(20);
        assertThat(file.rejected().count()).isEqualTo(2);
    }

    @Test
    void keepsAndReportsTicksThatFollowEachOtherAndOneAtTheEnd() throws IOException {
        String tick = ",0.06,0.06,0.06,0.06,5\n";
        BarFile file = read(HEADER + hours(0, 10) + "2024-01-01T10:00:00Z" + tick + "2024-01-01T11:00:00Z" + tick
                + hours(12, 20) + "2024-01-01T20:00:00Z" + tick);

        assertThat(file.bars()).hasSize(21);
        assertThat(file.suspect()).extracting(SuspectBar::line).containsExactly(12L, 13L, 22L);
    }

    @Test
    void oneBadRowDoesNotTurnDatesIntoSecondsSince1970() throws IOException {
        BarFile file = read(
                HEADER
                        + "2024010109,10,12,9,11,5\n2024010110,10,12,9,11,5\n2024019911,10,12,9,11,5\n2024010112,10,12,9,11,5\n");

        assertThat(file.bars()).hasSize(3);
        assertThat(file.bars().get(2).start()).isEqualTo(Instant.parse("2024-01-01T12:00:00Z"));
    }

    @Test
    void takesApostrophesForGroupsOfThreeOnly() throws IOException {
        BarFile file = read(HEADER
                + "2024-01-01T00:00Z,1'000,1'200,900,1'100,5\n2024-01-01T01:00Z,100'25,100'28,100'20,100'26,5\n");

        assertThat(file.bars()).extracting(Bar::open).containsExactly(1_000.0);
        assertThat(file.rejected().first()).containsExactly(new RowFindings.Row(3, "the open is not a number"));
    }

    @Test
    void tellsOfBarsBefore1980() throws IOException {
        assertThat(read(HEADER + "1975-01-01,10,12,9,11,5\n1975-01-02,10,12,9,11,5\n")
                        .notes())
                .containsExactly("2 bars are dated before 1980.");
    }

    @Test
    void saysWhatASpreadsheetDid() throws IOException {
        assertThat(read(HEADER + "45292,10,12,9,11,5\n")
                        .rejected()
                        .first()
                        .get(0)
                        .reason())
                .contains("formatted as a date");
    }
}

package io.github.hybridinference.examples.bars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hybridinference.eval.Bar;
import io.github.hybridinference.examples.bars.BarFile.Order;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The same bars in the shapes in which venues, brokers and libraries write them. */
class BarShapesTest {
    private static final List<Bar> HOURS = bars(Instant.parse("2024-03-14T09:00:00Z"), Duration.ofHours(1), 30);
    private static final List<Bar> DAYS = bars(Instant.parse("2024-02-01T00:00:00Z"), Duration.ofDays(1), 30);
    private static final List<Bar> MINUTES = bars(Instant.parse("2024-03-14T09:31:00Z"), Duration.ofMinutes(1), 30);

    @TempDir
    private Path folder;

    private static List<Bar> bars(Instant start, Duration length, int count) {
        List<Bar> bars = new ArrayList<>();
        double open = 1_234.5;
        for (int i = 0; i < count; i++) {
            double close = Math.round((open + 7.25 * Math.sin(i * 1.7)) * 100) / 100.0;
            bars.add(new Bar(
                    start.plus(length.multipliedBy(i)),
                    open,
                    Math.max(open, close) + 0.25,
                    Math.min(open, close) - 0.25,
                    close,
                    1_000 + 10 * i));
            open = close;
        }
        return bars;
    }

    private static String csv(String header, List<Bar> bars, Function<Bar, String> row) {
        return (header.isEmpty() ? "" : header + "\n")
                + bars.stream().map(row).collect(Collectors.joining("\n", "", "\n"));
    }

    private static Function<Bar, String> row(String format, Function<Bar, Object> time) {
        return bar -> String.format(
                Locale.ROOT, format, time.apply(bar), bar.open(), bar.high(), bar.low(), bar.close(), bar.volume());
    }

    private static Function<Bar, Object> as(String pattern) {
        return as(pattern, ZoneOffset.UTC);
    }

    private static Function<Bar, Object> as(String pattern, ZoneId zone) {
        DateTimeFormatter format =
                DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(zone);
        return bar -> format.format(bar.start());
    }

    private static Function<Bar, Object> epoch(long perSecond) {
        return bar -> bar.start().getEpochSecond() * perSecond;
    }

    private static final String USUAL = "timestamp,open,high,low,close,volume";
    private static final String PLAIN = "%s,%.2f,%.2f,%.2f,%.2f,%.0f";

    static Stream<Arguments> shapes() {
        return Stream.of(
                shape("usual", HOURS, csv(USUAL, HOURS, row(PLAIN, Bar::start))),
                shape(
                        "names in capitals, in another order",
                        HOURS,
                        csv(
                                "VOLUME,Close,Low,High,Open,DateTime",
                                HOURS,
                                row("%6$.0f,%5$.2f,%4$.2f,%3$.2f,%2$.2f,%1$s", Bar::start))),
                shape(
                        "Binance's archive",
                        HOURS,
                        csv("", HOURS, row(PLAIN + ",1710407999999,123.4,100,51.5,540.1,0", epoch(1_000)))),
                shape(
                        "microseconds from some row on",
                        HOURS,
                        csv(
                                USUAL,
                                HOURS,
                                row(
                                        PLAIN,
                                        bar -> bar.start().getEpochSecond()
                                                * (bar.start()
                                                                .isBefore(HOURS.get(9)
                                                                        .start())
                                                        ? 1_000L
                                                        : 1_000_000L)))),
                shape(
                        "nanoseconds",
                        HOURS,
                        csv(
                                "ticker,volume,open,close,high,low,window_start,transactions",
                                HOURS,
                                row("AAPL,%6$.0f,%2$.2f,%5$.2f,%3$.2f,%4$.2f,%1$s,12", epoch(1_000_000_000)))),
                shape(
                        "seconds with a fraction",
                        MINUTES,
                        csv(
                                "Timestamp,Open,High,Low,Close,Volume_(BTC)",
                                MINUTES,
                                row("%s.0,%.2f,%.2f,%.2f,%.2f,%.0f", epoch(1)))),
                shape(
                        "Yahoo",
                        DAYS,
                        csv(
                                "Date,Open,High,Low,Close,Adj Close,Volume",
                                DAYS,
                                row("%1$s,%2$.6f,%3$.6f,%4$.6f,%5$.6f,%5$.6f,%6$.0f", as("yyyy-MM-dd")))),
                shape(
                        "three header lines",
                        DAYS,
                        csv(
                                "Price,Close,High,Low,Open,Volume\nTicker,M,M,M,M,M\nDate,,,,,",
                                DAYS,
                                row("%1$s,%5$.2f,%3$.2f,%4$.2f,%2$.2f,%6$.0f", as("yyyy-MM-dd")))),
                shape(
                        "an index without a name",
                        DAYS,
                        csv(",open,high,low,close,volume", DAYS, row(PLAIN, as("yyyy-MM-dd")))),
                shape(
                        "MetaTrader 5",
                        HOURS,
                        csv(
                                        "<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>",
                                        HOURS,
                                        row("%s\t%.2f\t%.2f\t%.2f\t%.2f\t%.0f\t0\t3", as("yyyy.MM.dd\tHH:mm:ss")))
                                .replace("\n", "\r\n")),
                shape("MetaTrader 4", HOURS, csv("", HOURS, row(PLAIN, as("yyyy.MM.dd,HH:mm")))),
                shape(
                        "semicolons and decimal commas",
                        HOURS,
                        csv(
                                "Time;Open;High;Low;Close;Volume",
                                HOURS,
                                bar -> row("%s;%.2f;%.2f;%.2f;%.2f;%.0f", Bar::start)
                                        .apply(bar)
                                        .replace('.', ','))),
                shape(
                        "thousands with commas, quoted, and a suffix",
                        DAYS,
                        csv(
                                "\"Date\",\"Price\",\"Open\",\"High\",\"Low\",\"Vol.\",\"Change %\"",
                                reversed(DAYS),
                                row(
                                        "\"%1$s\",\"%5$,.2f\",\"%2$,.2f\",\"%3$,.2f\",\"%4$,.2f\",\"%7$.5fK\",\"-0.62%%\"",
                                        as("MM/dd/yyyy"), bar -> bar.volume() / 1_000))),
                shape(
                        "thousands with points",
                        HOURS,
                        csv(
                                "time;open;high;low;close;volume",
                                HOURS,
                                bar -> String.format(
                                        Locale.GERMANY,
                                        "%s;%,.2f;%,.2f;%,.2f;%,.2f;%.0f",
                                        bar.start(),
                                        bar.open(),
                                        bar.high(),
                                        bar.low(),
                                        bar.close(),
                                        bar.volume()))),
                shape(
                        "dollars",
                        DAYS,
                        csv(
                                "Date,Close/Last,Volume,Open,High,Low",
                                reversed(DAYS),
                                row("%1$s,$%5$.2f,%6$.0f,$%2$.2f,$%3$.2f,$%4$.2f", as("MM/dd/yyyy")))),
                shape(
                        "dollars without a header",
                        DAYS,
                        csv("", DAYS, row("%s,$%.2f,$%.2f,$%.2f,$%.2f,%.0f", as("yyyy-MM-dd")))),
                shape(
                        "TradingView",
                        HOURS,
                        csv(
                                "time,open,high,low,close,Volume,Volume MA",
                                HOURS,
                                row(PLAIN + ",NaN", as("yyyy-MM-dd'T'HH:mm:ssxxx", ZoneId.of("Asia/Shanghai"))))),
                shape(
                        "Dukascopy",
                        HOURS,
                        csv(
                                "Local time,Open,High,Low,Close,Volume",
                                HOURS,
                                row(PLAIN, as("dd.MM.yyyy HH:mm:ss.SSS 'GMT'xx", ZoneOffset.ofHours(1))))),
                shape(
                        "a zone by name",
                        HOURS,
                        csv(
                                USUAL,
                                HOURS,
                                row(
                                        "%s America/New_York,%.2f,%.2f,%.2f,%.2f,%.0f",
                                        as("yyyy-MM-dd HH:mm", ZoneId.of("America/New_York"))))),
                shape(
                        "an abbreviated zone",
                        HOURS,
                        csv(
                                USUAL,
                                HOURS,
                                row(
                                        "%s EST,%.2f,%.2f,%.2f,%.2f,%.0f",
                                        as("yyyy-MM-dd HH:mm", ZoneOffset.ofHours(-5))))),
                shape("months by name", DAYS, csv(USUAL, DAYS, row("%s,%.2f,%.2f,%.2f,%.2f,%.0f", as("dd-MMM-yyyy")))),
                shape(
                        "American dates in words",
                        DAYS,
                        csv(
                                "Date,Open,High,Low,Close,Volume",
                                DAYS,
                                row("\"%s\",%.2f,%.2f,%.2f,%.2f,%.0f", as("MMM dd, yyyy")))),
                shape("half days", HOURS, csv(USUAL, HOURS, row(PLAIN, as("MM/dd/yyyy hh:mm a")))),
                shape(
                        "compact days",
                        DAYS,
                        csv(
                                "ts_code,trade_date,open,high,low,close,pre_close,vol",
                                reversed(DAYS),
                                row("000001.SZ,%1$s,%2$.2f,%3$.2f,%4$.2f,%5$.2f,1.0,%6$.0f", as("yyyyMMdd")))),
                shape("compact minutes", MINUTES, csv(USUAL, MINUTES, row(PLAIN, as("yyyyMMddHHmm")))),
                shape("compact hours", HOURS, csv(USUAL, HOURS, row(PLAIN, as("yyyyMMddHH")))),
                shape("compact seconds", MINUTES, csv(USUAL, MINUTES, row(PLAIN, as("yyyyMMddHHmmss")))),
                shape(
                        "a compact day and a time",
                        MINUTES,
                        csv("", MINUTES, row("%s;%.2f;%.2f;%.2f;%.2f;%.0f", as("yyyyMMdd HHmmss")))),
                shape("a day and a time in Lean's way", MINUTES, csv(USUAL, MINUTES, row(PLAIN, as("yyyyMMdd HH:mm")))),
                shape(
                        "Chinese",
                        DAYS,
                        csv(
                                "日期,股票代码,开盘,收盘,最高,最低,成交量,成交额",
                                DAYS,
                                row("%1$s,600519,%2$.2f,%5$.2f,%3$.2f,%4$.2f,%6$.0f,1.0", as("yyyy-MM-dd")))),
                shape(
                        "Chinese dates",
                        DAYS,
                        csv(
                                "交易日期,开盘价,最高价,最低价,收盘价,成交量(手)",
                                DAYS,
                                row("%s,%.2f,%.2f,%.2f,%.2f,%.0f", as("yyyy年MM月dd日")))),
                shape(
                        "a title and comments before the header",
                        HOURS,
                        "https://www.example.com\n\n# made for you\n" + csv(USUAL, HOURS, row(PLAIN, Bar::start))),
                shape("a header as a comment", HOURS, csv("# " + USUAL, HOURS, row(PLAIN, Bar::start))),
                shape("rows that end in a comma", HOURS, csv(USUAL, HOURS, row(PLAIN + ",", Bar::start))),
                shape(
                        "Coinbase, newest first",
                        HOURS,
                        csv(
                                "time,low,high,open,close,volume",
                                reversed(HOURS),
                                row("%1$s,%4$.2f,%3$.2f,%2$.2f,%5$.2f,%6$.0f", epoch(1)))),
                shape(
                        "Coinbase without a header",
                        HOURS,
                        csv("", reversed(HOURS), row("%1$s,%4$.2f,%3$.2f,%2$.2f,%5$.2f,%6$.0f", epoch(1)))),
                shape(
                        "KuCoin without a header",
                        HOURS,
                        csv("", HOURS, row("%1$s,%2$.2f,%5$.2f,%3$.2f,%4$.2f,%6$.0f,1.0", epoch(1)))),
                shape(
                        "two sources of volume",
                        HOURS,
                        csv(
                                "unix,date,symbol,open,high,low,close,Volume BTC,Volume USD",
                                HOURS,
                                row("1,%1$s,BTC/USD,%2$.2f,%3$.2f,%4$.2f,%5$.2f,%6$.0f,7", as("yyyy-MM-dd HH:mm:ss")))),
                shape(
                        "numbered names",
                        DAYS,
                        csv("date,1. open,2. high,3. low,4. close,5. volume", DAYS, row(PLAIN, as("yyyy-MM-dd")))),
                shape(
                        "JSON arrays",
                        HOURS,
                        csv("", HOURS, row("[%s,%.2f,%.2f,%.2f,%.2f,%.0f]", epoch(1_000)))
                                .strip()
                                .replace("\n", ",\n")
                                .transform(rows -> "[" + rows + "]")),
                shape(
                        "JSON arrays of texts",
                        HOURS,
                        csv("", HOURS, row("[%s,\"%.2f\",\"%.2f\",\"%.2f\",\"%.2f\",\"%.0f\",7]", epoch(1_000)))
                                .strip()
                                .replace("\n", ",")
                                .transform(rows -> "[" + rows + "]")),
                shape(
                        "JSON objects",
                        HOURS,
                        csv(
                                        "",
                                        HOURS,
                                        row(
                                                "{\"t\":\"%s\",\"o\":%.2f,\"h\":%.2f,\"l\":%.2f,\"c\":%.2f,\"v\":%.0f}",
                                                Bar::start))
                                .strip()
                                .replace("\n", ",")
                                .transform(rows -> "{\"symbol\":\"X\",\"bars\":[" + rows + "]}")),
                shape(
                        "one JSON object a line",
                        HOURS,
                        csv(
                                "",
                                HOURS,
                                row(
                                        "{\"time\":\"%s\",\"open\":%.2f,\"high\":%.2f,\"low\":%.2f,\"close\":%.2f,\"volume\":%.0f}",
                                        Bar::start))),
                shape(
                        "Alpha Vantage's JSON",
                        DAYS,
                        "{\"Meta Data\":{\"1. Information\":\"Daily\"},\"Time Series (Daily)\":{"
                                + csv(
                                                "",
                                                reversed(DAYS),
                                                row(
                                                        "\"%s\":{\"1. open\":\"%.2f\",\"2. high\":\"%.2f\",\"3. low\":\"%.2f\",\"4. close\":\"%.2f\",\"5. volume\":\"%.0f\"}",
                                                        as("yyyy-MM-dd")))
                                        .strip()
                                        .replace("\n", ",")
                                + "}}"),
                shape(
                        "Kraken's JSON",
                        HOURS,
                        "{\"error\":[],\"result\":{\"XXBTZUSD\":["
                                + csv(
                                                "",
                                                HOURS,
                                                row(
                                                        "[%1$s,\"%2$.2f\",\"%3$.2f\",\"%4$.2f\",\"%5$.2f\",\"%5$.1f\",\"%6$.0f\",12]",
                                                        epoch(1)))
                                        .strip()
                                        .replace("\n", ",")
                                + "],\"last\":1}}"),
                shape(
                        "JSON of pandas, split",
                        HOURS,
                        "{\"columns\":[\"close\",\"high\",\"low\",\"open\",\"volume\"],\"index\":["
                                + HOURS.stream()
                                        .map(bar -> bar.start().toEpochMilli() + ".0")
                                        .collect(Collectors.joining(","))
                                + "],\"data\":["
                                + csv("", HOURS, row("[%5$.2f,%3$.2f,%4$.2f,%2$.2f,%6$.0f]", Bar::start))
                                        .strip()
                                        .replace("\n", ",")
                                + "]}"),
                shape(
                        "baostock's minutes",
                        MINUTES,
                        csv(
                                "date,time,code,open,high,low,close,volume,amount",
                                MINUTES,
                                row(
                                        "2024-03-14,%1$s,sh.600000,%2$.2f,%3$.2f,%4$.2f,%5$.2f,%6$.0f,1.0",
                                        as("yyyyMMddHHmmssSSS")))),
                shape(
                        "a day of the week behind the date",
                        DAYS,
                        csv(
                                "时间\t开盘\t最高\t最低\t收盘\t总手",
                                DAYS,
                                row("%s,二\t%.2f\t%.2f\t%.2f\t%.2f\t%.0f", as("yyyy-MM-dd")))),
                shape(
                        "hours such as 05-PM, and two volumes",
                        HOURS,
                        csv(
                                "Date,Symbol,Open,High,Low,Close,Volume ETH,Volume BTC",
                                HOURS,
                                row("%1$s,ETHBTC,%2$.2f,%3$.2f,%4$.2f,%5$.2f,%6$.0f,1", as("yyyy-MM-dd hh-a")))),
                shape(
                        "a date with midnight and a time",
                        HOURS,
                        csv(
                                "Date,Time,Open,High,Low,Close,Volume",
                                HOURS,
                                row(PLAIN, as("yyyy-MM-dd 00:00:00,HH:mm")))),
                shape(
                        "JSON columns",
                        HOURS,
                        String.format(
                                Locale.ROOT,
                                "{\"s\":\"ok\",\"t\":%s,\"o\":%s,\"h\":%s,\"l\":%s,\"c\":%s,\"v\":%s}",
                                column(bar -> bar.start().getEpochSecond()),
                                column(Bar::open),
                                column(Bar::high),
                                column(Bar::low),
                                column(Bar::close),
                                column(Bar::volume))));
    }

    private static Function<Bar, String> row(String format, Function<Bar, Object> time, Function<Bar, Object> more) {
        return bar -> String.format(
                Locale.ROOT,
                format,
                time.apply(bar),
                bar.open(),
                bar.high(),
                bar.low(),
                bar.close(),
                bar.volume(),
                more.apply(bar));
    }

    private static String column(Function<Bar, Object> value) {
        return HOURS.stream().map(bar -> value.apply(bar).toString()).collect(Collectors.joining(",", "[", "]"));
    }

    private static List<Bar> reversed(List<Bar> bars) {
        List<Bar> turned = new ArrayList<>(bars);
        Collections.reverse(turned);
        return turned;
    }

    private static Arguments shape(String name, List<Bar> bars, String text) {
        return Arguments.of(name, bars, text);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void readsAllBars(String name, List<Bar> bars, String text) throws IOException {
        BarFile file = BarFiles.read(Files.writeString(folder.resolve("bars"), text));

        assertSame(file, bars);
        assertThat(Spacing.of(file.bars()).length())
                .isEqualTo(Duration.between(bars.get(0).start(), bars.get(1).start()));
        assertThat(file.order()).isEqualTo(isTurned(bars, text) ? Order.NEWEST_FIRST : Order.OLDEST_FIRST);
    }

    private static boolean isTurned(List<Bar> bars, String text) {
        int first = text.indexOf(String.format(Locale.ROOT, "%.2f", bars.get(3).close()));
        int last = text.indexOf(String.format(Locale.ROOT, "%.2f", bars.get(27).close()));
        boolean grouped = first < 0 || last < 0;
        return grouped ? text.contains("K\"") : first > last;
    }

    private static void assertSame(BarFile file, List<Bar> bars) {
        assertThat(file.rejected().count()).as("%s", file.rejected()).isZero();
        assertThat(file.rows()).isEqualTo(bars.size());
        assertThat(file.bars()).hasSameSizeAs(bars);
        for (int i = 0; i < bars.size(); i++) {
            Bar read = file.bars().get(i);
            assertThat(read.start()).isEqualTo(bars.get(i).start());
            assertThat(read.open()).isCloseTo(bars.get(i).open(), within(0.006));
            assertThat(read.high()).isCloseTo(bars.get(i).high(), within(0.006));
            assertThat(read.low()).isCloseTo(bars.get(i).low(), within(0.006));
            assertThat(read.close()).isCloseTo(bars.get(i).close(), within(0.006));
            assertThat(read.volume()).isCloseTo(bars.get(i).volume(), within(0.5));
        }
    }

    @ParameterizedTest
    @CsvSource({"UTF-8", "UTF-16LE", "UTF-16BE", "GBK", "GB18030"})
    void readsEncodings(String charset) throws IOException {
        String text = csv("日期,开盘,最高,最低,收盘,成交量", DAYS, row(PLAIN, as("yyyy-MM-dd")));

        assertSame(BarFiles.read(Files.write(folder.resolve("bars"), text.getBytes(Charset.forName(charset)))), DAYS);
        boolean hasMark = charset.startsWith("UTF");
        if (hasMark) {
            assertSame(
                    BarFiles.read(Files.write(
                            folder.resolve("marked"), ("\uFEFF" + text).getBytes(Charset.forName(charset)))),
                    DAYS);
        }
    }

    /** 2024010100 is the first hour of 2024 and a second of 2034: the other rows tell which. */
    @Test
    void takesDigitsForDatesOnlyIfAllOfThemAre() throws IOException {
        List<Bar> seconds = bars(Instant.ofEpochSecond(2_024_010_100), Duration.ofHours(1), 30);

        assertSame(
                BarFiles.read(Files.writeString(folder.resolve("bars"), csv(USUAL, seconds, row(PLAIN, epoch(1))))),
                seconds);
    }

    /** 24-01-02 may be the second of January or the 24th. */
    @ParameterizedTest
    @CsvSource({"MM/dd/yy", "yy-MM-dd"})
    void asksForYearsOfTwoDigits(String pattern) throws IOException {
        Path file = Files.writeString(folder.resolve("bars"), csv(USUAL, DAYS, row(PLAIN, as(pattern))));

        assertThatThrownBy(() -> BarFiles.read(file))
                .hasMessageContaining("two digits")
                .hasMessageContaining("--date-format");
        assertSame(BarFiles.read(file, new BarFileOptions(null, pattern, null, ZoneOffset.UTC, null)), DAYS);
    }

    /** 1,234 is a thousand between quotes and commas; between semicolons it may be a little more than one. */
    @Test
    void asksWhatAnOpenCommaMeans() throws IOException {
        String commas = "time,open,high,low,close\n2024-01-01,\"1,234\",\"1,236\",\"1,231\",\"1,235\"\n";
        Path file = Files.writeString(
                folder.resolve("a"), "time;open;high;low;close\n2024-01-01;1,234;1,236;1,231;1,235\n");

        assertThat(BarFiles.read(Files.writeString(folder.resolve("b"), commas))
                        .bars()
                        .get(0)
                        .close())
                .isEqualTo(1_235);
        assertThatThrownBy(() -> BarFiles.read(file)).hasMessageContaining("--decimal comma or --decimal point");
        assertThat(BarFiles.read(file, decimal(',')).bars().get(0).close()).isEqualTo(1.235);
        assertThat(BarFiles.read(file, decimal('.')).bars().get(0).close()).isEqualTo(1_235);
    }

    private static BarFileOptions decimal(char mark) {
        return new BarFileOptions(null, null, mark, ZoneOffset.UTC, null);
    }

    /** A volume of 9,117 must not make 147123 of 147.123. */
    @Test
    void readsPricesAndVolumesByTheirOwnMarks() throws IOException {
        String text = "time\topen\thigh\tlow\tclose\tvolume\n2024-01-01\t147.123\t147.456\t146.901\t147.002\t9,117\n";

        Bar bar = BarFiles.read(Files.writeString(folder.resolve("bars"), text))
                .bars()
                .get(0);

        assertThat(bar.close()).isEqualTo(147.002);
        assertThat(bar.volume()).isEqualTo(9_117);
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void findsTheCloseWhereverItStands(boolean newestFirst) throws IOException {
        List<Bar> rows = newestFirst ? reversed(DAYS) : DAYS;
        for (String time : List.of("yyyy-MM-dd", "dd.MM.yyyy")) {
            Path file = Files.writeString(
                    folder.resolve("bars"), csv("", rows, row("X,%1$s,%5$.2f,%3$.2f,%4$.2f,%2$.2f,%6$.0f", as(time))));
            assertSame(BarFiles.read(file), DAYS);
        }
    }

    @Test
    void takesNeitherAMeanPriceNorAnAdjustedOneForTheVolume() throws IOException {
        Path file = Files.writeString(
                folder.resolve("bars"),
                csv("", HOURS, row("%1$s,%2$.2f,%3$.2f,%4$.2f,%5$.2f,%5$.3f,%6$.0f,12", epoch(1))));

        assertSame(BarFiles.read(file), HOURS);
    }

    /** Adjusted for dividends and a split of long ago, it is far below the close and follows it all the same. */
    @ParameterizedTest
    @CsvSource({"0.93", "0.41", "1.2"})
    void takesNoAdjustedCloseFarFromTheCloseForTheVolume(double factor) throws IOException {
        Function<Bar, String> row = bar -> String.format(
                Locale.ROOT,
                "%s,%.2f,%.2f,%.2f,%.2f,%.4f,%.0f",
                as("yyyy-MM-dd").apply(bar),
                bar.open(),
                bar.high(),
                bar.low(),
                bar.close(),
                bar.close() * factor * (bar.volume() < 1_100 ? 0.995 : 1),
                bar.volume());

        assertSame(BarFiles.read(Files.writeString(folder.resolve("bars"), csv("", DAYS, row))), DAYS);
    }

    /** 39.098 is a price of yen or one of Bitcoin as Germans write it. */
    @ParameterizedTest
    @CsvSource({
        "998;1.004;997;1.001;17, true", // a thousand is passed, without a point below it
        "'39.098;39.120;39.010;39.050;1.234,5', true", // the volume has a decimal comma
        "39.098;39.120;39.010;39.050;1.234, true",
        "140.881;140.885;140.870;140.870;0, false", // as HistData writes
        "140.881;140.885;140.870;140.870;17, false",
        "39.098;39.12;39.010;39.050;1.234, false"
    })
    void asksWhatAPointBeforeThreeDigitsMeansIfThereIsReasonToDoubt(String cells, boolean asks) throws IOException {
        String rows = "time;open;high;low;close;volume\n2024-01-01;" + cells + "\n2024-01-02;" + cells + "\n";
        Path file = Files.writeString(folder.resolve("bars"), rows);

        if (asks) {
            assertThatThrownBy(() -> BarFiles.read(file)).hasMessageContaining("--decimal comma or --decimal point");
            assertThat(BarFiles.read(file, decimal(',')).bars().get(0).close()).isGreaterThan(999);
        } else {
            assertThat(BarFiles.read(file).bars().get(0).close()).isLessThan(150);
        }
    }

    /** Gate's candles: the quote volume stands where a price would. */
    @Test
    void takesNoVolumeForAPrice() throws IOException {
        Path file = Files.writeString(
                folder.resolve("bars"),
                csv("", HOURS, row("%1$s,9%6$.0f00,%5$.2f,%3$.2f,%4$.2f,%2$.2f,%6$.0f", epoch(1))));

        assertThatThrownBy(() -> BarFiles.read(file)).hasMessageContaining("no header line");
    }

    @Test
    void doesNotGuessBehindAHeaderOfUnknownNames() throws IOException {
        Path file = Files.writeString(
                folder.resolve("bars"),
                csv(
                        "Datum,Schluss,Hoch,Tief,Er\u00f6ffnung",
                        DAYS,
                        row("%1$s,%5$.2f,%3$.2f,%4$.2f,%2$.2f", as("yyyy-MM-dd"))));

        assertThatThrownBy(() -> BarFiles.read(file))
                .hasMessageContaining("names Datum, Schluss")
                .hasMessageContaining("rename");
    }

    @Test
    void takesADateFormatWithoutATimeBesideAColumnOfTimes() throws IOException {
        Path file = Files.writeString(
                folder.resolve("bars"),
                csv("Date,Time,open,high,low,close,volume", HOURS, row(PLAIN, as("dd/MM/yyyy,HH:mm"))));

        assertSame(BarFiles.read(file, new BarFileOptions(null, "dd/MM/yyyy", null, ZoneOffset.UTC, null)), HOURS);
    }

    @Test
    void takesNoEndOfABarForItsStart() throws IOException {
        Path file = Files.writeString(
                folder.resolve("bars"), csv("close_time,open,high,low,close,volume", HOURS, row(PLAIN, epoch(1_000))));

        assertThatThrownBy(() -> BarFiles.read(file)).hasMessageContaining("does not name timestamp");
    }

    @Test
    void saysThatASpreadsheetIsOne() throws IOException {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            out.putNextEntry(new ZipEntry("[Content_Types].xml"));
        }
        Path file = Files.write(folder.resolve("bars.xlsx"), zip.toByteArray());

        assertThatThrownBy(() -> BarFiles.read(file)).hasMessageContaining("save it as CSV");
    }

    @Test
    void reportsAJsonElementThatIsNotLikeTheOthers() throws IOException {
        String text = "["
                + csv("", HOURS, row("[%s,%.2f,%.2f,%.2f,%.2f,%.0f]", epoch(1_000)))
                        .strip()
                        .replace("\n", ",")
                + ",{\"t\":1}]";

        BarFile file = BarFiles.read(Files.writeString(folder.resolve("bars"), text));

        assertThat(file.bars()).hasSameSizeAs(HOURS);
        assertThat(file.rejected().reasons())
                .extracting(RowFindings.Reason::text)
                .containsExactly("the element is not like the others");
    }

    @Test
    void readsWindows1252() throws IOException {
        String text = csv(
                "Date;Open;High;Low;Close;Volume;Währung",
                DAYS,
                row("%s;%.2f;%.2f;%.2f;%.2f;%.0f;€", as("yyyy-MM-dd")));

        assertSame(
                BarFiles.read(Files.write(folder.resolve("bars"), text.getBytes(Charset.forName("windows-1252")))),
                DAYS);
    }

    @Test
    void readsArchives() throws IOException {
        byte[] text = csv(USUAL, HOURS, row(PLAIN, Bar::start)).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(text);
        }
        assertSame(BarFiles.read(Files.write(folder.resolve("bars.gz"), gzip.toByteArray())), HOURS);

        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            out.putNextEntry(new ZipEntry("__MACOSX/._bars.csv")); // which one system adds by itself
            out.putNextEntry(new ZipEntry("bars.csv"));
            out.write(text);
        }
        BarFile file = BarFiles.read(Files.write(folder.resolve("bars.zip"), zip.toByteArray()));
        assertSame(file, HOURS);
        assertThat(file.shape()).contains("zip");
    }

    @Test
    void asksWhichFileOfAnArchive() throws IOException {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            out.putNextEntry(new ZipEntry("a.csv"));
            out.putNextEntry(new ZipEntry("b.csv"));
        }
        Path file = Files.write(folder.resolve("bars.zip"), zip.toByteArray());

        assertThatThrownBy(() -> BarFiles.read(file)).hasMessageContaining("holds 2 files");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"MM/dd/yyyy | 2024-01-02 | --date-format", "dd-MM-yyyy | 2024-01-02 | --date-format"})
    void asksForAnAmbiguousDate(String pattern, String first, String advice) throws IOException {
        List<Bar> few = bars(Instant.parse(first + "T00:00:00Z"), Duration.ofDays(1), 8);
        Path file = Files.writeString(folder.resolve("bars"), csv(USUAL, few, row(PLAIN, as(pattern))));

        assertThatThrownBy(() -> BarFiles.read(file))
                .isInstanceOf(BarFileException.class)
                .hasMessageContaining(advice);
        assertSame(BarFiles.read(file, new BarFileOptions(null, pattern, null, ZoneOffset.UTC, null)), few);
    }

    @Test
    void takesTheZoneThatItIsTold() throws IOException {
        ZoneId zone = ZoneId.of("Asia/Tokyo");
        Path file =
                Files.writeString(folder.resolve("bars"), csv(USUAL, HOURS, row(PLAIN, as("yyyy-MM-dd HH:mm", zone))));

        assertSame(BarFiles.read(file, new BarFileOptions(null, null, null, zone, null)), HOURS);
    }

    /** New York, 3 November 2024: after 01:59 comes 01:00 again. */
    @ParameterizedTest
    @CsvSource({"60, false", "60, true", "15, false", "15, true"})
    void keepsTheRepeatedHourAtTheEndOfDaylightSaving(int minutes, boolean newestFirst) throws IOException {
        ZoneId zone = ZoneId.of("America/New_York");
        List<Bar> bars = bars(Instant.parse("2024-11-03T02:00:00Z"), Duration.ofMinutes(minutes), 40);
        List<Bar> rows = newestFirst ? reversed(bars) : bars;
        Path file =
                Files.writeString(folder.resolve("bars"), csv(USUAL, rows, row(PLAIN, as("yyyy-MM-dd HH:mm", zone))));

        BarFile read = BarFiles.read(file, new BarFileOptions(null, null, null, zone, null));

        assertThat(read.bars()).isEqualTo(bars);
        assertThat(read.rejected().count()).isZero();
        assertThat(read.order()).isEqualTo(newestFirst ? BarFile.Order.NEWEST_FIRST : BarFile.Order.OLDEST_FIRST);
        assertThat(read.notes())
                .anyMatch(note -> note.contains(60 / minutes + " bar") && note.contains("repeated hour"));
    }

    @Test
    void takesARowThatStandsTwiceForOneBarInARepeatedHourToo() throws IOException {
        ZoneId zone = ZoneId.of("America/New_York");
        List<Bar> bars =
                bars(Instant.parse("2024-11-03T02:00:00Z"), Duration.ofHours(1), 4); // until 01:00, the first time
        List<Bar> rows = new ArrayList<>(bars);
        rows.add(bars.get(3));
        Path file =
                Files.writeString(folder.resolve("bars"), csv(USUAL, rows, row(PLAIN, as("yyyy-MM-dd HH:mm", zone))));

        BarFile read = BarFiles.read(file, new BarFileOptions(null, null, null, zone, null));

        assertThat(read.bars()).isEqualTo(bars);
        assertThat(read.repeated()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"coinbase-candles", "gate-candles", "kraken-ohlc"})
    void takesTheOrderThatItIsTold(String code) throws IOException {
        BarFormat format = BarFormat.named(code).orElseThrow();
        String cells = switch (format) {
            case COINBASE_CANDLES -> "%1$s,%4$.2f,%3$.2f,%2$.2f,%5$.2f,%6$.0f";
            case GATE_CANDLES -> "%1$s,1.0,%5$.2f,%3$.2f,%4$.2f,%2$.2f,%6$.0f";
            default -> "%1$s,%2$.2f,%3$.2f,%4$.2f,%5$.2f,1.0,%6$.0f,12";
        };
        Path file = Files.writeString(folder.resolve("bars"), csv("", HOURS, row(cells, epoch(1))));

        assertSame(BarFiles.read(file, new BarFileOptions(null, null, null, ZoneOffset.UTC, format)), HOURS);
    }

    @Test
    void choosesOneOfSeveralInstruments() throws IOException {
        String text = csv(
                "symbol," + USUAL,
                HOURS,
                bar -> "AAPL," + row(PLAIN, Bar::start).apply(bar) + "\nMSFT," + bar.start() + ",1,2,1,2,3");
        Path file = Files.writeString(folder.resolve("bars"), text);

        assertThatThrownBy(() -> BarFiles.read(file))
                .hasMessageContaining("2 instruments (AAPL, MSFT)")
                .hasMessageContaining("--symbol");
        assertSame(BarFiles.read(file, new BarFileOptions("AAPL", null, null, ZoneOffset.UTC, null)), HOURS);
    }

    @Test
    void choosesOneOfSeveralTickersInTheHeader() throws IOException {
        String text = csv(
                "Price,Close,Close,High,High,Low,Low,Open,Open\nTicker,AAPL,MSFT,AAPL,MSFT,AAPL,MSFT,AAPL,MSFT\nDate,,,,,,,,",
                DAYS,
                row("%1$s,%5$.2f,1,%3$.2f,1,%4$.2f,1,%2$.2f,1", as("yyyy-MM-dd")));
        Path file = Files.writeString(folder.resolve("bars"), text);

        assertThatThrownBy(() -> BarFiles.read(file)).hasMessageContaining("AAPL, MSFT");
        assertThat(BarFiles.read(file, new BarFileOptions("AAPL", null, null, ZoneOffset.UTC, null))
                        .bars()
                        .get(3)
                        .close())
                .isEqualTo(DAYS.get(3).close());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            timestamp,open,high,close                  | does not name low; it names timestamp, open, high, close
            Datum,Eröffnung,open,high,low,volume       | does not name close
            timestamp,open,high,low,close,Close,volume | names the column close twice
            """)
    void saysWhatTheHeaderLacks(String header, String reason) throws IOException {
        Path file = Files.writeString(folder.resolve("bars"), header + "\n2024-01-01,1,1,1,1,1,1\n");

        assertThatThrownBy(() -> BarFiles.read(file))
                .isInstanceOf(BarFileException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hello                                | names columns or holds a time
            {"error":"not found"}                | JSON without an array of bars
            <html><body>Sorry</body></html>      | names columns or holds a time
            """)
    void saysWhatAForeignFileLooksLike(String text, String reason) throws IOException {
        Path file = Files.writeString(folder.resolve("bars"), text);

        assertThatThrownBy(() -> BarFiles.read(file))
                .isInstanceOf(BarFileException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void refusesColumnsThatCanBeReadInTwoWays() throws IOException {
        Path file = Files.writeString(
                folder.resolve("bars"),
                csv("", HOURS, row("%1$s,%5$.2f,%5$.2f,%5$.2f,%5$.2f,7", epoch(1)))
                        .replace("1234", "1233"));
        Path odd = Files.writeString(
                folder.resolve("odd"), csv("", HOURS, row("%1$s,%2$.2f,%5$.2f,%3$.2f,%2$.2f,7", epoch(1))));

        assertThat(BarFiles.read(file).bars()).hasSize(HOURS.size()); // four equal prices have one meaning
        assertThatThrownBy(() -> BarFiles.read(odd)).hasMessageContaining("no header line");
    }

    @Test
    void refusesToTellOpenFromCloseWhereNeitherFollowsTheOther() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            rows.append(1_700_000_000 + 3_600 * i)
                    .append(",90,110,")
                    .append(95 + i * 7 % 11)
                    .append(',')
                    .append(95 + i * 5 % 11)
                    .append(",7\n");
        }
        Path file = Files.writeString(folder.resolve("bars"), rows);

        assertThatThrownBy(() -> BarFiles.read(file)).hasMessageContaining("no header line");
    }

    @Test
    void saysThatASpreadsheetLostTheDigitsOfTheTime() throws IOException {
        BarFile file = BarFiles.read(
                Files.writeString(folder.resolve("bars"), csv(USUAL, HOURS, row(PLAIN, bar -> "1.71041E+12"))));

        assertThat(file.bars()).isEmpty();
        assertThat(file.rejected().reasons()).singleElement().satisfies(reason -> {
            assertThat(reason.text()).contains("lost digits");
            assertThat(reason.count()).isEqualTo(HOURS.size());
        });
    }

    @Test
    void takesNoVolumeInAllItsForms() throws IOException {
        String none = csv("timestamp,open,high,low,close", HOURS, row("%s,%.2f,%.2f,%.2f,%.2f", Bar::start));
        String minusOne = csv(USUAL, HOURS, row("%s,%.2f,%.2f,%.2f,%.2f,-1", Bar::start));
        String empty = csv(USUAL, HOURS, row("%s,%.2f,%.2f,%.2f,%.2f,", Bar::start));

        for (String text : List.of(none, minusOne, empty)) {
            BarFile file = BarFiles.read(Files.writeString(folder.resolve("bars"), text));
            assertThat(file.bars())
                    .hasSize(HOURS.size())
                    .allSatisfy(bar -> assertThat(bar.volume()).isZero());
            assertThat(file.shape()).contains("no volume");
        }
    }
}

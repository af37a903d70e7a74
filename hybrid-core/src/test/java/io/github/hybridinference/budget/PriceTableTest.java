package io.github.hybridinference.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceTableTest {
    private static final long MILLION = 1_000_000;
    private static final String HEADER = "model,from,to,hours,cache_hit,cache_miss,output\n";

    @ParameterizedTest
    @CsvSource({
        // 2026-11-23 is a Monday; microdollars per million tokens: hit, miss, output
        "deepseek-flash,2026-11-23T00:59:59Z,3000,150000,600000",
        "deepseek-flash,2026-11-23T01:00:00Z,6000,300000,1200000",
        "deepseek-flash,2026-11-23T03:59:59Z,6000,300000,1200000",
        "deepseek-flash,2026-11-23T04:00:00Z,3000,150000,600000",
        "deepseek-flash,2026-11-23T06:00:00Z,6000,300000,1200000",
        "deepseek-flash,2026-11-23T10:00:00Z,3000,150000,600000",
        "deepseek-flash,2026-11-27T09:59:59Z,6000,300000,1200000",
        "deepseek-flash,2026-11-28T02:00:00Z,3000,150000,600000",
        "deepseek-flash,2026-11-29T07:00:00Z,3000,150000,600000",
        "deepseek-v4-pro,2026-11-23T05:00:00Z,22000,660000,1980000",
        "deepseek-v4-pro,2026-11-23T02:00:00Z,44000,1320000,3960000",
        "deepseek-v4-flash,2026-11-23T01:00:00Z,6000,300000,1200000",
        "deepseek-v4-flash,2026-11-28T02:00:00Z,3000,150000,600000",
        "deepseek-chat,2026-07-23T23:59:59Z,28000,280000,420000",
        "deepseek-reasoner,2026-07-23T23:59:59Z,28000,280000,420000"
    })
    void knowsPeakAndOffPeak(String model, String at, long hit, long miss, long output) {
        PriceTable table = PriceTable.standard();
        Instant time = Instant.parse(at);

        assertThat(table.costNanoUsd(model, MILLION, 0, 0, time)).hasValue(hit * 1_000);
        assertThat(table.costNanoUsd(model, 0, MILLION, 0, time)).hasValue(miss * 1_000);
        assertThat(table.costNanoUsd(model, 0, 0, MILLION, time)).hasValue(output * 1_000);
    }

    @ParameterizedTest
    @CsvSource({
        "some-model,2026-11-23T00:00:00Z",
        "deepseek-flash,2026-09-09T23:59:59Z",
        "deepseek-chat,2026-07-24T00:00:00Z",
        "deepseek-reasoner,2026-07-24T00:00:00Z",
        "deepseek-chat,2025-09-28T23:59:59Z"
    })
    void knowsNoPriceOutsideItsLines(String model, String at) {
        Instant time = Instant.parse(at);

        assertThat(PriceTable.standard().costNanoUsd(model, 1, 1, 1, time)).isEmpty();
        assertThat(PriceTable.standard().worstNanoUsd(model, 1, 1, time, time.plusSeconds(10)))
                .isEmpty();
    }

    @Test
    void sumsExactly() {
        Instant offPeak = Instant.parse("2026-11-28T00:00:00Z");

        assertThat(PriceTable.standard().costNanoUsd("deepseek-flash", 128, 162, 53, offPeak))
                .hasValue(128 * 3 + 162 * 150 + 53 * 600);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T00:59:49Z,2026-11-23T00:59:59Z,150",
        "2026-11-23T00:59:50Z,2026-11-23T01:00:00Z,300",
        "2026-11-23T03:59:59Z,2026-11-23T04:00:09Z,300",
        "2026-11-23T04:00:00Z,2026-11-23T04:00:00Z,150",
        "2026-11-23T04:30:00Z,2026-11-23T05:59:59Z,150",
        "2026-11-23T04:30:00Z,2026-11-23T06:30:00Z,300",
        "2026-11-28T00:00:00Z,2027-11-28T00:00:00Z,300"
    })
    void quotesTheDearestRateOfTheSpan(String from, String until, long miss) {
        assertThat(PriceTable.standard()
                        .worstNanoUsd("deepseek-flash", 10, 0, Instant.parse(from), Instant.parse(until)))
                .hasValue(10 * miss);
    }

    @Test
    void quotesNothingIfThePriceEndsWithinTheSpan() {
        assertThat(PriceTable.standard()
                        .worstNanoUsd(
                                "deepseek-chat",
                                1,
                                1,
                                Instant.parse("2026-07-23T23:59:55Z"),
                                Instant.parse("2026-07-24T00:00:05Z")))
                .isEmpty();
    }

    @Test
    void theLinesThatBeganLastReplaceAllBeforeThem() {
        PriceTable table = PriceTable.parse(HEADER
                + "m,2026-01-01,,,1,1,1\n"
                + "m,2026-01-01,,MON-SUN 00:00-24:00,9,9,9\n"
                + "m,2026-02-01,,,2,2,2\n");

        assertThat(table.costNanoUsd("m", 0, 1, 0, Instant.parse("2026-01-31T12:00:00Z")))
                .hasValue(9_000);
        assertThat(table.costNanoUsd("m", 0, 1, 0, Instant.parse("2026-02-01T00:00:00Z")))
                .hasValue(2_000);
    }

    @Test
    void daysMayRunOverTheWeekend() {
        PriceTable table =
                PriceTable.parse(HEADER + "m,2026-01-01,,,1,1,1\n" + "m,2026-01-01,,SAT-MON 00:00-01:00,5,5,5\n");

        assertThat(table.costNanoUsd("m", 0, 1, 0, Instant.parse("2026-11-22T00:30:00Z")))
                .hasValue(5_000);
        assertThat(table.costNanoUsd("m", 0, 1, 0, Instant.parse("2026-11-24T00:30:00Z")))
                .hasValue(1_000);
    }

    @Test
    void aStarIsAnyModelThatIsNotNamed() {
        PriceTable table = PriceTable.parse(HEADER + "*,2026-01-01,,,1,1,1\n" + "m,2027-01-01,,,2,2,2\n");
        Instant time = Instant.parse("2026-11-22T00:30:00Z");

        assertThat(table.costNanoUsd("other", 0, 1, 0, time)).hasValue(1_000);
        assertThat(table.costNanoUsd("m", 0, 1, 0, time)).isEmpty();
    }

    @Test
    void namedPricesHoldForEveryModelAtAnyTime() {
        PriceTable table =
                PriceTable.perMillionTokens().cachedInput("0.5").input("1").output("2.125");

        assertThat(table.costNanoUsd("any", 2, 3, 4, Instant.EPOCH)).hasValue(2 * 500 + 3 * 1_000 + 4 * 2_125);
        assertThat(PriceTable.perMillionTokens()
                        .cachedInput("0")
                        .input("0")
                        .output("0")
                        .worstNanoUsd("any", 9, 9, Instant.EPOCH, Instant.MAX))
                .hasValue(0);
    }

    @Test
    void refusesCachedInputThatIsDearerThanOtherInput() {
        PriceTable.InputStep step = PriceTable.perMillionTokens().cachedInput("0.28");

        assertThatThrownBy(() -> step.input("0.028"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cachedInput")
                .hasMessageContaining("exchanged");
        assertThat(step.input("0.28").output("1").costNanoUsd("any", 1, 1, 0, Instant.EPOCH))
                .hasValue(560);
    }

    @Test
    void namesThePriceThatIsNone() {
        assertThatThrownBy(() -> PriceTable.perMillionTokens().cachedInput("-1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cachedInput ");
        assertThatThrownBy(() -> PriceTable.perMillionTokens().cachedInput("1").input("1.0001"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("input ");
        assertThatThrownBy(() -> PriceTable.perMillionTokens()
                        .cachedInput("1")
                        .input("1")
                        .output("one"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("output ");
        assertThatThrownBy(() -> PriceTable.perMillionTokens().cachedInput(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("cachedInput");
    }

    @Test
    void readsAFile(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("prices.csv");
        Files.writeString(file, "# mine\r\n\r\n" + HEADER.replace("\n", "\r\n") + "m,2026-01-01,2026-02-01,,1,2,3\r\n");

        assertThat(PriceTable.read(file).costNanoUsd("m", 1, 1, 1, Instant.parse("2026-01-15T00:00:00Z")))
                .hasValue(6_000);
        assertThat(PriceTable.read(file).toString()).isEqualTo("PriceTable[1 lines]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m,2026-01-01,,,1,1",
                ",2026-01-01,,,1,1,1",
                "m,01.01.2026,,,1,1,1",
                "m,2026-01-01,soon,,1,1,1",
                "m,2026-01-01,,MON,1,1,1",
                "m,2026-01-01,,01:00-02:00,1,1,1",
                "m,2026-01-01,,MON 02:00-01:00,1,1,1",
                "m,2026-01-01,,MON 01:60-02:00,1,1,1",
                "m,2026-01-01,,XYZ 01:00-02:00,1,1,1",
                "m,2026-01-01,,MON 01:00-24:01,1,1,1",
                "m,2026-01-01,,,-1,1,1",
                "m,2026-01-01,,,1.0001,1,1",
                "m,2026-01-01,,,one,1,1",
                "m,2026-01-01,,,1e99,1,1"
            })
    void refusesAnythingElseAndNamesTheLine(String line) {
        assertThatThrownBy(() -> PriceTable.parse("# one\n" + HEADER + line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("line 3: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "model,from\n", HEADER})
    void refusesATableWithoutPrices(String text) {
        assertThatThrownBy(() -> PriceTable.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}

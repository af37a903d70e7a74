package io.github.hybridinference.lab.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.lab.command.CommandContext;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapacityCommandTest {
    private final StringWriter out = new StringWriter();

    private int run(String... args) {
        PrintWriter printer = new PrintWriter(out, true);
        CommandContext context =
                new CommandContext(InputStream.nullInputStream(), printer, printer, false, Map.of(), System::nanoTime);
        return CapacityCommand.run(context, args);
    }

    private String result() {
        return out.toString()
                .lines()
                .filter(line -> line.startsWith("RESULT "))
                .findFirst()
                .orElse("");
    }

    /** 1,000 calls a minute of 1,000,000 input tokens at 0.15 USD each are 150 USD a minute. */
    @Test
    void moneyIsCallsTimesPrice() {
        int exit = run(
                "--symbols",
                "1000",
                "--complex",
                "1",
                "--timeframe",
                "1m",
                "--instances",
                "1",
                "--limit",
                "1000",
                "--median-ms",
                "10",
                "--p99-ms",
                "10",
                "--input-tokens",
                "1000000",
                "--output-tokens",
                "0");

        assertThat(exit).as(out.toString()).isZero();
        assertThat(result())
                .contains(
                        "\"simulated\":true",
                        "\"calls\":1000",
                        "\"usd_per_hour\":9000.00",
                        "\"usd_per_hour_peak\":18000.00")
                .endsWith("\"bottleneck\":\"none\"}");
    }

    @Test
    void namesWhatHoldsTheFleetUp() {
        String model = "--median-ms=1000 --p99-ms=1000 --deadline-ms=5000 --complex=1 --cpu-us=0 --timeframe=1h";
        run((model + " --symbols=4000 --instances=2 --limit=100 --account=10000").split(" "));
        assertThat(result()).contains("\"answered\":1000", "\"bottleneck\":\"");
        assertThat(result()).containsPattern("\"bottleneck\":\"(limit|instances)\"");

        out.getBuffer().setLength(0);
        run((model + " --symbols=4000 --instances=2 --limit=1000 --account=200").split(" "));
        assertThat(result()).endsWith("\"bottleneck\":\"account\"}");
    }

    @Test
    void aModelWithoutAPriceCostsAnUnknownAmount() {
        run("--symbols", "10", "--model", "another");

        assertThat(result()).contains("\"usd_per_hour\":null", "\"usd_per_hour_peak\":null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--symbols=0", "--complex=1.1", "--timeframe=5x", "--p99-ms=1", "--account=99", "--cores=-1"})
    void namesAWrongOption(String option) {
        assertThat(run(option)).as(out.toString()).isEqualTo(2);
        assertThat(out.toString()).contains(option.substring(0, option.indexOf('=')));
        assertThat(result()).isEmpty();
    }
}

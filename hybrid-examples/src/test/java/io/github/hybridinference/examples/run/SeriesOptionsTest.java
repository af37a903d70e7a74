package io.github.hybridinference.examples.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hybridinference.eval.Bar;
import io.github.hybridinference.examples.indicators.BarSnapshots;
import io.github.hybridinference.lab.command.CommandException;
import io.github.hybridinference.model.AssetClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SeriesOptionsTest {
    @TempDir
    private Path folder;

    private static SeriesOptions options(String... args) {
        SeriesOptions options = new SeriesOptions();
        new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(args);
        return options;
    }

    private Series read(String text, String... more) throws Exception {
        Path file = Files.writeString(folder.resolve("bars.csv"), text);
        List<String> args = new ArrayList<>(List.of("--bars", file.toString()));
        args.addAll(Arrays.asList(more));
        SeriesOptions options = options(args.toArray(String[]::new));
        options.check();
        return options.read();
    }

    @Test
    void theClassOfTheAssetReachesTheSnapshots() throws CommandException {
        Series series = options("--asset-class", "fx").read();
        BarSnapshots snapshots = new BarSnapshots("EURUSD", series.timeframe(), series.assetClass());

        assertThat(snapshots.next(series.bars().get(0)).assetClass()).isEqualTo(AssetClass.FX);
        assertThat(options().read().assetClass()).isEqualTo(AssetClass.UNKNOWN);
    }

    @Test
    void theDecimalMarkReachesTheReader() throws Exception {
        String text =
                "time;open;high;low;close\n2024-01-01;1,234;1,236;1,231;1,235\n2024-01-02;1,235;1,236;1,231;1,235\n";

        assertThat(read(text, "--decimal", "comma").bars()).extracting(Bar::low).containsExactly(1.231, 1.231);
        assertThat(read(text, "--decimal", "point").bars()).extracting(Bar::low).containsExactly(1_231.0, 1_231.0);
    }

    @ParameterizedTest
    @CsvSource({
        "--format, yahoo, --format is one of binance-kline",
        "--zone, Mars, --zone is a zone",
        "--date-format, dd/XXXXXX, --date-format is a pattern",
        "--decimal, dot, --decimal is point or comma"
    })
    void aWrongValueIsNamed(String option, String value, String message) throws IOException {
        SeriesOptions options = options("--bars", "none.csv", option, value);

        assertThatThrownBy(options::check).isInstanceOf(CommandException.class).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"--format, kraken-ohlc", "--zone, UTC", "--date-format, dd/MM/yyyy", "--decimal, point"})
    void whatDescribesAFileGoesWithOne(String option, String value) {
        assertThatThrownBy(options(option, value)::check).hasMessageContaining("go with --bars");
    }
}

package io.github.hybridinference.examples.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hybridinference.eval.Bar;
import io.github.hybridinference.eval.SeriesSnapshots;
import io.github.hybridinference.eval.SnapshotSource;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerChecksRunTest {
    @TempDir
    private Path folder;

    private EvaluateRun check(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--out", folder.resolve("out").toString()));
        return EvaluateRun.of(all.toArray(new String[0]));
    }

    private static MarketSnapshot.Builder snapshot(Bar bar) {
        return MarketSnapshot.builder("MINE", Timeframe.H1)
                .time(bar.start().plus(Timeframe.H1.duration()))
                .price(bar.close());
    }

    /** Its move is that to the next bar. */
    public static final class Peeking implements SeriesSnapshots {
        @Override
        public List<MarketSnapshot> of(List<Bar> bars) {
            List<MarketSnapshot> made = new ArrayList<>();
            for (int i = 0; i < bars.size(); i++) {
                double next = bars.get(Math.min(i + 1, bars.size() - 1)).close();
                made.add(snapshot(bars.get(i))
                        .feature("price_change_pct", 100 * (next / bars.get(i).close() - 1))
                        .build());
            }
            return made;
        }
    }

    /** Its RSI is an average over about 80 bars of the place of the close between low and high. */
    public static final class Slow implements SnapshotSource {
        private double average = 50;

        @Override
        public MarketSnapshot at(List<Bar> past) {
            Bar bar = past.get(past.size() - 1);
            double place = 100 * (bar.close() - bar.low()) / Math.max(1e-9, bar.high() - bar.low());
            average += (place - average) / 40;
            return snapshot(bar).rsi(average).build();
        }
    }

    /** Divides by the range of a bar, as if there always were one. */
    public static final class Failing implements SnapshotSource {
        @Override
        public MarketSnapshot at(List<Bar> past) {
            throw new ArithmeticException("/ by zero");
        }
    }

    @Test
    void saysWhereTheOwnersCodeFailed() {
        EvaluateRun run = check("--owner-checks", Failing.class.getName());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("Failing failed on these bars: java.lang.ArithmeticException: / by zero at ", "Failing.at(");
    }

    @Test
    void findsWhatPeeksAndSaysWhere() throws IOException {
        EvaluateRun run = check("--owner-checks", Peeking.class.getName());

        assertThat(run.code()).as(run.err()).isZero();
        JsonNode result = run.result();
        assertThat(result.get("figures").asInt()).isEqualTo(2);
        assertThat(result.get("look_ahead").asInt()).isEqualTo(1);
        assertThat(result.get("repeatable").asBoolean()).isTrue();
        assertThat(run.out()).contains("price_change_pct", "at 40 of 40 cuts", "Figures that know later bars: 1");
        JsonNode json =
                new ObjectMapper().readTree(folder.resolve("out/report.json").toFile());
        assertThat(json.at("/checks/1/name").asText()).isEqualTo("price_change_pct");
        assertThat(json.at("/checks/1/first_look_ahead").asText()).isEqualTo("2024-01-01T19:00:00Z");
        assertThat(json.at("/checks/0/look_ahead_cuts").asInt()).isZero();
        assertThat(Files.readString(folder.resolve("out/report.html")))
                .contains("price_change_pct")
                .doesNotContain("/*data*/", "/*report.js*/", "src=\"", "href=\"http");
    }

    @Test
    void measuresTheWarmUpOfARecursiveFigure() {
        EvaluateRun run = check("--owner-checks", Slow.class.getName());

        JsonNode result = run.result();
        assertThat(result.get("look_ahead").asInt()).isZero();
        assertThat(result.get("slow_warm_up").asInt()).isEqualTo(1);
        assertThat(result.get("longest_warm_up").asInt()).isGreaterThan(100);
        assertThat(run.out()).contains("No figure knows later bars", "need more than the 100 bars");
    }

    @Test
    void withoutAClassTheOwnIndicatorsAreChecked() {
        JsonNode result = check("--owner-checks").result();

        assertThat(result.get("look_ahead").asInt()).isZero();
        assertThat(result.get("figures").asInt()).isGreaterThan(10);
        assertThat(result.get("repeatable").asBoolean()).isTrue();
    }

    @Test
    void loadsAClassFromAFolder() throws IOException {
        Path source = folder.resolve("Mine.java");
        Files.writeString(source, """
                import io.github.hybridinference.eval.*;
                import io.github.hybridinference.model.*;
                import java.util.List;
                public class Mine implements SeriesSnapshots {
                    public List<MarketSnapshot> of(List<Bar> bars) {
                        return bars.stream().map(bar -> MarketSnapshot.builder("MINE", Timeframe.H1)
                                .time(bar.start().plusSeconds(3600)).price(bar.close()).build()).toList();
                    }
                }
                """, StandardCharsets.UTF_8);
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-cp",
                        placeOf(Bar.class) + File.pathSeparator + placeOf(MarketSnapshot.class),
                        "-proc:none",
                        source.toString());
        assertThat(compiled).isZero();

        assertThat(check("--owner-checks", "Mine", "--class-path", folder.toString())
                        .result()
                        .get("figures")
                        .asInt())
                .isEqualTo(1);
        assertThat(check("--owner-checks", "Mine").err()).contains("--class-path");
    }

    private static String placeOf(Class<?> known) {
        return Path.of(URI.create(known.getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString()))
                .toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.lang.Object", "java.lang.Integer", "no.such.Class"})
    void aClassThatCannotBeCheckedIsNamed(String name) {
        EvaluateRun run = check("--owner-checks", name);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains(name);
        assertThat(check("--class-path", "x").code()).isEqualTo(2);
    }
}

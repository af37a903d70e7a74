package io.github.hybridinference.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrialFileTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("some/trials.jsonl");
    }

    @Test
    void whatIsRecordedIsReadBackExactlyAndOnce() throws IOException {
        Trial first = trial(1);
        Trial second = trial(2);

        assertThat(new TrialFile(file).read()).isEmpty();
        assertThat(new TrialFile(file).record(first)).containsExactly(first);
        assertThat(new TrialFile(file).record(second)).containsExactly(first, second);
        assertThat(new TrialFile(file).record(trial(1))).containsExactly(first, second);
        assertThat(new TrialFile(file).read()).containsExactly(first, second);
        assertThat(Files.readAllLines(file)).hasSize(2).allMatch(line -> line.startsWith("{\"format\":1,"));
    }

    @Test
    void refusesTheFileOfALaterReleaseAndLeavesItAsItIs() throws IOException {
        new TrialFile(file).record(trial(1));
        String later = Files.readString(file).replace("\"format\":1", "\"format\":2");
        Files.writeString(file, later);

        assertThatThrownBy(() -> new TrialFile(file).record(trial(2)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 1")
                .hasMessageContaining("version 2")
                .hasMessageContaining("version 1");
        assertThat(file).hasContent(later);
    }

    @ParameterizedTest
    @ValueSource(strings = {"my secret", "{}", "[]", "{\"format\":1,\"bars\":\"my secret\"}", "{\"format\":1"})
    void aLineThatIsNoTrialIsNamedByItsNumberAndNotRepeated(String line) throws IOException {
        new TrialFile(file).record(trial(1));
        Files.writeString(file, Files.readString(file) + line + "\n");

        assertThatThrownBy(() -> new TrialFile(file).record(trial(2)))
                .isInstanceOf(IOException.class)
                .hasMessage("line 2 of the file of trials is not a trial");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bars", "signals", "settings", "returns", "blocks"})
    void aLineWithoutOneOfItsPartsIsNoTrial(String part) throws IOException {
        new TrialFile(file).record(trial(1));
        ObjectMapper json = new ObjectMapper();
        ObjectNode line = (ObjectNode) json.readTree(Files.readString(file));
        line.remove(part);
        Files.writeString(file, line + "\n");

        assertThatThrownBy(() -> new TrialFile(file).read())
                .isInstanceOf(IOException.class)
                .hasMessage("line 1 of the file of trials is not a trial");
    }

    @Test
    void aStretchOfReturnsHasACountAndFiniteSums() {
        assertThat(new Trial.Block(0, 0, 0).count()).isZero();
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new Trial.Block(5, bad, 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new Trial.Block(5, 1, bad)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new Trial.Block(-1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Trial.Block(5, 1, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLastLineWithoutItsEndKeepsTheNextTrialOnALineOfItsOwn() throws IOException {
        new TrialFile(file).record(trial(1));
        Files.writeString(file, Files.readString(file).stripTrailing());

        new TrialFile(file).record(trial(2));

        assertThat(new TrialFile(file).read()).containsExactly(trial(1), trial(2));
    }

    @Test
    void aRunIsTheSameTrialAgainUnlessBarsSettingsOrSignalsDiffer() {
        Trial trial = Trial.of(run(5, 1), Map.of("model", "some"));

        assertThat(trial.settings())
                .containsEntry("model", "some")
                .containsEntry("horizon_bars", "1")
                .containsKeys("cost_bps", "prompt");
        assertThat(Trial.of(run(5, 1), Map.of("model", "some"))).isEqualTo(trial);
        assertThat(Trial.of(run(5, 1), Map.of("model", "other"))).isNotEqualTo(trial);
        assertThat(Trial.of(run(5, 2), Map.of("model", "some")))
                .isNotEqualTo(trial)
                .extracting(Trial::bars)
                .isEqualTo(trial.bars());
        assertThat(Trial.of(run(6, 1), Map.of("model", "some")).bars()).isNotEqualTo(trial.bars());
    }

    private static EvaluationResult run(int seed, int horizonBars) {
        return Evaluation.of(Walks.history(Walks.random(seed, 300)))
                .engine((builder, clock) -> builder.remote(Oracles.momentum()))
                .horizonBars(horizonBars)
                .run();
    }

    private static Trial trial(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] returns = random.doubles(100, -0.1, 0.1).toArray();
        return Trial.of("bars", new TreeMap<>(Map.of("model", "some \"model\"")), "signals " + seed, returns);
    }

    @Test
    void aTrialWithoutItsBlocksIsRefused() {
        Trial whole = trial(1);
        List<Trial.Block> fewer = whole.blocks().subList(1, Trial.BLOCKS);
        assertThatThrownBy(() -> new Trial("bars", whole.settings(), "signals", 100, 0, 0, 3, fewer))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

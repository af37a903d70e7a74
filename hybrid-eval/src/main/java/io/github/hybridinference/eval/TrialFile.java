package io.github.hybridinference.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The set-ups that were looked at, one line of JSON each. Lines are appended and never changed; each carries the version of its
 * format. One process at a time may write to a file.
 *
 * @since 0.1.0
 */
public final class TrialFile {
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    /**
     * Names a file.
     *
     * @param file it need not exist yet
     */
    public TrialFile(Path file) {
        this.file = file;
    }

    /**
     * Reads all trials.
     *
     * @return in the order in which they were recorded; empty if there is no file
     * @throws IOException if the file cannot be read, a line is no trial, or it was written by a later release
     */
    public List<Trial> read() throws IOException {
        List<Trial> trials = new ArrayList<>();
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                trials.add(read(lines.get(i), i + 1));
            }
        }
        return trials;
    }

    /**
     * Records a trial, unless the file holds it: a run that was repeated without a change is not another look.
     *
     * @param trial the trial
     * @return all trials, this one among them
     * @throws IOException if the file cannot be read or written, or was written by a later release
     */
    public List<Trial> record(Trial trial) throws IOException {
        List<Trial> trials = read();
        if (!trials.contains(trial)) {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(
                    file, separator() + write(trial) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            trials.add(trial);
        }
        return List.copyOf(trials);
    }

    /** A crash or an editor can leave a whole last line without its end. */
    private String separator() throws IOException {
        String text = Files.exists(file) ? Files.readString(file) : "";
        return text.isEmpty() || text.endsWith("\n") ? "" : "\n";
    }

    private static String write(Trial trial) {
        ObjectNode line = JSON.createObjectNode();
        line.put("format", VERSION);
        line.put("bars", trial.bars());
        ObjectNode settings = line.putObject("settings");
        trial.settings().forEach(settings::put);
        line.put("signals", trial.signals());
        line.put("returns", trial.returns());
        line.put("sharpe", trial.sharpe());
        line.put("skewness", trial.skewness());
        line.put("kurtosis", trial.kurtosis());
        ArrayNode blocks = line.putArray("blocks");
        trial.blocks()
                .forEach(block ->
                        blocks.addArray().add(block.count()).add(block.sum()).add(block.squares()));
        return line.toString();
    }

    private static Trial read(String text, int number) throws IOException {
        try {
            JsonNode line = JSON.readTree(text);
            int version = line.path("format").asInt();
            if (version > VERSION) {
                throw new IOException("line " + number + " of the file of trials has format version " + version
                        + ", and this release reads version " + VERSION
                        + ": run the evaluation with the release that wrote it, or a later one");
            }
            if (version == VERSION) {
                return read(line);
            }
        } catch (JsonProcessingException | IllegalArgumentException torn) {
            // the message of the parser would repeat the line
        }
        throw new IOException("line " + number + " of the file of trials is not a trial");
    }

    private static Trial read(JsonNode line) {
        if (!line.path("bars").isTextual()
                || !line.path("signals").isTextual()
                || !line.path("settings").isObject()
                || !line.path("returns").isInt()) {
            throw new IllegalArgumentException("a part of the trial is missing");
        }
        SortedMap<String, String> settings = new TreeMap<>();
        line.path("settings")
                .properties()
                .forEach(entry -> settings.put(entry.getKey(), entry.getValue().asText()));
        List<Trial.Block> blocks = new ArrayList<>();
        line.path("blocks")
                .forEach(block -> blocks.add(new Trial.Block(
                        block.path(0).asInt(),
                        block.path(1).asDouble(Double.NaN),
                        block.path(2).asDouble(Double.NaN))));
        return new Trial(
                line.path("bars").asText(),
                settings,
                line.path("signals").asText(),
                line.path("returns").asInt(),
                line.path("sharpe").asDouble(Double.NaN),
                line.path("skewness").asDouble(Double.NaN),
                line.path("kurtosis").asDouble(Double.NaN),
                blocks);
    }
}

package io.github.hybridinference.eval.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The file of a test: one line of JSON for its settings, then one for each outcome, with the counts of answers so far.
 * Each line carries the version of its format. A restart reads all lines again, so the figures after it are the same to
 * the last bit. A last line that a crash or a failed write has torn is dropped.
 */
final class AbTally {
    private static final int VERSION = 1;
    private static final String FORMAT = "format";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final AbSettings settings;

    /** Where the last whole line ends. */
    private long end;

    AbTally(Path file, AbSettings settings) {
        this.file = file;
        this.settings = settings;
    }

    /** Reads what the file holds; begins it if there is none. */
    void readInto(AbEstimator estimator, AbCounts counts) throws IOException {
        String text = Files.exists(file) ? Files.readString(file) : "";
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        if (whole.length() < text.length()) {
            Files.writeString(file, whole);
        }
        end = whole.getBytes(StandardCharsets.UTF_8).length;
        if (whole.isEmpty()) {
            append(header());
            return;
        }
        String[] lines = whole.split("\n");
        for (int i = 0; i < lines.length; i++) {
            JsonNode line = parsed(lines[i], i + 1);
            if (i == 0) {
                if (!line.equals(header())) {
                    throw new IllegalStateException(
                            "the tally was begun by a test with another name, share of B, bounds or"
                                    + " level: use its settings, or another file");
                }
            } else if (line.path("count_open_days").asBoolean()) {
                readCounts(line, counts, i + 1);
                estimator.countOpenDays();
            } else {
                readCounts(line, counts, i + 1);
                estimator.add(outcome(line, i + 1));
            }
        }
    }

    void write(AbOutcome outcome, AbCounts counts) throws IOException {
        ObjectNode line = line();
        line.put("symbol", outcome.symbol());
        line.put("day", outcome.day().toString());
        line.put("arm", outcome.arm().name());
        line.put("fallback", outcome.fallback());
        line.put("outcome", outcome.outcome());
        if (!Double.isNaN(outcome.other())) {
            line.put("other", outcome.other());
        }
        line.put("clamped", outcome.clamped());
        append(withCounts(line, counts));
    }

    void writeEnd(AbCounts counts) throws IOException {
        append(withCounts(line().put("count_open_days", true), counts));
    }

    private ObjectNode header() {
        return line().put("test", settings.assignment().experiment())
                .put("share_of_b", settings.assignment().shareOfB())
                .put("low", settings.low())
                .put("high", settings.high())
                .put("level", settings.level());
    }

    private static ObjectNode line() {
        return JSON.createObjectNode().put(FORMAT, VERSION);
    }

    private static ObjectNode withCounts(ObjectNode line, AbCounts counts) {
        for (Arm arm : Arm.values()) {
            ObjectNode side = line.putObject("answers_" + arm);
            side.put("answers", counts.answers(arm)).put("fallbacks", counts.fallbacks(arm));
            counts.costNanoUsd(arm).ifPresent(cost -> side.put("cost_nano_usd", cost));
        }
        return line;
    }

    /** Over what a failed write may have left of its line, which was not counted. */
    private void append(ObjectNode line) throws IOException {
        byte[] bytes = (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (channel.size() < end) {
                throw new IOException("the tally is shorter than this test has left it");
            }
            channel.truncate(end).position(end);
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
        }
        end += bytes.length;
    }

    private static JsonNode parsed(String text, int number) throws IOException {
        JsonNode line;
        try {
            line = JSON.readTree(text);
        } catch (JsonProcessingException torn) {
            throw foreign(number);
        }
        JsonNode version = line.path(FORMAT);
        if (!version.isIntegralNumber()) {
            throw foreign(number);
        }
        if (version.bigIntegerValue().compareTo(BigInteger.valueOf(VERSION)) > 0) {
            throw new IOException("line " + number + " of the tally has format version " + version
                    + ", and this release reads version " + VERSION
                    + ": continue the test with the release that wrote it, or a later one");
        }
        return line;
    }

    private static AbOutcome outcome(JsonNode line, int number) throws IOException {
        Optional<Arm> arm = Arrays.stream(Arm.values())
                .filter(one -> one.name().equals(line.path("arm").asText()))
                .findFirst();
        if (arm.isEmpty()
                || !line.path("symbol").isTextual()
                || !line.path("outcome").isNumber()) {
            throw foreign(number);
        }
        try {
            return new AbOutcome(
                    line.path("symbol").asText(),
                    LocalDate.parse(line.path("day").asText()),
                    arm.get(),
                    line.path("fallback").asBoolean(),
                    line.path("outcome").asDouble(),
                    line.path("other").isNumber() ? line.path("other").asDouble() : Double.NaN,
                    line.path("clamped").asInt());
        } catch (DateTimeException noDay) {
            throw foreign(number);
        }
    }

    private static void readCounts(JsonNode line, AbCounts counts, int number) throws IOException {
        for (Arm arm : Arm.values()) {
            JsonNode side = line.path("answers_" + arm);
            if (!side.path("answers").isNumber() || !side.path("fallbacks").isNumber()) {
                throw foreign(number);
            }
            JsonNode cost = side.path("cost_nano_usd");
            counts.set(
                    arm,
                    side.path("answers").asLong(),
                    side.path("fallbacks").asLong(),
                    cost.isNumber() ? OptionalLong.of(cost.asLong()) : OptionalLong.empty());
        }
    }

    private static IOException foreign(int number) {
        return new IOException("line " + number + " of the tally is not an entry");
    }
}

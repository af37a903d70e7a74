package io.github.hybridinference.examples.quickstart;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.TradingSignal;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalLong;

/**
 * Writes one line of JSON for each bar.
 *
 * <p>The lines go to a temporary file, which replaces the target when all are written, so that an interrupted run leaves
 * nothing that looks complete.
 */
final class JsonLines implements Closeable {

    private static final JsonFactory JSON =
            new JsonFactoryBuilder().rootValueSeparator((String) null).build();

    private static final int NANO_DECIMALS = 9;

    private final Path target;
    private final Path written;
    private final JsonGenerator json;

    private JsonLines(Path target, Path written, Writer writer) throws IOException {
        this.target = target;
        this.written = written;
        this.json = JSON.createGenerator(writer);
    }

    static JsonLines to(Path target) throws IOException {
        if (Files.isDirectory(target)) {
            throw new IOException("a directory");
        }
        // A target that is not a regular file, such as a pipe, cannot be replaced.
        boolean replace = Files.isRegularFile(target) || Files.notExists(target);
        Path written = replace ? target.resolveSibling(target.getFileName() + ".part") : target;
        return new JsonLines(target, written, Files.newBufferedWriter(written));
    }

    void write(BarAnswer bar) throws IOException {
        Inference answer = bar.answer();
        TradingSignal signal = answer.signal();
        json.writeStartObject();
        json.writeStringField("timestamp", bar.start().toString());
        number("close", bar.close());
        if (bar.rsi14().isPresent()) {
            number("rsi_14", rounded(bar.rsi14().getAsDouble(), 6));
        } else {
            json.writeNullField("rsi_14");
        }
        json.writeStringField("action", signal.action().name());
        number("confidence", rounded(signal.confidence(), 4));
        json.writeStringField("source", answer.source().name());
        json.writeStringField("scenario", answer.scenario().kind().name());
        json.writeStringField("reason", answer.scenario().reason().name());
        json.writeStringField(
                "degradation", answer.degradation().map(Enum::name).orElse(null));
        number("latency_us", answer.latencyNanos() / 1e3);
        cost(answer.usage().costNanoUsd());
        json.writeEndObject();
        json.writeRaw('\n');
    }

    /** Moves the lines to their target. */
    void finish() throws IOException {
        json.close();
        if (!written.equals(target)) {
            Files.move(written, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Without {@link #finish} before it, leaves nothing behind. */
    @Override
    public void close() throws IOException {
        json.close();
        if (!written.equals(target)) {
            Files.deleteIfExists(written);
        }
    }

    private void cost(OptionalLong nanoUsd) throws IOException {
        if (nanoUsd.isPresent()) {
            number("cost_usd", BigDecimal.valueOf(nanoUsd.getAsLong(), NANO_DECIMALS));
        } else {
            json.writeNullField("cost_usd"); // unknown is not zero
        }
    }

    private void number(String name, double value) throws IOException {
        number(name, BigDecimal.valueOf(value));
    }

    /** Plain decimals with at least one digit after the point; a double would be written as 9.4E-5. */
    private void number(String name, BigDecimal value) throws IOException {
        BigDecimal plain = value.stripTrailingZeros();
        json.writeFieldName(name);
        json.writeNumber((plain.scale() < 1 ? plain.setScale(1, RoundingMode.UNNECESSARY) : plain).toPlainString());
    }

    private static double rounded(double value, int decimals) {
        return BigDecimal.valueOf(value)
                .setScale(decimals, RoundingMode.HALF_EVEN)
                .doubleValue();
    }
}

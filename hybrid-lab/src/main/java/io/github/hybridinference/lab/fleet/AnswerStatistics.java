package io.github.hybridinference.lab.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.DataFormatException;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Latencies and failures of inferences; sent from a worker to the runner as JSON. Thread-safe. */
final class AnswerStatistics {
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final ConcurrentHistogram latencyNanos = new ConcurrentHistogram(LONGEST_NANOS, 3);
    private final AtomicLong errors = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    /** Adds an inference; {@code null} if it failed. */
    void add(@Nullable Inference answer, long nanos) {
        latencyNanos.recordValue(Math.min(Math.max(0, nanos), LONGEST_NANOS));
        if (answer == null) {
            errors.incrementAndGet();
        } else if (answer.degradation().isPresent()) {
            Degradation cause = answer.degradation().get();
            boolean overBudget = cause == Degradation.BUDGET || cause == Degradation.BUDGET_UNREACHABLE;
            (overBudget ? refused : errors).incrementAndGet();
        }
    }

    void add(AnswerStatistics others) {
        latencyNanos.add(others.latencyNanos);
        errors.addAndGet(others.errors.get());
        refused.addAndGet(others.refused.get());
    }

    long count() {
        return latencyNanos.getTotalCount();
    }

    /** Fallbacks to the rules for any reason except the budget, and failures. */
    long errors() {
        return errors.get();
    }

    /** Fallbacks to the rules because the budget refused the call. */
    long refused() {
        return refused.get();
    }

    double percentileMs(double percent) {
        return latencyNanos.getValueAtPercentile(percent) / 1e6;
    }

    ObjectNode toJson() {
        ByteBuffer form = ByteBuffer.allocate(latencyNanos.getNeededByteBufferCapacity());
        int length = latencyNanos.encodeIntoCompressedByteBuffer(form);
        return new ObjectMapper()
                .createObjectNode()
                .put("errors", errors.get())
                .put("refused", refused.get())
                .put("latency", Base64.getEncoder().encodeToString(Arrays.copyOf(form.array(), length)));
    }

    static AnswerStatistics read(JsonNode json) throws IOException {
        AnswerStatistics answers = new AnswerStatistics();
        answers.errors.set(json.path("errors").asLong());
        answers.refused.set(json.path("refused").asLong());
        try {
            ByteBuffer form = ByteBuffer.wrap(
                    Base64.getDecoder().decode(json.path("latency").asText()));
            answers.latencyNanos.add(Histogram.decodeFromCompressedByteBuffer(form, LONGEST_NANOS));
        } catch (DataFormatException damaged) {
            throw new IOException("a worker sent no histogram", damaged);
        }
        return answers;
    }
}

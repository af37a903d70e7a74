package io.github.hybridinference.eval.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.hybridinference.eval.EvaluationResult;
import io.github.hybridinference.eval.journal.JournalEntry;
import io.github.hybridinference.eval.journal.Recording;
import io.github.hybridinference.model.Source;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * How long callers waited for fresh answers of the model. Immutable.
 *
 * @since 0.1.0
 */
public final class Latencies {
    private static final double NANOS_PER_MS = 1e6;

    /** Powers of √2, from a tenth of a millisecond: fine enough to see the shape. */
    private static final int BUCKETS = 40;

    private static final double FIRST_MS = 0.1;

    private final double[] millis;

    private Latencies(LongStream nanos) {
        millis = nanos.mapToDouble(value -> value / NANOS_PER_MS).sorted().toArray();
    }

    /**
     * Returns the latencies measured in a run.
     *
     * @param result the run
     * @return its latencies
     */
    public static Latencies measured(EvaluationResult result) {
        return new Latencies(result.decisions().stream()
                .filter(decided -> decided.answer().source() == Source.REMOTE)
                .mapToLong(decided -> decided.answer().latencyNanos()));
    }

    /**
     * Returns the recorded latencies, for a replay, in which no latency is measured.
     *
     * @param recording the recording
     * @return its latencies
     */
    public static Latencies recorded(Recording recording) {
        return new Latencies(recording.entries().stream()
                .filter(entry -> entry.source() == Source.REMOTE && !entry.late())
                .map(JournalEntry::latency)
                .mapToLong(latency -> latency.toNanos()));
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("answers", millis.length);
        double[] levels = millis.length == 0
                ? new double[] {Double.NaN, Double.NaN, Double.NaN}
                : Quantile.withDefaults().evaluate(millis, 0.5, 0.9, 0.99);
        Figures.put(json, "p50_ms", levels[0]);
        Figures.put(json, "p90_ms", levels[1]);
        Figures.put(json, "p99_ms", levels[2]);
        ArrayNode buckets = json.putArray("buckets");
        int[] counts = new int[BUCKETS];
        Arrays.stream(millis).forEach(value -> counts[bucketOf(value)]++);
        for (int i = 0; i < BUCKETS; i++) {
            if (counts[i] > 0) {
                ObjectNode bucket = buckets.addObject();
                Figures.put(bucket, "from_ms", FIRST_MS * Math.pow(2, i / 2.0));
                bucket.put("answers", counts[i]);
            }
        }
        return json;
    }

    private static int bucketOf(double value) {
        int bucket = (int) Math.floor(2 * Math.log(value / FIRST_MS) / Math.log(2));
        return Math.max(0, Math.min(BUCKETS - 1, bucket));
    }
}

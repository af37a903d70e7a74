package io.github.hybridinference.flink;

import io.github.hybridinference.model.InferenceRecord;
import io.github.hybridinference.model.MarketSnapshot;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * An answer in a stream: the bar that was asked about, and the answer as plain data. It has a serializer of its own, so it needs no
 * Kryo.
 *
 * @param symbol the instrument
 * @param timeframe the length of its bars, by code, for example {@code 5m}
 * @param timeMs the close of the bar, in milliseconds since 1970-01-01T00:00Z
 * @param inference the answer; its {@code decision_id} is another one whenever the question is asked again
 * @since 0.1.0
 */
@TypeInfo(FlinkInferenceTypeInfo.Factory.class)
public record FlinkInference(String symbol, String timeframe, long timeMs, InferenceRecord inference) {
    /**
     * Checks that all are there.
     *
     * @param symbol the instrument
     * @param timeframe the length of its bars
     * @param timeMs the close of the bar
     * @param inference the answer
     */
    public FlinkInference {
        Objects.requireNonNull(symbol, "symbol");
        Objects.requireNonNull(timeframe, "timeframe");
        Objects.requireNonNull(inference, "inference");
    }

    static FlinkInference of(MarketSnapshot snapshot, InferenceRecord answer) {
        return new FlinkInference(snapshot.symbol(), snapshot.timeframe().code(), snapshot.timeMs(), answer);
    }

    /**
     * Returns the identity of the question, for sinks that are to be idempotent.
     *
     * @return symbol, timeframe and time; the same when the question is asked again after a restore
     */
    public String id() {
        return symbol + "|" + timeframe + "|" + timeMs;
    }
}

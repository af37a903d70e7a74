package io.github.hybridinference.flink;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Asks an engine about each element of a stream, by Flink's asynchronous I/O.
 *
 * @since 0.1.0
 */
public final class HybridFlink {
    private HybridFlink() {}

    /**
     * Asks about each element of a stream, keyed or not.
     *
     * <p><b>One engine for each TaskManager.</b> Subtasks whose factories have the same name share an engine, which the first of
     * them makes. When the last of them has ended, the engine is kept for {@link FlinkOptions.Builder#keepEngine} and then closed, so
     * that a job that restarts finds its cache and the calls that are still under way. An engine that was made by code of a job's jar
     * ends with the job's class loader, which Flink keeps while the job has a slot in the TaskManager.
     *
     * <p><b>Each element gets one answer.</b> The engine answers at its deadline at the latest, by the rules if need be; Flink's retries
     * are not used. Flink's time-out is later than the deadline by a margin, and emits what the engine can say without waiting.
     * An element whose snapshot cannot be made fails the job.
     *
     * <p><b>After a restore</b> Flink asks again what was open at the checkpoint, and what came after it. Records are as exactly once as
     * source and sink make them; spending is not: a question that is asked again costs again unless a cache has the answer.
     *
     * @param stream what to ask about
     * @param toSnapshot makes a snapshot of an element
     * @param engineFactory names the engine and makes it
     * @param options deadline, capacity, order
     * @param <T> the elements of the stream; what is open is kept in Flink's state by the stream's own serializer
     * @return the answers; metrics are in the group {@code hybrid} of this operator
     */
    public static <T> SingleOutputStreamOperator<FlinkInference> infer(
            DataStream<T> stream, SnapshotFunction<T> toSnapshot, EngineFactory engineFactory, FlinkOptions options) {
        InferFunction<T> function = new InferFunction<>(
                Objects.requireNonNull(toSnapshot, "toSnapshot"),
                Objects.requireNonNull(engineFactory, "engineFactory"),
                Objects.requireNonNull(options, "options"));
        long timeoutMs = options.flinkTimeoutMs();
        SingleOutputStreamOperator<FlinkInference> answers = options.ordered()
                ? AsyncDataStream.orderedWait(stream, function, timeoutMs, TimeUnit.MILLISECONDS, options.capacity())
                : AsyncDataStream.unorderedWait(stream, function, timeoutMs, TimeUnit.MILLISECONDS, options.capacity());
        return answers.returns(new FlinkInferenceTypeInfo()).name("hybrid-inference");
    }
}

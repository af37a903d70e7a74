package io.github.hybridinference.flink;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/**
 * Asks the engine about each element.
 *
 * <p>Flink keeps the elements of open questions in its state and calls {@link #asyncInvoke} for them again after a restore; the only
 * state of this class is how many those were. {@code completeExceptionally} is never called: Flink's message would quote the element.
 * Answers are completed by a supplier, which Flink runs on the task's thread and only for the first completion of a question.
 */
final class InferFunction<T> extends RichAsyncFunction<T, FlinkInference> implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;
    private static final String OPEN_QUESTIONS = "hybrid-open-questions";

    private final SnapshotFunction<T> toSnapshot;
    private final EngineFactory factory;
    private final FlinkOptions options;

    /** From {@link #open} to {@link #close}. */
    @SuppressWarnings("NullAway.Init")
    private transient EngineRegistry.Lease lease;

    @SuppressWarnings("NullAway.Init")
    private transient FlinkMeters meters;

    @SuppressWarnings("NullAway.Init")
    private transient ListState<Integer> openQuestions;

    private transient long openAtCheckpoint;

    InferFunction(SnapshotFunction<T> toSnapshot, EngineFactory factory, FlinkOptions options) {
        this.toSnapshot = toSnapshot;
        this.factory = factory;
        this.options = options;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        openQuestions =
                context.getOperatorStateStore().getListState(new ListStateDescriptor<>(OPEN_QUESTIONS, Types.INT));
        openAtCheckpoint = 0;
        for (int open : openQuestions.get()) {
            openAtCheckpoint += open;
        }
    }

    @Override
    public void open(OpenContext context) throws Exception {
        RuntimeContext runtime = getRuntimeContext();
        if (factory.loader() != RuntimeContext.class.getClassLoader()) {
            runtime.registerUserCodeClassLoaderReleaseHookIfAbsent(
                    "hybrid-flink-" + factory.name(), () -> EngineRegistry.OF_THIS_JVM.loaderReleased(factory));
        }
        lease = EngineRegistry.OF_THIS_JVM.acquire(factory, options.keepEngine());
        meters = new FlinkMeters(runtime.getMetricGroup(), lease.engine());
        meters.askedAgain(openAtCheckpoint);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        openQuestions.update(List.of(meters.inFlight()));
    }

    @Override
    public void asyncInvoke(T element, ResultFuture<FlinkInference> result) {
        MarketSnapshot snapshot = snapshotOf(element);
        CompletableFuture<Inference> asked = lease.engine().inferAsync(snapshot, Deadline.after(options.deadline()));
        meters.asked();
        // An engine completes it exceptionally only if it is out of memory or the like: then Flink's time-out answers.
        Object unused = asked.thenAccept(answer -> complete(result, snapshot, answer));
    }

    /**
     * The engine has not answered at its deadline. It is asked once more without waiting: it gives the rules' answer as TIMEOUT, or an
     * answer that has just reached its cache. Flink's own method would fail the job, and one that does nothing would stop it
     * (FLINK-24686). The first question goes on, so that a late answer is found in the cache.
     */
    @Override
    public void timeout(T element, ResultFuture<FlinkInference> result) {
        MarketSnapshot snapshot = snapshotOf(element);
        InferenceEngine engine = lease.engine();
        meters.flinkTimeout();
        complete(result, snapshot, engine.infer(snapshot, Deadline.after(Duration.ZERO)));
    }

    private void complete(ResultFuture<FlinkInference> result, MarketSnapshot snapshot, Inference answer) {
        FlinkInference given = FlinkInference.of(snapshot, answer.toRecord());
        result.complete(() -> {
            meters.answered(answer);
            return List.of(given);
        });
    }

    private MarketSnapshot snapshotOf(T element) {
        MarketSnapshot snapshot;
        try {
            snapshot = toSnapshot.toSnapshot(element);
        } catch (Exception thrown) {
            throw SnapshotException.of(thrown);
        }
        if (snapshot == null) {
            throw SnapshotException.ofNull();
        }
        return snapshot;
    }

    @Override
    public void close() {
        if (lease != null) {
            lease.close();
        }
    }
}

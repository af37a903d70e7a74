package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.InferenceEngineBuilder;
import io.github.hybridinference.InferenceListener;
import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Runs a candidate beside the live engine without using its answers: another model, prompt, classifier or set of rules.
 *
 * <pre>{@code
 * try (Shadow shadow = Shadow.of(InferenceEngine.builder().remote(candidate), Budget.perDay("0.50"))
 *                 .share(0.2)
 *                 .start();
 *         InferenceEngine engine = InferenceEngine.builder().remote(live).listener(shadow).build()) {
 *     ...
 *     shadow.report().agreement();
 * }
 * }</pre>
 *
 * <p>The live engine is not slowed: a sampled answer costs its thread one insertion into a bounded queue, and is
 * dropped and counted if the queue is full. A thread of the shadow runs the candidate, with a bounded number of
 * inferences in flight. Nothing the candidate does affects the live engine, and it spends from its own budget.
 *
 * <p>Sampling is a function of the symbol and the time of the bar, so a replay samples the same bars. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Shadow implements InferenceListener, AutoCloseable {
    private final InferenceEngine candidate;
    private final double share;
    private final Executor worker;
    private final @Nullable ExecutorService ownWorker;
    private final Semaphore inFlight;
    private final ShadowStatistics statistics = new ShadowStatistics();
    private final AtomicLong dropped;

    Shadow(
            InferenceEngine candidate,
            double share,
            int maxInFlight,
            Executor worker,
            @Nullable ExecutorService ownWorker,
            AtomicLong dropped) {
        this.candidate = candidate;
        this.share = share;
        this.worker = worker;
        this.ownWorker = ownWorker;
        this.inFlight = new Semaphore(maxInFlight);
        this.dropped = dropped;
    }

    /**
     * Starts configuring a shadow.
     *
     * @param candidate configures the candidate engine, complete except for its budget
     * @param budget what the candidate may spend; {@link Budget#unlimited()} for one that costs nothing
     * @return a builder
     * @throws IllegalStateException if the candidate has a budget already
     */
    public static ShadowBuilder of(InferenceEngineBuilder candidate, Budget budget) {
        return new ShadowBuilder(candidate.budget(Objects.requireNonNull(budget, "budget")));
    }

    @Override
    public void onAnswer(MarketSnapshot snapshot, Inference answer) {
        if (isSampled(snapshot)) {
            worker.execute(() -> compare(snapshot, answer));
        }
    }

    private boolean isSampled(MarketSnapshot snapshot) {
        long bits = snapshot.timeMs() * 0x9E3779B97F4A7C15L + snapshot.symbol().hashCode();
        bits = (bits ^ bits >>> 33) * 0xFF51AFD7ED558CCDL; // the finalizer of MurmurHash3
        bits = (bits ^ bits >>> 33) * 0xC4CEB9FE1A85EC53L;
        bits ^= bits >>> 33;
        return (bits >>> 11) * 0x1p-53 < share;
    }

    private void compare(MarketSnapshot snapshot, Inference live) {
        try {
            inFlight.acquire();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            dropped.incrementAndGet();
            return;
        }
        try {
            var unused = candidate.inferAsync(snapshot).whenComplete((answer, thrown) -> {
                inFlight.release();
                finish(live, answer);
            });
        } catch (RuntimeException closed) {
            inFlight.release();
            dropped.incrementAndGet();
        }
    }

    private void finish(Inference live, @Nullable Inference answer) {
        if (answer == null || answer.degradation().equals(Optional.of(Degradation.CLOSED))) {
            dropped.incrementAndGet();
        } else {
            statistics.add(live, answer);
        }
    }

    /**
     * Returns how the candidate compares so far.
     *
     * @return a snapshot of the figures
     */
    public ShadowReport report() {
        return statistics.report(dropped.get());
    }

    /** Closes the candidate; inferences it has not answered are dropped. Close it after the live engine. */
    @Override
    public void close() {
        if (ownWorker != null) {
            dropped.addAndGet(ownWorker.shutdownNow().size());
        }
        candidate.close();
    }
}

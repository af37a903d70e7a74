package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.InferenceEngineBuilder;
import io.github.hybridinference.eval.internal.DaemonThreads;
import io.github.hybridinference.eval.internal.SetOnce;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Configures a shadow. Each mistake is refused at the call that makes it. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class ShadowBuilder {
    private final InferenceEngineBuilder candidate;
    private final SetOnce set = new SetOnce();
    private double share = 0.1;
    private int queueSize = 1_000;
    private int maxInFlight = 8;

    ShadowBuilder(InferenceEngineBuilder candidate) {
        this.candidate = candidate;
    }

    /**
     * Sets the share of bars that the candidate answers; the default is 0.1.
     *
     * @param sampled in (0, 1]
     * @return this builder
     * @throws IllegalStateException if it was already set
     */
    public ShadowBuilder share(double sampled) {
        if (!(sampled > 0 && sampled <= 1)) {
            throw new IllegalArgumentException("share must be in (0, 1]");
        }
        set.mark("share");
        share = sampled;
        return this;
    }

    /**
     * Sets how many answers may wait for the candidate; the default is 1,000. More are dropped and counted.
     *
     * @param answers positive
     * @return this builder
     * @throws IllegalStateException if it was already set
     */
    public ShadowBuilder queueSize(int answers) {
        int checked = positive(answers);
        set.mark("queueSize");
        queueSize = checked;
        return this;
    }

    /**
     * Sets how many inferences of the candidate may be in flight; the default is 8.
     *
     * @param inferences positive
     * @return this builder
     * @throws IllegalStateException if it was already set
     */
    public ShadowBuilder maxInFlight(int inferences) {
        int checked = positive(inferences);
        set.mark("maxInFlight");
        maxInFlight = checked;
        return this;
    }

    /**
     * Builds the candidate and starts the thread that runs it.
     *
     * @return a new shadow, to be handed to the live engine's builder as a listener; close it
     * @throws IllegalStateException if the candidate's parts do not go together
     */
    public Shadow start() {
        AtomicLong dropped = new AtomicLong();
        ThreadPoolExecutor worker = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queueSize),
                DaemonThreads.named("hybrid-shadow"),
                (task, full) -> dropped.incrementAndGet());
        Shadow shadow = new Shadow(candidate.build(), share, maxInFlight, worker, worker, dropped);
        worker.prestartAllCoreThreads(); // otherwise the first live answer would wait for its start
        return shadow;
    }

    /** Runs on the given executor, for tests. */
    Shadow start(Executor worker) {
        return new Shadow(candidate.build(), share, maxInFlight, worker, null, new AtomicLong());
    }

    private static int positive(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("the number must be positive");
        }
        return number;
    }
}

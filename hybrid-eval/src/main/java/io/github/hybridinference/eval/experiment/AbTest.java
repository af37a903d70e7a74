package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Usage;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Compares two engines in live use: each symbol is randomly assigned to one of them for a day (UTC), with the same
 * assignment in every process that runs the test under the same name.
 *
 * <pre>{@code
 * AbTest test = AbTest.between(engineA, engineB).name("prompt 8").outcomes(-5, 5).start();
 * AbAnswer answer = test.infer(snapshot);
 * ...
 * test.record(answer, returnPct);
 * test.report().better();
 * }</pre>
 *
 * <p>The report may be read at any time and any number of times without inflating the rate of false positives, see
 * {@link ConfidenceSequence}. The test relies on the random assignment alone, so a symbol's day is one observation
 * however many bars it has. It counts from the first outcome of the symbol's next day. A test needs hundreds of such
 * days. Answers of the rules in place of the model ({@link Source#FALLBACK}) are excluded from the comparison and
 * counted.
 *
 * <p>Thread-safe. The engines are the caller's to close.
 *
 * @since 0.1.0
 */
public final class AbTest {
    private final InferenceEngine a;
    private final InferenceEngine b;
    private final AbTestBuilder.Settings settings;
    private final AbEstimator estimator;
    private final long[] answers = new long[2];
    private final long[] fallbacks = new long[2];
    private final Usage[] usages = {Usage.NONE, Usage.NONE};
    private long clamped;

    AbTest(InferenceEngine a, InferenceEngine b, AbTestBuilder.Settings settings) {
        this.a = a;
        this.b = b;
        this.settings = settings;
        double share = settings.assignment().shareOfB();
        this.estimator = new AbEstimator(share, settings.low(), settings.high(), settings.level());
    }

    /**
     * Starts configuring a test.
     *
     * @param a the engine in use so far
     * @param b the engine under test
     * @return a builder
     */
    public static AbTestBuilder between(InferenceEngine a, InferenceEngine b) {
        return new AbTestBuilder(Objects.requireNonNull(a, "a"), Objects.requireNonNull(b, "b"));
    }

    /**
     * Returns the arm a snapshot is assigned to.
     *
     * @param snapshot the snapshot
     * @return the same for all snapshots of a symbol and day
     */
    public Arm armOf(MarketSnapshot snapshot) {
        return settings.assignment().armOf(snapshot.symbol(), AbAnswer.dayOf(snapshot));
    }

    /**
     * Runs the inference on the engine the snapshot is assigned to.
     *
     * @param snapshot the snapshot
     * @return the answer, to be kept for {@link #record}
     * @throws IllegalStateException if that engine is closed
     */
    public AbAnswer infer(MarketSnapshot snapshot) {
        Arm arm = armOf(snapshot);
        return answered(arm, snapshot, engine(arm).infer(snapshot));
    }

    /**
     * Runs the inference on the engine the snapshot is assigned to, without blocking.
     *
     * @param snapshot the snapshot
     * @return completes with the answer, to be kept for {@link #record}
     * @throws IllegalStateException if that engine is closed
     */
    public CompletableFuture<AbAnswer> inferAsync(MarketSnapshot snapshot) {
        Arm arm = armOf(snapshot);
        return engine(arm).inferAsync(snapshot).thenApply(inference -> answered(arm, snapshot, inference));
    }

    /**
     * Records the outcome of an answer. The outcomes of a symbol must be recorded in the order of its days.
     *
     * @param answer the answer
     * @param outcome what it was worth, for example the return in percent after costs, or 1 for a hit and 0 for a miss;
     *     clamped to the bounds of the test
     * @throws IllegalArgumentException if the outcome is not a number
     */
    public void record(AbAnswer answer, double outcome) {
        if (Double.isNaN(outcome)) {
            throw new IllegalArgumentException("an outcome must not be NaN");
        }
        if (answer.inference().source() == Source.FALLBACK) {
            return;
        }
        double cut = Math.max(settings.low(), Math.min(settings.high(), outcome));
        synchronized (estimator) {
            clamped += cut == outcome ? 0 : 1;
            estimator.add(answer.symbol(), answer.day(), answer.arm(), cut);
        }
    }

    /**
     * Returns the current state of the test.
     *
     * @return a snapshot of the figures
     */
    public AbReport report() {
        synchronized (estimator) {
            return new AbReport(
                    side(Arm.A),
                    side(Arm.B),
                    estimator.difference(),
                    estimator.better(),
                    estimator.betterAfter(),
                    settings.level(),
                    estimator.late(),
                    clamped);
        }
    }

    private AbAnswer answered(Arm arm, MarketSnapshot snapshot, Inference inference) {
        int index = arm.ordinal();
        synchronized (estimator) {
            answers[index]++;
            fallbacks[index] += inference.source() == Source.FALLBACK ? 1 : 0;
            usages[index] = usages[index].plus(inference.usage());
        }
        return new AbAnswer(arm, inference, snapshot.symbol(), AbAnswer.dayOf(snapshot));
    }

    private AbReport.Side side(Arm arm) {
        int index = arm.ordinal();
        return new AbReport.Side(
                answers[index],
                fallbacks[index],
                estimator.outcomes(arm),
                estimator.days(arm),
                estimator.mean(arm),
                usages[index].costNanoUsd());
    }

    private InferenceEngine engine(Arm arm) {
        return arm == Arm.A ? a : b;
    }
}

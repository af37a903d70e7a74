package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

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
 * however many bars it has. It counts when the first outcome of the symbol's next day but one arrives. How many days a test
 * needs is told by {@link AbTestBuilder#plan}.
 *
 * <p>Each answer counts for the side it was assigned to, also one that the rules gave in place of the model
 * ({@link Source#FALLBACK}): time-outs come on difficult days, and a side without its difficult days looks better than it
 * is (intention to treat). So an outcome must be recorded for each answer, 0 if nothing was traded.
 *
 * <p>With a file, the tally survives a restart. It holds symbols, days and outcomes, and belongs to one process.
 *
 * <p>Thread-safe. The engines are the caller's to close.
 *
 * @since 0.1.0
 */
public final class AbTest {
    private final InferenceEngine a;
    private final InferenceEngine b;
    private final AbSettings settings;
    private final AbEstimator estimator;
    private final AbCounts counts;
    private final @Nullable AbTally tally;

    AbTest(
            InferenceEngine a,
            InferenceEngine b,
            AbSettings settings,
            AbEstimator estimator,
            AbCounts counts,
            @Nullable AbTally tally) {
        this.a = a;
        this.b = b;
        this.settings = settings;
        this.estimator = estimator;
        this.counts = counts;
        this.tally = tally;
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
     * Records the outcome of an answer, also of a fallback. An outcome that comes after its day was counted is ignored.
     *
     * @param answer the answer
     * @param outcome what it was worth, for example the return in percent after costs, or 1 for a hit and 0 for a miss;
     *     clamped to the bounds of the test
     * @throws IllegalArgumentException if the outcome is not a number, or the answer belongs to another test
     * @throws UncheckedIOException if the tally has a file that cannot be written; the outcome is then not counted
     */
    public void record(AbAnswer answer, double outcome) {
        if (Double.isNaN(outcome)) {
            throw new IllegalArgumentException("an outcome must not be NaN");
        }
        record(outcome(answer, outcome, Double.NaN));
    }

    /**
     * Records the outcome of an answer and what the answer of the other side on the same bar would have been worth, where
     * that is known, such as from a {@link Shadow} or a replay. The paired comparison of {@link AbReport#paired} needs
     * fewer days, since the market moves both outcomes alike.
     *
     * @param answer the answer
     * @param outcome what it was worth; clamped to the bounds of the test
     * @param ofOther what that of the other side would have been worth; clamped too
     * @throws IllegalArgumentException if an outcome is not a number, or the answer belongs to another test
     * @throws UncheckedIOException if the tally has a file that cannot be written; the outcome is then not counted
     */
    public void recordBoth(AbAnswer answer, double outcome, double ofOther) {
        if (Double.isNaN(outcome) || Double.isNaN(ofOther)) {
            throw new IllegalArgumentException("an outcome must not be NaN");
        }
        record(outcome(answer, outcome, ofOther));
    }

    private AbOutcome outcome(AbAnswer answer, double outcome, double other) {
        if (settings.assignment().armOf(answer.symbol(), answer.day()) != answer.arm()) {
            throw new IllegalArgumentException("the answer was given in a test of another name or share");
        }
        double cut = cut(outcome);
        double otherCut = cut(other);
        int clamped = (cut == outcome ? 0 : 1) + (otherCut == other || Double.isNaN(other) ? 0 : 1);
        boolean fallback = answer.inference().source() == Source.FALLBACK;
        return new AbOutcome(answer.symbol(), answer.day(), answer.arm(), fallback, cut, otherCut, clamped);
    }

    private double cut(double outcome) {
        return Math.max(settings.low(), Math.min(settings.high(), outcome));
    }

    private void record(AbOutcome outcome) {
        synchronized (estimator) {
            if (tally != null) {
                keep(() -> tally.write(outcome, counts));
            }
            estimator.add(outcome);
        }
    }

    /**
     * Counts the days that are still open, whatever is missing of them: at the end of a test. Outcomes of these days that
     * come later are ignored.
     *
     * @throws UncheckedIOException if the tally has a file that cannot be written; nothing is then counted
     */
    public void countOpenDays() {
        synchronized (estimator) {
            if (tally != null) {
                keep(() -> tally.writeEnd(counts));
            }
            estimator.countOpenDays();
        }
    }

    private interface Writing {
        void run() throws IOException;
    }

    private static void keep(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw new UncheckedIOException("the tally of the A/B test cannot be written", e);
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
                    estimator.perProtocol(),
                    estimator.paired(),
                    estimator.pairedDays(),
                    estimator.better(),
                    estimator.betterAfter(),
                    settings.level(),
                    estimator.late(),
                    estimator.clamped());
        }
    }

    private AbAnswer answered(Arm arm, MarketSnapshot snapshot, Inference inference) {
        synchronized (estimator) {
            counts.add(arm, inference);
        }
        return new AbAnswer(arm, inference, snapshot.symbol(), AbAnswer.dayOf(snapshot));
    }

    private AbReport.Side side(Arm arm) {
        return new AbReport.Side(
                counts.answers(arm),
                counts.fallbacks(arm),
                estimator.outcomes(arm),
                estimator.days(arm),
                estimator.mean(arm),
                counts.costNanoUsd(arm));
    }

    private InferenceEngine engine(Arm arm) {
        return arm == Arm.A ? a : b;
    }
}

package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Usage;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Lets two engines answer by turns, and tells which does better: each symbol is drawn to one of them for a day, in UTC, and
 * stays there, in every process that runs the test under the same name.
 *
 * <pre>{@code
 * AbTest test = AbTest.between(engineA, engineB).name("prompt 8").outcomes(-5, 5).start();
 * AbAnswer answer = test.infer(snapshot);
 * ...
 * test.record(answer, returnPct);
 * test.report().better();
 * }</pre>
 *
 * <p>The report may be read at any time and as often as one likes without finding differences that are not there, see
 * {@link ConfidenceSequence}. What it rests on is the draw, so a symbol's day counts as one observation however many bars
 * it has, from the first outcome of the symbol's next day on: a test takes hundreds of them. Answers of the rules in place
 * of the model's ({@link Source#FALLBACK}) are left out of the comparison, and counted.
 *
 * <p>Thread-safe. The engines are the caller's to close.
 */
public final class AbTest {
    private final InferenceEngine a;
    private final InferenceEngine b;
    private final AbTestBuilder.Settings settings;
    private final AbTally tally;
    private final long[] answers = new long[2];
    private final long[] fallbacks = new long[2];
    private final Usage[] usages = {Usage.NONE, Usage.NONE};
    private long clamped;

    AbTest(InferenceEngine a, InferenceEngine b, AbTestBuilder.Settings settings) {
        this.a = a;
        this.b = b;
        this.settings = settings;
        double share = settings.assignment().shareOfB();
        this.tally = new AbTally(share, settings.low(), settings.high(), settings.level());
    }

    /**
     * Starts describing a test.
     *
     * @param a the engine in use so far
     * @param b the engine that is tried
     * @return a builder
     */
    public static AbTestBuilder between(InferenceEngine a, InferenceEngine b) {
        return new AbTestBuilder(Objects.requireNonNull(a, "a"), Objects.requireNonNull(b, "b"));
    }

    /**
     * Tells which side a snapshot goes to.
     *
     * @param snapshot what would be asked
     * @return the same for all snapshots of a symbol and day
     */
    public Arm armOf(MarketSnapshot snapshot) {
        return settings.assignment().armOf(snapshot.symbol(), AbAnswer.dayOf(snapshot));
    }

    /**
     * Answers a snapshot by the engine it is drawn to.
     *
     * @param snapshot what is known of the market
     * @return the answer, to be kept for {@link #record}
     * @throws IllegalStateException if that engine is closed
     */
    public AbAnswer infer(MarketSnapshot snapshot) {
        Arm arm = armOf(snapshot);
        return answered(arm, snapshot, engine(arm).infer(snapshot));
    }

    /**
     * Answers a snapshot by the engine it is drawn to, without blocking.
     *
     * @param snapshot what is known of the market
     * @return completes with the answer, to be kept for {@link #record}
     * @throws IllegalStateException if that engine is closed
     */
    public CompletableFuture<AbAnswer> inferAsync(MarketSnapshot snapshot) {
        Arm arm = armOf(snapshot);
        return engine(arm).inferAsync(snapshot).thenApply(inference -> answered(arm, snapshot, inference));
    }

    /**
     * Tells what came of an answer. The outcomes of a symbol are told in the order of its days.
     *
     * @param answer the answer
     * @param outcome what it was worth, for example the return in percent after costs, or 1 for a hit and 0 for a miss; cut
     *     to the bounds of the test
     * @throws IllegalArgumentException if the outcome is not a number
     */
    public void record(AbAnswer answer, double outcome) {
        if (Double.isNaN(outcome)) {
            throw new IllegalArgumentException("an outcome is a number");
        }
        if (answer.inference().source() == Source.FALLBACK) {
            return;
        }
        double cut = Math.max(settings.low(), Math.min(settings.high(), outcome));
        synchronized (tally) {
            clamped += cut == outcome ? 0 : 1;
            tally.add(answer.symbol(), answer.day(), answer.arm(), cut);
        }
    }

    /**
     * Returns how the test stands.
     *
     * @return a moment's view
     */
    public AbReport report() {
        synchronized (tally) {
            return new AbReport(
                    side(Arm.A),
                    side(Arm.B),
                    tally.difference(),
                    tally.better(),
                    tally.betterAfter(),
                    settings.level(),
                    tally.late(),
                    clamped);
        }
    }

    private AbAnswer answered(Arm arm, MarketSnapshot snapshot, Inference inference) {
        int index = arm.ordinal();
        synchronized (tally) {
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
                tally.outcomes(arm),
                tally.days(arm),
                tally.mean(arm),
                usages[index].costNanoUsd());
    }

    private InferenceEngine engine(Arm arm) {
        return arm == Arm.A ? a : b;
    }
}

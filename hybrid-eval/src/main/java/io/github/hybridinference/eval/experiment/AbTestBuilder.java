package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.eval.internal.SetOnce;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Configures an A/B test. Each mistake is refused at the call that makes it. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class AbTestBuilder {
    private static final int FEWEST_DAYS = 20;

    private final InferenceEngine a;
    private final InferenceEngine b;
    private final SetOnce set = new SetOnce();
    private String name = "";
    private double shareOfB = 0.5;
    private double low = -1;
    private double high = 1;
    private double level = 0.95;

    AbTestBuilder(InferenceEngine a, InferenceEngine b) {
        this.a = a;
        this.b = b;
    }

    /**
     * Names the test. Tests of different names assign independently; the default is the empty name.
     *
     * @param text the same in every process that takes part
     * @return this builder
     * @throws IllegalStateException if it was already set
     */
    public AbTestBuilder name(String text) {
        String stripped = text.strip();
        set.mark("name");
        name = stripped;
        return this;
    }

    /**
     * Sets the share of days assigned to B; the default is one half, which has the most power.
     *
     * @param share in [0.01, 0.99]
     * @return this builder
     * @throws IllegalStateException if it was already set
     */
    public AbTestBuilder shareOfB(double share) {
        if (!(share >= 0.01 && share <= 0.99)) {
            throw new IllegalArgumentException("shareOfB must be in [0.01, 0.99]");
        }
        set.mark("shareOfB");
        shareOfB = share;
        return this;
    }

    /**
     * Sets the bounds of an outcome; the default is −1 to 1. Narrower bounds find a difference sooner, but
     * outcomes beyond them are clamped.
     *
     * @param least the lower bound
     * @param most the upper bound
     * @return this builder
     * @throws IllegalStateException if it was already set
     */
    public AbTestBuilder outcomes(double least, double most) {
        if (!(least < most) || Double.isInfinite(most - least)) {
            throw new IllegalArgumentException("the bounds must be finite, the lower one below the upper one");
        }
        set.mark("outcomes");
        low = least;
        high = most;
        return this;
    }

    /**
     * Sets the confidence level; the default is 0.95.
     *
     * @param confidence in (0, 1)
     * @return this builder
     * @throws IllegalStateException if it was already set
     */
    public AbTestBuilder level(double confidence) {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("level must be in (0, 1)");
        }
        set.mark("level");
        level = confidence;
        return this;
    }

    /**
     * Simulates how many symbol days the test would take, with these settings.
     *
     * @param difference by how much one side is better, in units of an outcome, not 0
     * @param dailyOutcomes what the mean outcome of a symbol's day was in the past, such as from a journal; at least 20
     * @return the number of symbol days, of both sides together
     * @throws IllegalArgumentException if the difference or the outcomes are out of range
     */
    public AbPlan plan(double difference, double... dailyOutcomes) {
        return planner(difference, dailyOutcomes).assigned();
    }

    /**
     * Simulates how many symbol days the paired comparison of {@link AbTest#recordBoth} would take.
     *
     * @param difference by how much one side is better, in units of an outcome, not 0
     * @param dailyDifferences mean outcome of B less that of A on the same bars, for days of the past; at least 20. Their own
     *     mean is removed
     * @return the number of symbol days
     * @throws IllegalArgumentException if the difference or the outcomes are out of range
     */
    public AbPlan planPaired(double difference, double... dailyDifferences) {
        return planner(difference, dailyDifferences).paired();
    }

    private AbPlanner planner(double difference, double[] past) {
        if (!(Math.abs(difference) > 0) || Double.isInfinite(difference)) {
            throw new IllegalArgumentException("the difference must be a finite number other than 0");
        }
        if (past.length < FEWEST_DAYS || !Arrays.stream(past).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("a plan needs at least " + FEWEST_DAYS + " days, all of them finite");
        }
        return new AbPlanner(settings(), past, difference);
    }

    private AbSettings settings() {
        return new AbSettings(new Assignment(name, shareOfB), low, high, level);
    }

    /**
     * Starts the test. A restart of the process begins it anew.
     *
     * @return a new test without answers
     */
    public AbTest start() {
        return new AbTest(a, b, settings(), estimator(), new AbCounts(), null);
    }

    /**
     * Starts the test with a tally that survives a restart, or continues the one in the file.
     *
     * @param tally the file, created if missing; one line is appended for each outcome. Each process needs its own
     * @return the test as it was when the last outcome was recorded
     * @throws IOException if the file cannot be read or written, or is not a tally of a version this release reads
     * @throws IllegalStateException if the file belongs to a test with other settings
     */
    public AbTest start(Path tally) throws IOException {
        AbTally file = new AbTally(tally, settings());
        AbEstimator estimator = estimator();
        AbCounts counts = new AbCounts();
        file.readInto(estimator, counts);
        return new AbTest(a, b, settings(), estimator, counts, file);
    }

    private AbEstimator estimator() {
        return new AbEstimator(shareOfB, low, high, level);
    }
}

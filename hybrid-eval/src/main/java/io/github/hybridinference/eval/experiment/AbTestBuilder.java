package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.eval.internal.SetOnce;

/**
 * Configures an A/B test. Each mistake is refused at the call that makes it. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class AbTestBuilder {
    private final InferenceEngine a;
    private final InferenceEngine b;
    private final SetOnce set = new SetOnce();
    private String name = "";
    private double shareOfB = 0.5;
    private double low = -1;
    private double high = 1;
    private double level = 0.95;

    /** The settings of a test. */
    record Settings(Assignment assignment, double low, double high, double level) {}

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
     * Starts the test.
     *
     * @return a new test without answers
     */
    public AbTest start() {
        return new AbTest(a, b, new Settings(new Assignment(name, shareOfB), low, high, level));
    }
}

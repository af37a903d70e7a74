package io.github.hybridinference.anonymize;

import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.FeatureFamily;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Noise on the figures that leave, on top of rounding and optional. It blurs what a figure was; it is not differential
 * privacy and not the guarantee, which is the catalogue's.
 *
 * <p>Each rounded figure is moved by a random number of its family's steps, at most the amplitude in either direction and
 * small moves being likelier than large ones, kept in the family's range and rounded again. The move depends on nothing
 * but the seed, the feature, the rounded figure and the window of time the snapshot's bar closes in. So the same
 * request is blurred the same way throughout a window: it has one cache key, and repeating it reveals nothing more.
 * It also needs no memory.
 *
 * <p>Knowing the seed, one can remove the noise again: draw it at random, keep it to yourself, and give it to all
 * engines of a fleet that shares a cache. Immutable and thread-safe; each method but {@link #seeded} returns a changed
 * copy.
 *
 * @since 0.1.0
 */
public final class Noise {
    private static final double STANDARD_STEPS = 1;
    private static final Duration STANDARD_WINDOW = Duration.ofDays(1);

    /** Beyond this a figure says nothing any more. */
    private static final double MAX_STEPS = 1_000;

    private final long seed;
    private final long windowMs;
    private final double steps;
    private final Map<FeatureFamily, Double> stepsByFamily;

    private Noise(long seed, long windowMs, double steps, Map<FeatureFamily, Double> stepsByFamily) {
        this.seed = seed;
        this.windowMs = windowMs;
        this.steps = steps;
        this.stepsByFamily = stepsByFamily;
    }

    /**
     * Returns noise of at most one step, drawn anew each day (UTC).
     *
     * @param seed a random number that is kept secret
     * @return the noise
     */
    public static Noise seeded(long seed) {
        // mixed first, so that seeds that are alike have nothing in common
        return new Noise(mix(seed, 0), STANDARD_WINDOW.toMillis(), STANDARD_STEPS, Map.of());
    }

    /**
     * Sets the amplitude of all families without one of their own.
     *
     * @param most how many steps a figure is moved at most, in [0, 1000]; less than half a step does nothing
     * @return a changed copy
     * @throws IllegalArgumentException if it is out of range
     */
    public Noise amplitude(double most) {
        return new Noise(seed, windowMs, checked(most), stepsByFamily);
    }

    /**
     * Sets the amplitude of one family.
     *
     * @param member any feature of the family
     * @param most how many steps its figures are moved at most, in [0, 1000]; 0 leaves them alone
     * @return a changed copy
     * @throws IllegalArgumentException if it is out of range
     */
    public Noise amplitude(Feature member, double most) {
        Map<FeatureFamily, Double> changed = new HashMap<>(stepsByFamily);
        changed.put(member.family(), checked(most));
        return new Noise(seed, windowMs, steps, Map.copyOf(changed));
    }

    /**
     * Sets how long the same figure is moved the same way. A short window lets an observer average over windows.
     *
     * @param length from a minute to a year
     * @return a changed copy
     * @throws IllegalArgumentException if it is out of range
     */
    public Noise window(Duration length) {
        Objects.requireNonNull(length, "length");
        if (length.compareTo(Duration.ofMinutes(1)) < 0 || length.compareTo(Duration.ofDays(366)) > 0) {
            throw new IllegalArgumentException(
                    "the window of noise must last from a minute to a year, but lasts " + length);
        }
        return new Noise(seed, length.toMillis(), steps, stepsByFamily);
    }

    /** The figure, moved, in the range of its family. */
    double blur(Feature feature, double rounded, double step, long timeMs) {
        FeatureFamily family = feature.family();
        double most = stepsByFamily.getOrDefault(family, steps);
        double moved = rounded + most * step * draw(feature, rounded, Math.floorDiv(timeMs, windowMs));
        return Math.max(family.low(), Math.min(family.high(), moved));
    }

    /** From -1 to 1, the difference of two even draws: triangular. */
    private double draw(Feature feature, double rounded, long window) {
        long mixed = mix(seed, feature.hashCode());
        mixed = mix(mixed, Double.doubleToLongBits(rounded));
        SplittableRandom random = new SplittableRandom(mix(mixed, window));
        double one = random.nextDouble();
        double other = random.nextDouble();
        return one - other;
    }

    private static long mix(long one, long other) {
        return new SplittableRandom(one ^ other).nextLong();
    }

    private static double checked(double most) {
        if (!(most >= 0 && most <= MAX_STEPS)) {
            throw new IllegalArgumentException("the amplitude of noise must be in [0, 1000] steps, but is " + most);
        }
        return most;
    }

    /** Always the same: the seed is a secret. */
    @Override
    public String toString() {
        return "Noise";
    }
}

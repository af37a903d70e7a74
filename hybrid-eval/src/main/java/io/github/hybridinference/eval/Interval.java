package io.github.hybridinference.eval;

/**
 * A figure with its confidence interval.
 *
 * @param value the figure; NaN if there was nothing to compute it from
 * @param low the lower end of the interval
 * @param high the upper end of the interval
 * @since 0.1.0
 */
public record Interval(double value, double low, double high) {
    /** Nothing to compute a figure from. */
    public static final Interval NONE = new Interval(Double.NaN, Double.NaN, Double.NaN);

    /**
     * Returns whether the interval contains a figure.
     *
     * @param other the figure
     * @return false also if the interval is NaN
     */
    public boolean contains(double other) {
        return low <= other && other <= high;
    }

    /**
     * Returns the figure and its interval, scaled.
     *
     * @param factor not negative
     * @return all three multiplied by the factor
     */
    public Interval times(double factor) {
        return new Interval(value * factor, low * factor, high * factor);
    }
}

package io.github.hybridinference.eval;

/**
 * A figure and how sure it is.
 *
 * @param value the figure; NaN if there was nothing to compute it from
 * @param low the lower end of the interval
 * @param high the upper end of the interval
 */
public record Interval(double value, double low, double high) {
    /** Nothing to compute a figure from. */
    public static final Interval NONE = new Interval(Double.NaN, Double.NaN, Double.NaN);

    /**
     * Tells whether a figure lies inside.
     *
     * @param other the figure
     * @return false also for an interval of nothing
     */
    public boolean contains(double other) {
        return low <= other && other <= high;
    }

    /**
     * Returns the interval of a multiple of the figure.
     *
     * @param factor not negative
     * @return all three times the factor
     */
    public Interval times(double factor) {
        return new Interval(value * factor, low * factor, high * factor);
    }
}

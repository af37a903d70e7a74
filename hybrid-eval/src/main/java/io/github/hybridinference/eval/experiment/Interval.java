package io.github.hybridinference.eval.experiment;

/**
 * A range in which a figure lies, by some level of confidence.
 *
 * @param low the lower end
 * @param high the upper end, not below the lower one
 */
public record Interval(double low, double high) {
    /**
     * Checks the order of the ends.
     *
     * @param low the lower end
     * @param high the upper end
     */
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("the lower end of an interval is not above the upper one");
        }
    }

    /**
     * Tells whether a figure lies in the interval.
     *
     * @param figure the figure
     * @return true if it does, ends included
     */
    public boolean contains(double figure) {
        return low <= figure && figure <= high;
    }
}

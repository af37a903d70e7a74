package io.github.hybridinference.model;

import java.util.Arrays;

/**
 * What a stated confidence is worth: the share of right signals among those that stated it, as measured on the past. A
 * monotone table, so it changes no order. Fitted by {@code ConfidenceCalibration} of hybrid-eval, or written by hand.
 * Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class ConfidenceTable {
    private final double[] from;
    private final double[] calibrated;

    private ConfidenceTable(double[] from, double[] calibrated) {
        this.from = from;
        this.calibrated = calibrated;
    }

    /**
     * Makes a table of steps.
     *
     * @param from the stated confidence at which each step begins, in [0, 1], ascending; below the first the first holds
     * @param calibrated the confidence to be given on each step, above 0 and below 1, not descending
     * @return the table
     * @throws IllegalArgumentException if there is no step, the lengths differ, or a figure is out of range or order
     */
    public static ConfidenceTable of(double[] from, double[] calibrated) {
        if (from.length == 0 || from.length != calibrated.length) {
            throw new IllegalArgumentException("from and calibrated must have the same length, at least one");
        }
        for (int i = 0; i < from.length; i++) {
            if (!(from[i] >= 0 && from[i] <= 1) || (i > 0 && from[i] <= from[i - 1])) {
                throw new IllegalArgumentException("from must ascend within [0, 1]");
            }
            if (!(calibrated[i] > 0 && calibrated[i] < 1) || (i > 0 && calibrated[i] < calibrated[i - 1])) {
                throw new IllegalArgumentException("calibrated must not descend, and lie above 0 and below 1");
            }
        }
        return new ConfidenceTable(from.clone(), calibrated.clone());
    }

    /**
     * Looks a confidence up.
     *
     * @param stated in [0, 1]
     * @return the calibrated confidence
     */
    public double calibrated(double stated) {
        int at = Arrays.binarySearch(from, stated);
        return calibrated[Math.max(0, at >= 0 ? at : -at - 2)];
    }

    /** The Java code that makes it. */
    @Override
    public String toString() {
        return "ConfidenceTable.of(new double[] {" + listed(from) + "}, new double[] {" + listed(calibrated) + "})";
    }

    private static String listed(double[] figures) {
        String text = Arrays.toString(figures);
        return text.substring(1, text.length() - 1);
    }
}

package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.eval.Interval;

/**
 * The difference between the arms that follows from the random assignment of days, in units of the range of outcomes.
 *
 * <p>With p the probability of arm B, Y the mean outcome of a day and m that of the days before, the contribution of a day is
 *
 * <pre>
 * Z = (Y − m) / p         in arm B
 * Z = −(Y − m) / (1 − p)  in arm A
 * </pre>
 *
 * whose expectation over the assignment is the outcome of that day under B less that under A (Horvitz and Thompson
 * 1952; D. Ham, I. Bojinov, M. Lindon, M. Tingley, Design-Based Confidence Sequences for Anytime-valid Causal
 * Inference, 2022). It is unbiased by the assignment alone, so neither autocorrelation nor a shock to all symbols on
 * one day can fake a difference. Subtracting m, which is known before the assignment, leaves the expectation unchanged
 * and reduces variance.
 */
final class Contrast {
    private final double share;
    private final double reach;
    private final ConfidenceSequence sequence;
    private double total;
    private long days;

    Contrast(double shareOfB, double level) {
        share = shareOfB;
        reach = 1 / Math.min(shareOfB, 1 - shareOfB);
        sequence = ConfidenceSequence.of(-reach, reach, level);
    }

    /** Adds a day, whose outcomes are scaled to [0, 1]. */
    void add(Arm arm, double mean) {
        double surplus = mean - (days == 0 ? 0.5 : total / days);
        double contribution = arm == Arm.B ? surplus / share : -surplus / (1 - share);
        sequence.add(Math.max(-reach, Math.min(reach, contribution)));
        total += mean;
        days++;
    }

    Interval interval() {
        return sequence.interval();
    }

    long days() {
        return days;
    }
}

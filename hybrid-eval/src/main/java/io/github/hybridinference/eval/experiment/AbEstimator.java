package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.eval.Interval;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Estimates the average treatment effect. The unit of randomisation is a symbol's day, so it is the observation: the
 * mean outcome Y of the day, which counts when the symbol's next day begins.
 *
 * <p>With p the probability of arm B, and m the mean of the days before, the contribution of a day is
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
final class AbEstimator {
    private final double share;
    private final double low;
    private final double high;
    private final ConfidenceSequence difference;
    private final Map<String, Day> open = new HashMap<>();
    private final Sums[] arms = {new Sums(), new Sums()};
    private double total;
    private long days;
    private long late;
    private @Nullable Arm better;
    private long betterAfter;

    AbEstimator(double shareOfB, double low, double high, double level) {
        this.share = shareOfB;
        this.low = low;
        this.high = high;
        double reach = (high - low) / Math.min(shareOfB, 1 - shareOfB);
        this.difference = ConfidenceSequence.of(-reach, reach, level);
    }

    void add(String symbol, LocalDate date, Arm arm, double outcome) {
        Day day = open.get(symbol);
        if (day != null && date.isBefore(day.date)) {
            late++;
            return;
        }
        if (day == null || date.isAfter(day.date)) {
            if (day != null) {
                close(day);
            }
            day = new Day(date, arm);
            open.put(symbol, day);
        }
        day.sum += outcome;
        day.count++;
        arms[arm.ordinal()].outcomes++;
    }

    private void close(Day day) {
        double mean = day.sum / day.count;
        double before = days == 0 ? (low + high) / 2 : total / days;
        double surplus = mean - before;
        difference.add(day.arm == Arm.B ? surplus / share : -surplus / (1 - share));
        total += mean;
        days++;
        Sums sums = arms[day.arm.ordinal()];
        sums.days++;
        sums.total += mean;
        if (better == null && !difference.interval().contains(0)) {
            better = difference.interval().low() > 0 ? Arm.B : Arm.A;
            betterAfter = days;
        }
    }

    Interval difference() {
        Interval wide = difference.interval();
        double most = high - low;
        return new Interval(cut(wide.value(), most), cut(wide.low(), most), cut(wide.high(), most));
    }

    private static double cut(double figure, double most) {
        return Math.max(-most, Math.min(most, figure));
    }

    Optional<Arm> better() {
        return Optional.ofNullable(better);
    }

    long betterAfter() {
        return betterAfter;
    }

    long late() {
        return late;
    }

    long outcomes(Arm arm) {
        return arms[arm.ordinal()].outcomes;
    }

    long days(Arm arm) {
        return arms[arm.ordinal()].days;
    }

    /** The mean outcome of an arm's days, NaN before the first. */
    double mean(Arm arm) {
        Sums sums = arms[arm.ordinal()];
        return sums.total / sums.days;
    }

    private static final class Day {
        private final LocalDate date;
        private final Arm arm;
        private double sum;
        private long count;

        Day(LocalDate date, Arm arm) {
            this.date = date;
            this.arm = arm;
        }
    }

    private static final class Sums {
        private long outcomes;
        private long days;
        private double total;
    }
}

package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.eval.Interval;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Estimates the average treatment effect. The unit of randomisation is a symbol's day, so it is the observation: the
 * mean outcome Y of the day.
 *
 * <p>The {@link Contrast} of these days is unbiased only if a day counts whatever became of its answers, so fallbacks count
 * (intention to treat). The same without them stands beside it (per protocol), as does the difference on bars where the
 * outcomes of both arms are known (paired), which does not depend on the assignment.
 *
 * <p>A symbol has at most two open days. The earlier one counts when the first outcome of a third arrives, so outcomes
 * that come a day late, never, or under a date in the far future stop nothing. Outcomes are scaled to [0, 1] on arrival,
 * so that no bounds can overflow.
 */
final class AbEstimator {
    private static final int OPEN_DAYS = 2;

    private final double low;
    private final double range;
    private final Contrast assigned;
    private final Contrast perProtocol;
    private final ConfidenceSequence paired;
    private final Map<String, NavigableMap<LocalDate, Day>> open = new HashMap<>();
    private final Map<String, LocalDate> counted = new HashMap<>();
    private final Sums[] arms = {new Sums(), new Sums()};
    private long late;
    private long clamped;
    private @Nullable Arm better;
    private long betterAfter;

    AbEstimator(double shareOfB, double low, double high, double level) {
        this.low = low;
        this.range = high - low;
        this.assigned = new Contrast(shareOfB, level);
        this.perProtocol = new Contrast(shareOfB, level);
        this.paired = ConfidenceSequence.of(-1, 1, level);
    }

    void add(AbOutcome outcome) {
        clamped += outcome.clamped();
        LocalDate last = counted.get(outcome.symbol());
        if (last != null && !outcome.day().isAfter(last)) {
            late++;
            return;
        }
        NavigableMap<LocalDate, Day> days = open.computeIfAbsent(outcome.symbol(), symbol -> new TreeMap<>());
        days.computeIfAbsent(outcome.day(), date -> new Day(outcome.arm()))
                .add(unit(outcome.outcome()), outcome.fallback(), unit(outcome.other()));
        arms[outcome.arm().ordinal()].outcomes++;
        if (days.size() > OPEN_DAYS) {
            countFirst(outcome.symbol(), days);
        }
    }

    /** Counts all open days, whatever is missing of them. */
    void countOpenDays() {
        for (String symbol : List.copyOf(open.keySet())) {
            NavigableMap<LocalDate, Day> days = open.get(symbol);
            while (days != null && !days.isEmpty()) {
                countFirst(symbol, days);
            }
        }
    }

    private double unit(double outcome) {
        return Math.max(0, Math.min(1, (outcome - low) / range)); // stays NaN
    }

    private void countFirst(String symbol, NavigableMap<LocalDate, Day> days) {
        Map.Entry<LocalDate, Day> first = days.pollFirstEntry();
        counted.put(symbol, first.getKey());
        Day day = first.getValue();
        assigned.add(day.arm, day.all.value());
        if (day.answered.count > 0) {
            perProtocol.add(day.arm, day.answered.value());
        }
        if (day.differences.count > 0) {
            paired.add(day.differences.value());
        }
        Sums sums = arms[day.arm.ordinal()];
        sums.days++;
        sums.total += day.all.value();
        Interval interval = assigned.interval();
        if (better == null && !interval.contains(0)) {
            better = interval.low() > 0 ? Arm.B : Arm.A;
            betterAfter = assigned.days();
        }
    }

    Interval difference() {
        return scaled(assigned.interval());
    }

    Interval perProtocol() {
        return scaled(perProtocol.interval());
    }

    Interval paired() {
        return scaled(paired.interval());
    }

    long pairedDays() {
        return paired.count();
    }

    private Interval scaled(Interval unit) {
        return new Interval(scaled(unit.value()), scaled(unit.low()), scaled(unit.high()));
    }

    private double scaled(double unit) {
        return range * Math.max(-1, Math.min(1, unit));
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

    long clamped() {
        return clamped;
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
        return low + range * (sums.total / sums.days);
    }

    private static final class Day {
        private final Arm arm;
        private final RunningMean all = new RunningMean();
        private final RunningMean answered = new RunningMean();
        private final RunningMean differences = new RunningMean();

        Day(Arm arm) {
            this.arm = arm;
        }

        void add(double outcome, boolean fallback, double other) {
            all.add(outcome);
            if (!fallback) {
                answered.add(outcome);
            }
            if (!Double.isNaN(other)) {
                differences.add(arm == Arm.B ? outcome - other : other - outcome);
            }
        }
    }

    private static final class Sums {
        private long outcomes;
        private long days;
        private double total;
    }
}

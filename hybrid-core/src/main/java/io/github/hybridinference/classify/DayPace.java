package io.github.hybridinference.classify;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Spreads the money of a day over its hours.
 *
 * <p>With one price per unit of probability for the whole day, asking about all that is worth at least that buys the most
 * changes for the money (the fractional knapsack). So a scenario is asked about if the money left covers it together with all
 * that the rest of the day is expected to bring of at least its worth.
 */
final class DayPace {
    private static final long HOUR_MS = 3_600_000;
    private static final long DAY_MS = 24 * HOUR_MS;
    private static final int HOURS = 24;
    private static final int STEPS = 64;

    private final List<RouterFile.Hour> hours;
    private final LongUnaryOperator price;
    private final LongUnaryOperator left;
    private final double series;
    private final double exploration;

    /** Of the day that was asked about last; two threads may make the same one twice. */
    private volatile @Nullable Plan last;

    DayPace(
            List<RouterFile.Hour> hours,
            LongUnaryOperator price,
            LongUnaryOperator left,
            double series,
            double exploration) {
        this.hours = hours;
        this.price = price;
        this.left = left;
        this.series = series;
        this.exploration = exploration;
    }

    DayPace exploring(double share) {
        return new DayPace(hours, price, left, series, share);
    }

    /** Whether the money left covers one call, and one more in the last hour that brings scenarios until that has begun. */
    boolean covers(long timeMs) {
        return left.applyAsLong(timeMs)
                >= price.applyAsLong(timeMs) + plan(timeMs).keptBack(timeMs);
    }

    boolean allows(double probability, long timeMs) {
        long now = Math.max(1, price.applyAsLong(timeMs));
        Plan plan = plan(timeMs);
        return plan.cost(probability / now, Math.floorMod(timeMs, DAY_MS)) + plan.keptBack(timeMs)
                <= left.applyAsLong(timeMs);
    }

    private Plan plan(long timeMs) {
        long day = Math.floorDiv(timeMs, DAY_MS);
        Plan known = last;
        if (known == null || known.day != day) {
            known = new Plan(day);
            last = known;
        }
        return known;
    }

    /** What the rest of a day is expected to cost, by how much a scenario must be worth to be asked about. */
    private final class Plan {
        private final long day;

        /** Ascending. */
        private final double[] worths;

        /** From an hour on to the end of the day, for each of the worths. */
        private final double[][] costs = new double[HOURS + 1][STEPS];

        private final int lastHour;
        private final long priceInLastHour;

        Plan(long day) {
            this.day = day;
            long[] prices = new long[HOURS];
            for (int hour = 0; hour < HOURS; hour++) {
                prices[hour] = Math.max(1, price.applyAsLong(day * DAY_MS + hour * HOUR_MS));
            }
            this.worths = worths(prices);
            int last = HOURS - 1;
            while (last > 0 && hours.get(last).scenarios() == 0) {
                last--;
            }
            this.lastHour = last;
            this.priceInLastHour = prices[last];
            for (int hour = HOURS - 1; hour >= 0; hour--) {
                for (int step = 0; step < STEPS; step++) {
                    costs[hour][step] = costs[hour + 1][step] + cost(hours.get(hour), prices[hour], worths[step]);
                }
            }
        }

        /** Without it the money may be gone before the last hour, and the end of the day is never asked about. */
        long keptBack(long timeMs) {
            return Math.floorMod(timeMs, DAY_MS) < lastHour * HOUR_MS ? priceInLastHour : 0;
        }

        private double[] worths(long[] prices) {
            double[] all = new double
                    [hours.stream()
                            .mapToInt(hour -> hour.probabilities().size())
                            .sum()];
            int size = 0;
            for (int hour = 0; hour < HOURS; hour++) {
                for (double probability : hours.get(hour).probabilities()) {
                    all[size++] = probability / prices[hour];
                }
            }
            Arrays.sort(all);
            double[] steps = new double[STEPS];
            for (int step = 0; step < STEPS && size > 0; step++) {
                steps[step] = all[(int) ((long) step * (size - 1) / (STEPS - 1))];
            }
            return steps;
        }

        private double cost(RouterFile.Hour hour, long price, double worth) {
            if (hour.scenarios() == 0) {
                return 0;
            }
            List<Double> probabilities = hour.probabilities();
            long above = probabilities.stream()
                    .filter(probability ->
                            probability / price >= worth) // as worths are made, so that equal ones are equal
                    .count();
            double share = (double) above / probabilities.size();
            return series * hour.scenarios() * price * (share + exploration * (1 - share));
        }

        /** Between two steps the dearer one counts. */
        double cost(double worth, long msOfDay) {
            int at = Arrays.binarySearch(worths, worth);
            int step = at >= 0 ? at : Math.max(0, -at - 2);
            int hour = (int) (msOfDay / HOUR_MS);
            double toCome = 1 - (double) (msOfDay % HOUR_MS) / HOUR_MS;
            return costs[hour + 1][step] + toCome * (costs[hour][step] - costs[hour + 1][step]);
        }
    }
}

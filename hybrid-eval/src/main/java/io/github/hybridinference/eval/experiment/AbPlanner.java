package io.github.hybridinference.eval.experiment;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Simulates tests on days drawn with replacement from the past. Neighbouring days need not be kept together: the interval
 * rests on the assignment, which is independent from day to day, so only the spread of the outcomes matters.
 */
final class AbPlanner {
    private static final int RUNS = 200;
    private static final long LONGEST = 100_000;
    private static final long SEED = 1952;

    private final AbSettings settings;
    private final double[] past;
    private final double difference;

    AbPlanner(AbSettings settings, double[] past, double difference) {
        this.settings = settings;
        this.past = past.clone();
        this.difference = difference;
    }

    /** Days of one arm each. */
    AbPlan assigned() {
        double share = settings.assignment().shareOfB();
        return plan(random -> {
            Contrast contrast = new Contrast(share, settings.level());
            for (long day = 1; day <= LONGEST; day++) {
                Arm arm = random.nextDouble() < share ? Arm.B : Arm.A;
                contrast.add(arm, unit(past[random.nextInt(past.length)] + (arm == Arm.B ? difference : 0)));
                if (!contrast.interval().contains(0)) {
                    return day;
                }
            }
            return Double.POSITIVE_INFINITY;
        });
    }

    /** Days on which the outcomes of both arms are known; the past holds differences, which are centred first. */
    AbPlan paired() {
        double range = settings.high() - settings.low();
        double mean = Arrays.stream(past).average().orElseThrow();
        return plan(random -> {
            ConfidenceSequence sequence = ConfidenceSequence.of(-1, 1, settings.level());
            for (long day = 1; day <= LONGEST; day++) {
                double observed = (past[random.nextInt(past.length)] - mean + difference) / range;
                sequence.add(Math.max(-1, Math.min(1, observed)));
                if (!sequence.interval().contains(0)) {
                    return day;
                }
            }
            return Double.POSITIVE_INFINITY;
        });
    }

    private AbPlan plan(ToDoubleFunction<SplittableRandom> test) {
        double[] days = new double[RUNS];
        SplittableRandom random = new SplittableRandom(SEED);
        for (int run = 0; run < RUNS; run++) {
            days[run] = test.applyAsDouble(random.split());
        }
        Arrays.sort(days);
        return new AbPlan(difference, RUNS, days(days[RUNS / 2 - 1]), days(days[RUNS * 9 / 10 - 1]), LONGEST);
    }

    private static OptionalLong days(double days) {
        return Double.isInfinite(days) ? OptionalLong.empty() : OptionalLong.of((long) days);
    }

    private double unit(double outcome) {
        return Math.max(0, Math.min(1, (outcome - settings.low()) / (settings.high() - settings.low())));
    }
}

package io.github.hybridinference.eval.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.eval.Interval;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No bounds, levels, shares and outcomes that are allowed make a test throw or leave its bounds. */
class AbExtremesTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
    private static final double[][] BOUNDS = {
        {-1, 1},
        {0, Double.MIN_VALUE},
        {1, Math.nextUp(1.0)},
        {-5, 5},
        {-0.1, 0.2},
        {1e16, 1e16 + 2},
        {-1e-300, 3e-300},
        {-Double.MAX_VALUE / 2, Double.MAX_VALUE / 2},
        {-Double.MAX_VALUE, 0},
        {0.1, 0.3},
        {-1e300, 1e-300}
    };
    private static final double[] LEVELS = {Double.MIN_VALUE, 1e-9, 0.5, 0.95, 1 - 1e-9, Math.nextDown(1.0)};
    private static final double[] SHARES = {0.01, 0.1, 0.3, 0.5, 0.7, 0.99};

    private interface Draw {
        double of(double low, double high, SplittableRandom random);
    }

    private static final List<Draw> DRAWS = List.of(
            (low, high, random) -> low,
            (low, high, random) -> high,
            (low, high, random) -> random.nextBoolean() ? low : high,
            (low, high, random) -> Math.min(high, Math.max(low, Math.nextUp(low))),
            (low, high, random) -> Math.min(high, low + (high - low) * random.nextDouble()),
            (low, high, random) -> Math.min(high, low + (high - low) * 0.1));

    @Test
    void theSequenceTakesAllWithinItsBounds() {
        List<String> broken = new ArrayList<>();
        int grids = 0;
        for (double[] bounds : BOUNDS) {
            for (double level : LEVELS) {
                for (Draw draw : DRAWS) {
                    String grid = bounds[0] + " to " + bounds[1] + " at " + level;
                    SplittableRandom random = new SplittableRandom(++grids);
                    try {
                        ConfidenceSequence sequence = ConfidenceSequence.of(bounds[0], bounds[1], level);
                        for (int i = 0; i < 50; i++) {
                            sequence.add(draw.of(bounds[0], bounds[1], random));
                            if (!isWithin(sequence.interval(), bounds[0], bounds[1])) {
                                broken.add(grid + ": " + sequence.interval());
                            }
                        }
                    } catch (IllegalArgumentException thrown) {
                        broken.add(grid + ": " + thrown.getMessage());
                    }
                }
            }
        }
        assertThat(broken.stream().limit(3))
                .as(broken.size() + " faults in " + grids + " grids")
                .isEmpty();
    }

    @Test
    void theComparisonTakesAllWithinItsBounds() {
        List<String> broken = new ArrayList<>();
        int grids = 0;
        for (double[] bounds : BOUNDS) {
            for (double level : LEVELS) {
                for (double share : SHARES) {
                    for (Draw ofA : DRAWS) {
                        for (Draw ofB : DRAWS) {
                            grids++;
                            String fault = fault(bounds, level, share, ofA, ofB, new SplittableRandom(grids));
                            if (!fault.isEmpty()) {
                                broken.add(
                                        bounds[0] + " to " + bounds[1] + " at " + level + ", " + share + ": " + fault);
                            }
                        }
                    }
                }
            }
        }
        assertThat(broken.stream().limit(3))
                .as(broken.size() + " faults in " + grids + " grids")
                .isEmpty();
    }

    private static String fault(
            double[] bounds, double level, double share, Draw ofA, Draw ofB, SplittableRandom random) {
        try {
            AbEstimator estimator = new AbEstimator(share, bounds[0], bounds[1], level);
            for (int day = 0; day < 40; day++) {
                Arm arm = random.nextDouble() < share ? Arm.B : Arm.A;
                Draw draw = arm == Arm.A ? ofA : ofB;
                for (int bar = 0; bar < 2; bar++) {
                    double outcome = draw.of(bounds[0], bounds[1], random);
                    double other = ofB.of(bounds[0], bounds[1], random);
                    estimator.add(new AbOutcome("A", FIRST.plusDays(day), arm, bar > 0, outcome, other, 0));
                }
            }
            double most = bounds[1] - bounds[0];
            return Stream.of(estimator.difference(), estimator.perProtocol(), estimator.paired())
                    .filter(interval -> !isWithin(interval, -most, most))
                    .map(Interval::toString)
                    .collect(Collectors.joining());
        } catch (IllegalArgumentException thrown) {
            return String.valueOf(thrown.getMessage());
        }
    }

    private static boolean isWithin(Interval interval, double low, double high) {
        return low <= interval.low()
                && interval.low() <= interval.value()
                && interval.value() <= interval.high()
                && interval.high() <= high;
    }
}

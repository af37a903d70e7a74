package io.github.hybridinference.eval.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The comparison on simulated arms. */
class AbEstimatorTest {
    private static final int RUNS = 1_000;
    private static final int DAYS = 100;
    private static final String[] SYMBOLS = {"A", "B", "C"};
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
    private static final double LEVEL = 0.95;

    private static AbOutcome outcome(String symbol, LocalDate day, Arm arm, double outcome) {
        return new AbOutcome(symbol, day, arm, false, outcome, Double.NaN, 0);
    }

    /**
     * A simulated market of the unpleasant kind: a mood that lasts for weeks and moves all symbols alike, and bars of a
     * day that resemble each other. Outcomes lie in [0, 1].
     */
    private static final class Market {
        private final SplittableRandom random;
        private final double shareOfB;
        private final AbEstimator tally;
        private final double gainOfB;
        private final NaiveTest naive = new NaiveTest();
        private double mood;
        boolean alarm;
        boolean naiveAlarm;

        Market(int seed, double shareOfB, double gainOfB) {
            random = new SplittableRandom(seed);
            this.shareOfB = shareOfB;
            tally = new AbEstimator(shareOfB, 0, 1, LEVEL);
            this.gainOfB = gainOfB;
        }

        Market run(int days) {
            for (int day = 0; day < days; day++) {
                mood = 0.9 * mood + 0.1 * random.nextDouble(-1, 1);
                for (String symbol : SYMBOLS) {
                    trade(symbol, FIRST.plusDays(day));
                }
            }
            return this;
        }

        private void trade(String symbol, LocalDate day) {
            Arm arm = random.nextDouble() < shareOfB ? Arm.B : Arm.A;
            double ofDay = 0.5 + mood + 0.2 * random.nextDouble(-1, 1) + (arm == Arm.B ? gainOfB : 0);
            for (int bar = 0; bar < 2; bar++) {
                double outcome = Math.max(0, Math.min(1, ofDay + 0.1 * random.nextDouble(-1, 1)));
                tally.add(outcome(symbol, day, arm, outcome));
                naive.add(arm, outcome);
                alarm |= !tally.difference().contains(0);
                naiveAlarm |= naive.sees();
            }
        }
    }

    /** The comparison of two means that is in every textbook, at 95 %, made after every observation. */
    private static final class NaiveTest {
        private final double[] n = new double[2];
        private final double[] sum = new double[2];
        private final double[] squares = new double[2];

        void add(Arm arm, double x) {
            n[arm.ordinal()]++;
            sum[arm.ordinal()] += x;
            squares[arm.ordinal()] += x * x;
        }

        boolean sees() {
            if (Math.min(n[0], n[1]) < 30) {
                return false;
            }
            return Math.abs(sum[0] / n[0] - sum[1] / n[1]) > 1.96 * Math.sqrt(varianceOfMean(0) + varianceOfMean(1));
        }

        private double varianceOfMean(int arm) {
            double mean = sum[arm] / n[arm];
            return (squares[arm] / n[arm] - mean * mean) / n[arm];
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.1})
    void raisesFewFalseAlarmsThoughLookedAtAfterEveryObservation(double shareOfB) {
        int alarms = 0;
        int naiveAlarms = 0;
        for (int run = 0; run < RUNS; run++) {
            Market market = new Market(run, shareOfB, 0).run(DAYS);
            alarms += market.alarm ? 1 : 0;
            naiveAlarms += market.naiveAlarm ? 1 : 0;
        }
        assertThat(alarms).isLessThanOrEqualTo((int) Math.round(RUNS * (1 - LEVEL)));
        assertThat(naiveAlarms)
                .as("the market is one in which an ordinary test cries wolf")
                .isGreaterThan(RUNS / 4);
    }

    @Test
    void findsAPlantedDifference() {
        int found = 0;
        for (int run = 0; run < 40; run++) {
            Market market = new Market(run, 0.5, 0.15).run(500);
            assertThat(market.tally.better()).isNotEqualTo(Optional.of(Arm.A));
            found += market.tally.better().isPresent() ? 1 : 0;
        }
        assertThat(found).isGreaterThanOrEqualTo(38);
    }

    @Test
    void coversThePlantedDifference() {
        int missed = 0;
        for (int run = 0; run < 200; run++) {
            missed += new Market(run, 0.3, -0.1).run(DAYS).tally.difference().contains(-0.1) ? 0 : 1;
        }
        assertThat(missed).isLessThanOrEqualTo(10);
    }

    @Test
    void countsADayWhenTheSymbolsNextButOneBegins() {
        AbEstimator tally = new AbEstimator(0.5, 0, 1, LEVEL);
        tally.add(outcome("A", FIRST, Arm.A, 0.2));
        tally.add(outcome("A", FIRST.plusDays(1), Arm.B, 0.9));
        tally.add(outcome("A", FIRST, Arm.A, 0.6)); // held over midnight
        tally.add(outcome("B", FIRST.plusDays(2), Arm.B, 1));
        assertThat(tally.days(Arm.A)).isZero();
        tally.add(outcome("A", FIRST.plusDays(2), Arm.B, 0.9));
        assertThat(tally.days(Arm.A)).isEqualTo(1);
        assertThat(tally.mean(Arm.A)).isEqualTo(0.4, within(1e-12));
        assertThat(tally.days(Arm.B)).isZero();
        assertThat(tally.outcomes(Arm.B)).isEqualTo(3);
        tally.countOpenDays();
        assertThat(tally.days(Arm.B)).isEqualTo(3);
    }

    @Test
    void leavesOutWhatComesAfterItsDayWasCounted() {
        AbEstimator tally = new AbEstimator(0.5, 0, 1, LEVEL);
        for (int day = 1; day < 4; day++) {
            tally.add(outcome("A", FIRST.plusDays(day), Arm.A, 0.2));
        }
        tally.add(outcome("A", FIRST, Arm.B, 0.9));
        tally.add(outcome("A", FIRST.plusDays(1), Arm.B, 0.9));
        assertThat(tally.late()).isEqualTo(2);
        assertThat(tally.outcomes(Arm.B)).isZero();
    }

    @Test
    void isNotStoppedByAnOutcomeOfTheFarFuture() {
        AbEstimator tally = new AbEstimator(0.5, 0, 1, LEVEL);
        for (int day = 0; day < 10; day++) {
            tally.add(outcome("A", FIRST.plusDays(day), Arm.A, 0.2));
            if (day == 4) {
                tally.add(outcome("A", LocalDate.of(9999, 12, 31), Arm.B, 0.9));
            }
            tally.add(outcome("A", FIRST.plusDays(day), Arm.A, 0.4));
        }
        assertThat(tally.late()).isZero();
        assertThat(tally.outcomes(Arm.A)).isEqualTo(20);
        assertThat(tally.days(Arm.A)).isGreaterThanOrEqualTo(8);
        assertThat(tally.mean(Arm.A)).isEqualTo(0.3, within(1e-12));
    }

    @Test
    void comparesBothOutcomesOfABarWhereTheyAreKnown() {
        AbEstimator tally = new AbEstimator(0.5, 0, 1, LEVEL);
        SplittableRandom random = new SplittableRandom(5);
        for (int day = 0; day < 2_000; day++) {
            double market = random.nextDouble(0.1, 0.9);
            boolean isB = random.nextBoolean();
            tally.add(new AbOutcome(
                    "A",
                    FIRST.plusDays(day),
                    isB ? Arm.B : Arm.A,
                    false,
                    isB ? market + 0.05 : market,
                    isB ? market : market + 0.05,
                    0));
        }
        assertThat(tally.paired().contains(0.05)).isTrue();
        assertThat(tally.paired().low()).isPositive();
        // the assignment does not know the market's part
        assertThat(tally.paired().high() - tally.paired().low())
                .isLessThan((tally.difference().high() - tally.difference().low()) / 4);
        assertThat(tally.pairedDays()).isEqualTo(1_998);
    }

    @Test
    void remembersWhatItFound() {
        AbEstimator tally = new AbEstimator(0.5, 0, 1, LEVEL);
        int day = 0;
        while (tally.better().isEmpty()) {
            tally.add(outcome("A", FIRST.plusDays(day), day % 2 == 0 ? Arm.A : Arm.B, day % 2));
            day++;
        }
        long after = tally.betterAfter();
        for (int i = 0; i < 1_000; i++, day++) {
            tally.add(outcome("A", FIRST.plusDays(day), day % 2 == 0 ? Arm.A : Arm.B, 1 - day % 2));
        }
        assertThat(tally.better()).contains(Arm.B);
        assertThat(tally.betterAfter()).isEqualTo(after);
    }
}

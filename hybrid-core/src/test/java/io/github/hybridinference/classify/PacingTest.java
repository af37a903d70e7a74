package io.github.hybridinference.classify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.budget.PriceTable;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RuleVerdict;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Scenario.Reason;
import io.github.hybridinference.model.Timeframe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Weeks at DeepSeek's hours: a budget that is spread by worth keeps more changes than one that is spread evenly. */
class PacingTest {
    private static final long START = Instant.parse("2026-09-14T00:00:00Z").toEpochMilli();
    private static final long HOUR_MS = 3_600_000;
    private static final long DAY_MS = 24 * HOUR_MS;
    private static final int WEEKS = 40;
    private static final long OFF_PEAK = price(START + 12 * HOUR_MS);
    private static final long BUDGET = 60 * OFF_PEAK; // of 240 scenarios a day
    private static final RouterModel MODEL =
            Routers.changed(text -> text.replace("[0.1, 0.3, 0.5, 0.7, 0.9]", evenly(20)));

    /** With log odds of (RSI - 50) / 10, and whether the model changes the decision. */
    private record Question(long time, double probability, boolean change) {}

    private static String evenly(int quantiles) {
        return IntStream.range(0, quantiles)
                .mapToObj(i -> String.valueOf(0.02 + 0.96 * (i + 0.5) / quantiles))
                .toList()
                .toString();
    }

    private static long price(long ms) {
        return PriceTable.standard()
                .costNanoUsd("deepseek-flash", 0, 285, 53, Instant.ofEpochMilli(ms))
                .orElseThrow();
    }

    /** Ten an hour, probabilities of a change as the router's file says: evenly spread. */
    private static List<Question> questions() {
        SplittableRandom random = new SplittableRandom(11);
        List<Question> questions = new ArrayList<>();
        for (int hour = 0; hour < WEEKS * 7 * 24; hour++) {
            for (int i = 0; i < 10; i++) {
                double probability = 0.02 + 0.96 * random.nextDouble();
                questions.add(new Question(
                        START + hour * HOUR_MS + i * HOUR_MS / 10, probability, random.nextDouble() < probability));
            }
        }
        return questions;
    }

    private static final class Account {
        private final double[] keptInWeek = new double[WEEKS];
        private long spent;

        void ask(Question question) {
            spent += price(question.time);
            keptInWeek[(int) ((question.time - START) / (7 * DAY_MS))] += question.change ? 1 : 0;
        }
    }

    private static Account paced(List<Question> questions) {
        long[] left = {BUDGET};
        LearnedClassifier classifier = ScenarioClassifier.learned(MODEL)
                .over((snapshot, verdict) -> Scenario.complex(Reason.UNDECIDED))
                .valuing(1e6, ms -> 0)
                .exploring(0, 0)
                .pacing(PacingTest::price, ms -> left[0], 1);
        Account account = new Account();
        for (Question question : questions) {
            if ((question.time - START) % DAY_MS == 0) {
                left[0] = BUDGET;
            }
            if ((question.time - START) % DAY_MS == 23 * HOUR_MS) {
                assertThat(left[0]).as("left for the last hour").isGreaterThanOrEqualTo(OFF_PEAK);
            }
            double odds = question.probability / (1 - question.probability);
            MarketSnapshot snapshot = MarketSnapshot.builder("X", Timeframe.H1)
                    .rsi(50 + 10 * Math.log(odds))
                    .time(Instant.ofEpochMilli(question.time))
                    .build();
            if (classifier.classify(snapshot, RuleVerdict.noData()).isComplex()) {
                left[0] -= price(question.time);
                assertThat(left[0]).isNotNegative(); // never a BUDGET
                account.ask(question);
            }
        }
        return account;
    }

    /** Each hour brings as much money; what is worth asking is known to it, the price is not. */
    private static Account uniform(List<Question> questions, double budget, double threshold) {
        Account account = new Account();
        double saved = 0;
        for (Question question : questions) {
            saved += budget / 240;
            if (question.probability >= threshold && saved >= price(question.time)) {
                saved -= price(question.time);
                account.ask(question);
            }
        }
        return account;
    }

    @Test
    void keepsMoreChangesThanAUniformPaceAtEqualSpend() {
        List<Question> questions = questions();
        Account paced = paced(questions);
        assertThat(paced.spent).isGreaterThan(7L * WEEKS * BUDGET * 9 / 10);

        for (double threshold : new double[] {0, 0.5, 0.7, 0.75, 0.8}) {
            Account uniform = uniform(questions, (double) paced.spent / (7 * WEEKS), threshold);
            for (double more = 1; uniform.spent < paced.spent && more < 1.3; more += 0.005) {
                uniform = uniform(questions, more * paced.spent / (7 * WEEKS), threshold);
            }
            double[] gained = new double[WEEKS];
            double mean = 0;
            for (int week = 0; week < WEEKS; week++) {
                gained[week] = paced.keptInWeek[week] - uniform.keptInWeek[week];
                mean += gained[week] / WEEKS;
            }
            double squares = 0;
            for (double week : gained) {
                squares += (week - mean) * (week - mean);
            }
            double error = Math.sqrt(squares / (WEEKS - 1) / WEEKS);
            assertThat(mean - 2 * error)
                    .as("changes a week more than with threshold %s", threshold)
                    .isPositive();
        }
    }
}

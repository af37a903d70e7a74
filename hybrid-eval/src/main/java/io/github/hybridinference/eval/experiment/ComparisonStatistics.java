package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.eval.EvidenceFigures;
import io.github.hybridinference.eval.experiment.ComparisonReport.OneModel;
import io.github.hybridinference.eval.experiment.ComparisonReport.Pair;
import io.github.hybridinference.eval.experiment.ComparisonReport.Test;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.TradingSignal;
import io.github.hybridinference.model.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Computes the figures of a comparison from all answers, one row a question, the benchmarks after the candidates. */
final class ComparisonStatistics {
    private static final int TESTS = 3;

    private final Exam exam;
    private final List<ExamQuestion> questions;
    private final List<Candidate> candidates;
    private final List<ExamAnswer[]> answers;
    private final List<Integer> independent;
    private final List<double[]> returns = new ArrayList<>();

    ComparisonStatistics(Exam exam, List<Candidate> candidates, List<ExamAnswer[]> answers) {
        this.exam = exam;
        this.questions = exam.questions();
        this.candidates = candidates;
        this.answers = answers;
        this.independent = exam.independent();
        Netting netting = new Netting(questions);
        for (int i = 0; i < candidates.size() + Benchmark.values().length; i++) {
            int candidate = i;
            returns.add(netting.returns(answers.stream()
                    .map(row -> row[candidate].signal())
                    .map(signal -> signal == null ? null : signal.action())
                    .toArray(Action[]::new)));
        }
    }

    ComparisonReport report() {
        List<OneModel> models = new ArrayList<>();
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < returns.size(); i++) {
            models.add(model(i));
            // benchmarks are not compared with each other: the more tests, the less each can show
            for (int j = i + 1; i < candidates.size() && j < returns.size(); j++) {
                pairs.add(pair(i, j));
            }
        }
        return new ComparisonReport(questions.size(), exam.unjudged(), independent.size(), models, corrected(pairs));
    }

    private OneModel model(int candidate) {
        Map<Degradation, Integer> failures = new EnumMap<>(Degradation.class);
        LatencyWindow latencies = new LatencyWindow();
        List<TradingSignal> signals = new ArrayList<>();
        Usage usage = Usage.NONE;
        RunningMean holds = new RunningMean();
        RunningMean hits = new RunningMean();
        RunningMean errors = new RunningMean();
        RunningMean mean = new RunningMean();
        for (int q = 0; q < questions.size(); q++) {
            ExamQuestion question = questions.get(q);
            ExamAnswer answer = answers.get(q)[candidate];
            usage = usage.plus(answer.usage());
            TradingSignal signal = answer.signal();
            if (signal == null) {
                failures.merge(answer.failure() == null ? Degradation.INTERNAL : answer.failure(), 1, Integer::sum);
                continue;
            }
            signals.add(signal);
            double nanos = candidate < candidates.size()
                    ? candidates.get(candidate).latencyNanos(question, answer.nanos())
                    : Double.NaN;
            if (!Double.isNaN(nanos)) {
                latencies.add((long) nanos);
            }
            mean.add(returns.get(candidate)[q]);
            holds.add(signal.action() == Action.HOLD ? 1 : 0);
            if (signal.action() != Action.HOLD) {
                hits.add(question.isHit(signal.action()) ? 1 : 0);
                errors.add(question.squaredError(signal));
            }
        }
        return new OneModel(
                name(candidate),
                mean.count,
                failures,
                holds.value(),
                hits.value(),
                errors.value(),
                mean.value(),
                usage.costNanoUsd(),
                latencies.quantile(0.5),
                latencies.quantile(0.99),
                EvidenceFigures.of(signals));
    }

    private String name(int candidate) {
        return candidate < candidates.size()
                ? candidates.get(candidate).name()
                : Benchmark.values()[candidate - candidates.size()].label();
    }

    private Pair pair(int first, int second) {
        RunningMean agreement = new RunningMean();
        for (ExamAnswer[] row : answers) {
            TradingSignal one = row[first].signal();
            TradingSignal other = row[second].signal();
            if (one != null && other != null) {
                agreement.add(one.action() == other.action() ? 1 : 0);
            }
        }
        Differences returned = differences(first, second, false, (q, c, s) -> returns.get(c)[q]);
        Differences hits =
                differences(first, second, true, (q, c, s) -> questions.get(q).isHit(s.action()) ? 1 : 0);
        Differences errors =
                differences(first, second, true, (q, c, s) -> -questions.get(q).squaredError(s));
        int firstOnly = (int) hits.each.stream().filter(d -> d > 0).count();
        int secondOnly = (int) hits.each.stream().filter(d -> d < 0).count();
        double hitsP = hits.each.isEmpty() ? Double.NaN : HypothesisTests.mcNemar(firstOnly, secondOnly);
        return new Pair(
                name(first),
                name(second),
                agreement.count,
                agreement.value(),
                returned.ofMean(),
                hits.test(hitsP),
                errors.ofMean());
    }

    private interface Score {
        double of(int question, int candidate, TradingSignal signal);
    }

    /** First less second. */
    private static final class Differences {
        /** One for each question. */
        private final List<Double> each = new ArrayList<>();

        /** Those of several symbols at the same time added up, as they fall together. */
        private final Map<Instant, Double> byTime = new LinkedHashMap<>();

        void add(Instant time, double difference) {
            each.add(difference);
            byTime.merge(time, difference, Double::sum);
        }

        Test test(double p) {
            return new Test(
                    each.size(),
                    each.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN),
                    p,
                    p);
        }

        Test ofMean() {
            return test(HypothesisTests.mean(
                    byTime.values().stream().mapToDouble(Double::doubleValue).toArray()));
        }
    }

    /** On the independent questions that both answered, or on which both would have acted. */
    private Differences differences(int first, int second, boolean acting, Score score) {
        Differences differences = new Differences();
        for (int q : independent) {
            TradingSignal one = answers.get(q)[first].signal();
            TradingSignal other = answers.get(q)[second].signal();
            if (one != null && other != null && !(acting && (isHold(one) || isHold(other)))) {
                differences.add(
                        questions.get(q).entry().barTime(), score.of(q, first, one) - score.of(q, second, other));
            }
        }
        return differences;
    }

    private static boolean isHold(TradingSignal signal) {
        return signal.action() == Action.HOLD;
    }

    /** All tests of a report are one family. */
    private static List<Pair> corrected(List<Pair> pairs) {
        double[] values = pairs.stream()
                .flatMap(pair -> List.of(pair.returns(), pair.hits(), pair.squaredErrors()).stream())
                .mapToDouble(Test::p)
                .toArray();
        double[] adjusted = HypothesisTests.holm(values);
        List<Pair> corrected = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            Pair pair = pairs.get(i);
            corrected.add(new Pair(
                    pair.first(),
                    pair.second(),
                    pair.both(),
                    pair.agreement(),
                    corrected(pair.returns(), adjusted[TESTS * i]),
                    corrected(pair.hits(), adjusted[TESTS * i + 1]),
                    corrected(pair.squaredErrors(), adjusted[TESTS * i + 2])));
        }
        return List.copyOf(corrected);
    }

    private static Test corrected(Test test, double adjustedP) {
        return new Test(test.observations(), test.advantage(), test.p(), adjustedP);
    }
}

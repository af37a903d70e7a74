package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.eval.EvidenceFigures;
import io.github.hybridinference.eval.experiment.ComparisonReport.OneModel;
import io.github.hybridinference.eval.experiment.ComparisonReport.Pair;
import io.github.hybridinference.eval.experiment.ComparisonReport.Test;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.TradingSignal;
import io.github.hybridinference.model.Usage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Computes the figures of a comparison from all answers, one row a question. */
final class ComparisonStatistics {
    private static final int TESTS = 3;

    private final Exam exam;
    private final List<ExamQuestion> questions;
    private final List<Candidate> candidates;
    private final List<ExamAnswer[]> answers;
    private final List<Integer> independent;

    ComparisonStatistics(Exam exam, List<Candidate> candidates, List<ExamAnswer[]> answers) {
        this.exam = exam;
        this.questions = exam.questions();
        this.candidates = candidates;
        this.answers = answers;
        this.independent = exam.independent();
    }

    ComparisonReport report() {
        List<OneModel> models = new ArrayList<>();
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            models.add(model(i));
            for (int j = i + 1; j < candidates.size(); j++) {
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
        RunningMean returns = new RunningMean();
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
            double nanos = candidates.get(candidate).latencyNanos(question, answer.nanos());
            if (!Double.isNaN(nanos)) {
                latencies.add((long) nanos);
            }
            returns.add(question.netReturn(signal.action()));
            holds.add(signal.action() == Action.HOLD ? 1 : 0);
            if (signal.action() != Action.HOLD) {
                hits.add(question.isHit(signal.action()) ? 1 : 0);
                errors.add(question.squaredError(signal));
            }
        }
        return new OneModel(
                candidates.get(candidate).name(),
                returns.count,
                failures,
                holds.value(),
                hits.value(),
                errors.value(),
                returns.value(),
                usage.costNanoUsd(),
                latencies.quantile(0.5),
                latencies.quantile(0.99),
                EvidenceFigures.of(signals));
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
        double[] returns = differences(first, second, false, (q, s) -> q.netReturn(s.action()));
        double[] hits = differences(first, second, true, (q, s) -> q.isHit(s.action()) ? 1 : 0);
        double[] errors = differences(first, second, true, (q, s) -> -q.squaredError(s));
        int firstOnly = (int) Arrays.stream(hits).filter(d -> d > 0).count();
        int secondOnly = (int) Arrays.stream(hits).filter(d -> d < 0).count();
        double hitsP = hits.length == 0 ? Double.NaN : HypothesisTests.mcNemar(firstOnly, secondOnly);
        return new Pair(
                candidates.get(first).name(),
                candidates.get(second).name(),
                agreement.count,
                agreement.value(),
                test(returns, HypothesisTests.wilcoxon(returns)),
                test(hits, hitsP),
                test(errors, HypothesisTests.wilcoxon(errors)));
    }

    private interface Score {
        double of(ExamQuestion question, TradingSignal signal);
    }

    /** First less second on the independent questions that both answered, or on which both would have acted. */
    private double[] differences(int first, int second, boolean acting, Score score) {
        return independent.stream()
                .filter(q -> counts(answers.get(q)[first].signal(), acting)
                        && counts(answers.get(q)[second].signal(), acting))
                .mapToDouble(q -> score(score, q, first) - score(score, q, second))
                .toArray();
    }

    private double score(Score score, int question, int candidate) {
        TradingSignal signal = answers.get(question)[candidate].signal();
        return signal == null ? Double.NaN : score.of(questions.get(question), signal);
    }

    private static boolean counts(@Nullable TradingSignal signal, boolean acting) {
        return signal != null && !(acting && signal.action() == Action.HOLD);
    }

    private static Test test(double[] differences, double p) {
        return new Test(differences.length, Arrays.stream(differences).average().orElse(Double.NaN), p, p);
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

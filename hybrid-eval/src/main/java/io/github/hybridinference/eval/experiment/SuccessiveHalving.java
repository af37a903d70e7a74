package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.eval.experiment.SearchReport.Holdout;
import io.github.hybridinference.eval.experiment.SearchReport.Round;
import io.github.hybridinference.eval.experiment.SearchReport.Standing;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.TradingSignal;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.RemoteModel;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One search by successive halving, with the final comparison on the holdout. The benchmarks answer all questions, cost nothing
 * and take no variant's place; the best of them competes with the last variant.
 */
final class SuccessiveHalving implements AutoCloseable {
    private static final long SEED = 2013;

    /** A benchmark has to be better than a prompt, not equal. */
    private static final Comparator<Runner> BEST_FIRST = Comparator.comparingDouble((Runner runner) -> -runner.mean)
            .thenComparing(runner -> runner.model == null)
            .thenComparing(runner -> runner.name);

    private final Examiner examiner;
    private final List<Runner> runners = new ArrayList<>();
    private final List<Runner> benchmarks = new ArrayList<>();
    private Usage usage = Usage.NONE;
    private boolean spent;

    SuccessiveHalving(List<PromptVariant> variants, Function<PromptVariant, RemoteModel> asking, Examiner examiner) {
        this.examiner = examiner;
        for (PromptVariant variant : variants) {
            runners.add(new Runner(variant.name(), asking.apply(variant)));
        }
        for (Benchmark benchmark : Benchmark.values()) {
            benchmarks.add(new Runner(benchmark.label(), null));
        }
    }

    SearchReport search(Exam training, Exam holdout, HoldoutLedger ledger, int asks) throws IOException {
        List<ExamQuestion> questions = new ArrayList<>(training.questions());
        Collections.shuffle(questions, new Random(SEED)); // so that each round covers the whole period
        Runner baseline = runners.get(0);
        List<Runner> left = new ArrayList<>(runners);
        List<Round> rounds = new ArrayList<>();
        int plannedRounds = 32 - Integer.numberOfLeadingZeros(left.size() - 1); // ⌈log₂ n⌉
        int asked = 0;
        while (left.size() > 1 && !spent) {
            int each = Math.max(1, asks / (plannedRounds * left.size()));
            int until = Math.min(questions.size(), asked + each);
            ask(left, questions.subList(asked, until));
            asked = until;
            score(left);
            left.sort(BEST_FIRST);
            int kept = spent ? left.size() : (left.size() + 1) / 2;
            rounds.add(round(left, asked, kept));
            left = new ArrayList<>(left.subList(0, kept));
        }
        Optional<Runner> winner = spent
                ? Optional.empty()
                : Stream.concat(left.stream(), benchmarks.stream()).min(BEST_FIRST);
        Optional<Holdout> look = Optional.empty();
        if (winner.isPresent() && winner.get() != baseline) {
            ledger.looked(holdout); // first, so that a comparison that is interrupted counts too
            look = Optional.of(look(winner.get(), baseline, holdout));
        }
        return new SearchReport(
                training.size(),
                holdout.size(),
                List.copyOf(rounds),
                winner.map(runner -> runner.name),
                baseline.name,
                look,
                usage.costNanoUsd());
    }

    private void ask(List<Runner> left, List<ExamQuestion> questions) {
        for (ExamQuestion question : questions) {
            if (spent) {
                return;
            }
            ask(question, left);
        }
    }

    /** Keeps each answer; where a model fails, that of the rules. */
    private void ask(ExamQuestion question, List<Runner> asked) {
        List<Runner> prompts =
                asked.stream().filter(runner -> runner.model != null).toList();
        RemoteModel[] models = prompts.stream().map(runner -> runner.model).toArray(RemoteModel[]::new);
        ExamAnswer[] answers = models.length == 0 ? new ExamAnswer[0] : examiner.ask(question, models);
        for (int i = 0; i < answers.length; i++) {
            usage = usage.plus(answers[i].usage());
            spent |= answers[i].failure() == Degradation.BUDGET
                    || answers[i].failure() == Degradation.BUDGET_UNREACHABLE;
            TradingSignal signal = answers[i].signal();
            prompts.get(i).failures += signal == null ? 1 : 0;
            prompts.get(i).answers.put(question, signal == null ? question.rules() : signal.action());
        }
        for (int i = 0; i < benchmarks.size(); i++) {
            benchmarks
                    .get(i)
                    .answers
                    .put(question, Benchmark.values()[i].answer(question).action());
        }
    }

    private void score(List<Runner> left) {
        for (Runner runner : Stream.concat(left.stream(), benchmarks.stream()).toList()) {
            List<ExamQuestion> answered = runner.answers.keySet().stream()
                    .sorted(Comparator.comparing(question -> question.entry().barTime()))
                    .toList();
            runner.mean = Arrays.stream(runner.returns(answered)).average().orElse(Double.NaN);
        }
    }

    private Round round(List<Runner> ranked, int questions, int kept) {
        List<Runner> out = ranked.subList(kept, ranked.size());
        List<Standing> standings = Stream.concat(ranked.stream(), benchmarks.stream())
                .sorted(BEST_FIRST)
                .map(runner -> new Standing(runner.name, runner.mean, runner.failures, !out.contains(runner)))
                .toList();
        return new Round(questions, standings);
    }

    private Holdout look(Runner winner, Runner baseline, Exam holdout) {
        List<ExamQuestion> answered = new ArrayList<>();
        for (ExamQuestion question : holdout.questions()) {
            if (!spent) {
                ask(question, List.of(winner, baseline));
                answered.add(question);
            }
        }
        double[] ofWinner = winner.returns(answered);
        double[] ofBaseline = baseline.returns(answered);
        RunningMean advantage = new RunningMean();
        Map<Instant, Double> byTime = new LinkedHashMap<>();
        List<Integer> independent = holdout.independent();
        for (int q : independent) {
            if (q < answered.size()) {
                double difference = ofWinner[q] - ofBaseline[q];
                advantage.add(difference);
                byTime.merge(answered.get(q).entry().barTime(), difference, Double::sum);
            }
        }
        double[] differences =
                byTime.values().stream().mapToDouble(Double::doubleValue).toArray();
        return new Holdout(
                independent.size(),
                Arrays.stream(ofWinner).average().orElse(Double.NaN),
                Arrays.stream(ofBaseline).average().orElse(Double.NaN),
                advantage.value(),
                spent ? Double.NaN : HypothesisTests.mean(differences));
    }

    /** Closes the models that can be closed. */
    @Override
    public void close() {
        for (Runner runner : runners) {
            if (runner.model instanceof AutoCloseable closeable) {
                try {
                    closeable.close();
                } catch (Exception afterTheWork) {
                    // the search is complete, and its result does not depend on this
                }
            }
        }
    }

    private static final class Runner {
        private final String name;
        private final @Nullable RemoteModel model;
        private final Map<ExamQuestion, Action> answers = new HashMap<>();
        private double mean = Double.NaN;
        private int failures;

        Runner(String name, @Nullable RemoteModel model) {
            this.name = name;
            this.model = model;
        }

        double[] returns(List<ExamQuestion> questions) {
            return new Netting(questions)
                    .returns(questions.stream().map(answers::get).toArray(Action[]::new));
        }
    }
}

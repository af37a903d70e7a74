package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.eval.experiment.SearchReport.Holdout;
import io.github.hybridinference.eval.experiment.SearchReport.Round;
import io.github.hybridinference.eval.experiment.SearchReport.Standing;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.TradingSignal;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.RemoteModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** One search by successive halving, with the final comparison on the holdout. */
final class SuccessiveHalving implements AutoCloseable {
    private static final long SEED = 2013;

    private final Examiner examiner;
    private final List<Runner> runners = new ArrayList<>();
    private Usage usage = Usage.NONE;
    private boolean spent;

    SuccessiveHalving(List<PromptVariant> variants, Function<PromptVariant, RemoteModel> asking, Examiner examiner) {
        this.examiner = examiner;
        for (PromptVariant variant : variants) {
            runners.add(new Runner(variant.name(), asking.apply(variant)));
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
            left.sort(Comparator.comparingDouble((Runner runner) -> -runner.gained.value())
                    .thenComparing(runner -> runner.name));
            int kept = spent ? left.size() : (left.size() + 1) / 2;
            rounds.add(round(left, asked, kept));
            left = new ArrayList<>(left.subList(0, kept));
        }
        Optional<Runner> winner = spent ? Optional.empty() : Optional.of(left.get(0));
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
            double[] gains = gains(question, left);
            for (int i = 0; i < gains.length; i++) {
                left.get(i).gained.add(gains[i]);
            }
        }
    }

    /** The net return of each answer; where a model fails, that of the rules. */
    private double[] gains(ExamQuestion question, List<Runner> asked) {
        RemoteModel[] models = asked.stream().map(runner -> runner.model).toArray(RemoteModel[]::new);
        ExamAnswer[] answers = examiner.ask(question, models);
        double[] gains = new double[answers.length];
        for (int i = 0; i < answers.length; i++) {
            usage = usage.plus(answers[i].usage());
            spent |= answers[i].failure() == Degradation.BUDGET
                    || answers[i].failure() == Degradation.BUDGET_UNREACHABLE;
            TradingSignal signal = answers[i].signal();
            asked.get(i).failures += signal == null ? 1 : 0;
            gains[i] = question.netReturn(
                    signal == null ? question.entry().rules().signal().action() : signal.action());
        }
        return gains;
    }

    private static Round round(List<Runner> ranked, int questions, int kept) {
        List<Standing> standings = new ArrayList<>();
        for (int i = 0; i < ranked.size(); i++) {
            Runner runner = ranked.get(i);
            standings.add(new Standing(runner.name, runner.gained.value(), runner.failures, i < kept));
        }
        return new Round(questions, List.copyOf(standings));
    }

    private Holdout look(Runner winner, Runner baseline, Exam holdout) {
        RunningMean ofWinner = new RunningMean();
        RunningMean ofBaseline = new RunningMean();
        double[] differences = new double[holdout.size()];
        for (int q = 0; q < holdout.size() && !spent; q++) {
            double[] gains = gains(holdout.questions().get(q), List.of(winner, baseline));
            ofWinner.add(gains[0]);
            ofBaseline.add(gains[1]);
            differences[q] = gains[0] - gains[1];
        }
        double[] independent =
                holdout.independent().stream().mapToDouble(q -> differences[q]).toArray();
        RunningMean advantage = new RunningMean();
        for (double difference : independent) {
            advantage.add(difference);
        }
        double p = spent ? Double.NaN : HypothesisTests.wilcoxon(independent);
        return new Holdout(independent.length, ofWinner.value(), ofBaseline.value(), advantage.value(), p);
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
        private final RemoteModel model;
        private final RunningMean gained = new RunningMean();
        private int failures;

        Runner(String name, RemoteModel model) {
            this.name = name;
            this.model = model;
        }
    }
}

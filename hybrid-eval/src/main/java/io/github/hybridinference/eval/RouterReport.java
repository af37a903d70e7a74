package io.github.hybridinference.eval;

import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.classify.ScenarioClassifier;
import io.github.hybridinference.eval.journal.FreshAnswers;
import io.github.hybridinference.local.LocalRuleModel;
import io.github.hybridinference.model.RuleVerdict;
import io.github.hybridinference.model.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What asking the model would be worth on bars drawn at random, plain ones included, and what each share of bars for the model
 * costs and earns. The bars that the classifier sends to the model are judged by {@link CallWorth}, all of them.
 *
 * @param sampled number of bars on which both answered
 * @param unanswered number of sampled bars for which the model gave no usable answer
 * @param changed number of bars on which the action of the model differed from that of the rules
 * @param worth mean return difference over the horizon, model minus rules, over the changed bars, after the netted cost: what
 *     the portfolio would pay more if only this decision of the rules were replaced
 * @param costUsd what the answers cost, NaN if a price is unknown
 * @param curve result and cost against the share of bars that goes to the model
 * @since 0.1.0
 */
public record RouterReport(
        int sampled, int unanswered, int changed, Interval worth, double costUsd, List<Point> curve) {
    private static final int STEPS = 10;
    private static final double NANO = 1e-9;

    /**
     * A point of the routing curve.
     *
     * @param modelShare the share of sampled bars that goes to the model, with thresholds calibrated for it
     * @param meanReturn mean return of a decision over the horizon after the netted cost
     * @param costPer1000BarsUsd what the model's answers cost, for 1,000 bars
     */
    public record Point(double modelShare, Interval meanReturn, double costPer1000BarsUsd) {}

    private record Sample(int bar, double rules, double model, boolean changed, OptionalLong costNanoUsd) {}

    /**
     * Evaluates rules and model on a sample of bars.
     *
     * @param history the bars
     * @param answers asks the model
     * @param horizonBars the horizon in bars
     * @param costBps the cost of changing the position, in basis points
     * @param size how many bars to ask about, drawn at random from those that can be judged
     * @param progress receives the number of bars done
     * @return the report
     */
    public static RouterReport of(
            History history, FreshAnswers answers, int horizonBars, double costBps, int size, IntConsumer progress) {
        List<RuleVerdict> verdicts = history.verdicts(LocalRuleModel.standard());
        int[] bars = draw(history, verdicts, horizonBars, size);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < bars.length; i++) {
            int bar = bars[i];
            double move = history.forwardReturn(bar, horizonBars);
            int rules = side(verdicts, bar);
            int before = side(verdicts, bar - horizonBars);
            int after = side(verdicts, bar + horizonBars);
            answers.to(Anonymizer.standard().anonymize(history.questions().get(bar)))
                    .ifPresent(answer -> {
                        int model = Decided.sideOf(answer.signal().action());
                        samples.add(new Sample(
                                bar,
                                SourceEvaluator.nettedReturn(rules, rules, before, after, move, costBps),
                                SourceEvaluator.nettedReturn(model, rules, before, after, move, costBps),
                                rules != model,
                                answer.provenance().usage().costNanoUsd()));
                    });
            progress.accept(i + 1);
        }
        return new Maker(history, verdicts, samples).report(bars.length - samples.size());
    }

    /** What the rules decide at a bar: the neighbours in time of a sampled decision. */
    private static int side(List<RuleVerdict> verdicts, int bar) {
        return bar >= 0 && bar < verdicts.size() && verdicts.get(bar).hasData()
                ? Decided.sideOf(verdicts.get(bar).action())
                : 0;
    }

    private static int[] draw(History history, List<RuleVerdict> verdicts, int horizonBars, int size) {
        int[] all = IntStream.range(0, history.size())
                .filter(bar -> verdicts.get(bar).hasData()
                        && !history.questions().get(bar).isWarmingUp()
                        && !Double.isNaN(history.forwardReturn(bar, horizonBars)))
                .toArray();
        SplittableRandom random = new SplittableRandom(1);
        int wanted = Math.min(size, all.length);
        for (int i = 0; i < wanted; i++) {
            int other = random.nextInt(i, all.length);
            int drawn = all[other];
            all[other] = all[i];
            all[i] = drawn;
        }
        return IntStream.of(all).limit(wanted).sorted().toArray();
    }

    private record Maker(History history, List<RuleVerdict> verdicts, List<Sample> samples) {
        RouterReport report(int unanswered) {
            double[] gains = values(sample -> sample.changed ? sample.model - sample.rules : 0);
            double[] changes = values(sample -> sample.changed ? 1 : 0);
            Interval worth = samples.isEmpty()
                    ? Interval.NONE
                    : new BlockBootstrap(gains.length, 1)
                            .of(sums -> sums[1] > 0.5 ? sums[0] / sums[1] : Double.NaN, gains, changes);
            double cost = samples.stream()
                    .mapToDouble(sample -> usd(sample.costNanoUsd))
                    .sum();
            return new RouterReport(
                    samples.size(),
                    unanswered,
                    (int) samples.stream().filter(Sample::changed).count(),
                    worth,
                    cost,
                    samples.isEmpty() ? List.of() : curve(cost / samples.size()));
        }

        private List<Point> curve(double costEach) {
            List<Point> points = new ArrayList<>();
            for (int step = 0; step <= STEPS; step++) {
                ScenarioClassifier classifier = step == 0
                        ? (question, verdict) -> Scenario.simple(Scenario.Reason.CUSTOM)
                        : step == STEPS
                                ? (question, verdict) -> Scenario.complex(Scenario.Reason.CUSTOM)
                                : Calibration.fit(history, verdicts, 0, history.size(), (double) step / STEPS)
                                        .classifier();
                points.add(point(classifier, costEach));
            }
            return points;
        }

        private Point point(ScenarioClassifier classifier, double costEach) {
            double[] toModel = values(sample -> classifier
                            .classify(history.questions().get(sample.bar), verdicts.get(sample.bar))
                            .isComplex()
                    ? 1
                    : 0);
            double[] gains = new double[toModel.length];
            double asked = 0;
            for (int i = 0; i < gains.length; i++) {
                gains[i] = toModel[i] > 0 ? samples.get(i).model : samples.get(i).rules;
                asked += toModel[i];
            }
            double share = asked / gains.length;
            Interval mean = new BlockBootstrap(gains.length, 1).of(sums -> sums[0] / sums[1], gains);
            return new Point(share, mean, share * costEach * 1_000);
        }

        private double[] values(ToDoubleFunction<Sample> value) {
            return samples.stream().mapToDouble(value).toArray();
        }
    }

    private static double usd(OptionalLong nano) {
        return nano.isPresent() ? nano.getAsLong() * NANO : Double.NaN;
    }
}

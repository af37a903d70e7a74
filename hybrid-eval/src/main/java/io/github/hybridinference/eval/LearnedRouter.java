package io.github.hybridinference.eval;

import io.github.hybridinference.classify.RouterModel;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * What a learned router would have done: trained on the first half of the complex scenarios of a run, measured on the second,
 * beside the fixed table. Immutable and thread-safe.
 *
 * @param examples on how many scenarios of the second half it was measured
 * @param changes how many of them the model changed
 * @param auc the probability that a scenario with a change ranks above one without; 0.5 for chance, NaN without one of either
 * @param keptChanges the share of the changes among the 60 % of scenarios that rank highest
 * @param allowedLoss the largest share of changes that the threshold may lose, with a confidence of 95 %, as far as the second
 *     half is like the part of the first that was held back
 * @param table the fixed table: it asks about every complex scenario
 * @param learned the learned router at its threshold, without exploration
 * @since 0.1.0
 */
public record LearnedRouter(
        int examples, int changes, double auc, double keptChanges, double allowedLoss, Policy table, Policy learned) {
    /** The date does not matter: this model is measured and forgotten. */
    private static final LocalDate NO_DATE = LocalDate.EPOCH;

    private static final double ALLOWED_LOSS = 0.3;

    /**
     * A way to choose, on the second half.
     *
     * @param askedShare the share of complex scenarios that it asks about
     * @param keptChanges the share of the changes that it keeps
     * @param gain mean gain per complex scenario, asked about or not: return of its answer less that of the rules over the horizon,
     *     after cost, as a fraction of the amount traded and before the price of the call
     */
    public record Policy(double askedShare, Interval keptChanges, Interval gain) {}

    /**
     * Trains and measures.
     *
     * @param result a run in which the table chose, with answers of a model
     * @return empty if the first half has too few answers to train with, so that nothing can be learned
     */
    public static Optional<LearnedRouter> of(EvaluationResult result) {
        List<RouterExample> all = RouterExample.of(result).stream()
                .filter(RouterExample::isAnswered)
                .toList();
        List<RouterExample> first = all.subList(0, all.size() / 2);
        List<RouterExample> second = all.subList(all.size() / 2, all.size());
        if (!RouterTraining.suffices(first)) {
            return Optional.empty();
        }
        RouterTraining training = new RouterTraining(result.history(), first, result.horizonBars(), result.costBps());
        RouterModel model =
                RouterModel.parse(training.losingAtMost(ALLOWED_LOSS).train("", NO_DATE));
        return Optional.of(measured(model, second, result.horizonBars()));
    }

    private static LearnedRouter measured(RouterModel model, List<RouterExample> examples, int horizonBars) {
        double[] probabilities = new double[examples.size()];
        boolean[] isChange = new boolean[examples.size()];
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = RouterTraining.probability(model, examples.get(i));
            isChange[i] = examples.get(i).isChange();
        }
        RouterRanking ranking = RouterRanking.of(probabilities, isChange);
        return new LearnedRouter(
                ranking.examples(),
                ranking.changes(),
                ranking.auc(),
                ranking.keptChanges(),
                ALLOWED_LOSS,
                policy(examples, horizonBars, example -> true),
                policy(
                        examples,
                        horizonBars,
                        example -> RouterTraining.probability(model, example) >= model.threshold()));
    }

    /** Blocks are of neighbouring scenarios, which lie at least as far apart in time as as many bars. */
    private static Policy policy(List<RouterExample> examples, int horizonBars, Predicate<RouterExample> asks) {
        List<RouterExample> judged =
                examples.stream().filter(RouterExample::isJudged).toList();
        double[] asked = values(examples, example -> asks.test(example) ? 1 : 0);
        double[] changes = values(examples, example -> example.isChange() ? 1 : 0);
        double[] kept = values(examples, example -> example.isChange() && asks.test(example) ? 1 : 0);
        double[] gains = values(judged, example -> asks.test(example) ? example.gain() : 0);
        double share = Arrays.stream(asked).average().orElse(Double.NaN);
        return new Policy(
                share,
                new BlockBootstrap(kept.length, horizonBars)
                        .of(sums -> sums[1] > 0.5 ? sums[0] / sums[1] : Double.NaN, kept, changes),
                judged.isEmpty()
                        ? Interval.NONE
                        : new BlockBootstrap(gains.length, horizonBars).of(sums -> sums[0] / sums[1], gains));
    }

    private static double[] values(List<RouterExample> examples, ToDoubleFunction<RouterExample> value) {
        return examples.stream().mapToDouble(value).toArray();
    }
}

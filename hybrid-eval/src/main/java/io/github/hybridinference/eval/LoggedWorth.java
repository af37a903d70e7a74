package io.github.hybridinference.eval;

import io.github.hybridinference.eval.journal.Recording;
import java.util.List;
import java.util.Optional;

/**
 * What the model's answers are worth on all complex scenarios of the table, from the journal of a router that asked about some
 * of them. The mean over those that it chose to ask about is that of its choice; here each answer counts for one over the
 * probability with which it was asked for, so that those it explored stand for those that it left. A scenario that was asked about
 * without getting an answer is left out, as if failures had nothing to do with what an answer is worth: where the model fails
 * most in a fast market, that is not so. Immutable and thread-safe.
 *
 * @param scenarios the complex scenarios that could have been asked about
 * @param asked how many of them were
 * @param explored how many of these by exploration alone
 * @param changeShare the share of all scenarios on which the model would change the decision
 * @param worth mean gain of a change over all scenarios: return of the model less that of the rules over the horizon, after cost, as
 *     a fraction of the amount traded
 * @param ofAsked the same over those that were asked about, as they are: biased wherever the router chose
 * @since 0.1.0
 */
public record LoggedWorth(
        int scenarios, int asked, int explored, Interval changeShare, Interval worth, Interval ofAsked) {
    /**
     * Estimates from a journal.
     *
     * @param history the bars, with the snapshots that the engine was asked about
     * @param journal what the engine decided
     * @param horizonBars the horizon over which a change is judged, in bars
     * @param costBps the cost of changing the position, in basis points
     * @return the estimates; not numbers where there is nothing to estimate from
     * @throws IllegalArgumentException if the journal keeps symbols, and none of them is that of the history
     */
    public static LoggedWorth of(History history, Recording journal, int horizonBars, double costBps) {
        return of(RouterExample.of(history, journal, horizonBars, costBps), history.size(), horizonBars);
    }

    /**
     * Estimates from a run with a router that explores.
     *
     * @param result the run
     * @return empty if every complex scenario was asked about with certainty, so that the worth of the calls says it all
     */
    public static Optional<LoggedWorth> of(EvaluationResult result) {
        List<RouterExample> all = RouterExample.of(result);
        return all.stream().allMatch(example -> example.propensity() == 1)
                ? Optional.empty()
                : Optional.of(of(all, result.history().size(), result.horizonBars()));
    }

    static LoggedWorth of(List<RouterExample> all, int bars, int horizonBars) {
        List<RouterExample> judged =
                all.stream().filter(RouterExample::isJudged).toList();
        List<RouterExample> changes =
                judged.stream().filter(RouterExample::isChange).toList();
        InversePropensity estimator = new InversePropensity(BlockBootstrap.blockOf(bars, horizonBars));
        return new LoggedWorth(
                all.size(),
                (int) all.stream().filter(RouterExample::asked).count(),
                (int) all.stream()
                        .filter(example -> example.asked() && example.propensity() < 1)
                        .count(),
                estimator.mean(
                        barsOf(judged),
                        judged.stream()
                                .mapToDouble(example -> example.isChange() ? 1 : 0)
                                .toArray(),
                        weights(judged)),
                estimator.mean(barsOf(changes), gains(changes), weights(changes)),
                estimator.mean(
                        barsOf(changes),
                        gains(changes),
                        changes.stream().mapToDouble(example -> 1).toArray()));
    }

    private static int[] barsOf(List<RouterExample> examples) {
        return examples.stream().mapToInt(RouterExample::bar).toArray();
    }

    private static double[] gains(List<RouterExample> examples) {
        return examples.stream().mapToDouble(RouterExample::gain).toArray();
    }

    private static double[] weights(List<RouterExample> examples) {
        return examples.stream().mapToDouble(RouterExample::weight).toArray();
    }
}

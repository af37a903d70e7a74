package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.eval.EvidenceFigures;
import io.github.hybridinference.model.Degradation;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How models compare on the same questions.
 *
 * @param questions number of questions each model was asked
 * @param unjudged number of complex scenarios of the journal that were left out because their outcome is not known
 * @param independent number of questions whose outcomes do not overlap; only these enter the tests
 * @param models each model, and after them always HOLD, always BUY and the rules
 * @param pairs each pair of models, and each model with each of these three
 * @since 0.1.0
 */
public record ComparisonReport(int questions, int unjudged, int independent, List<OneModel> models, List<Pair> pairs) {
    /**
     * One model.
     *
     * @param name the name it takes part under
     * @param answered how many questions it answered
     * @param failures why it failed to answer the others
     * @param holdShare the share of HOLD among its answers; NaN without any
     * @param hitRate the share of its BUY and SELL signals that were right; NaN without any
     * @param brier the Brier score of its BUY and SELL signals, 0 to 1; always stating 0.5 gives 0.25; NaN without any
     * @param meanNetReturn mean return of an answer, as a fraction and after the netted cost of changing the position; NaN
     *     without any
     * @param costNanoUsd what it cost in billionths of a US dollar, failures included; empty if any price is unknown
     * @param medianNanos the median latency of its answers in nanoseconds; NaN if unknown
     * @param p99Nanos the latency that 99 % of its last answers did not exceed, in nanoseconds; NaN if unknown
     * @param evidence how its evidence goes with its actions
     */
    public record OneModel(
            String name,
            int answered,
            Map<Degradation, Integer> failures,
            double holdShare,
            double hitRate,
            double brier,
            double meanNetReturn,
            OptionalLong costNanoUsd,
            double medianNanos,
            double p99Nanos,
            EvidenceFigures evidence) {}

    /**
     * A pair of models, over the questions that both answered.
     *
     * @param first the name of the one
     * @param second the name of the other
     * @param both how many questions both answered
     * @param agreement the share of these on which both gave the same action; NaN without any
     * @param returns whether the mean returns of their answers differ
     * @param hits whether one is right more often where both gave BUY or SELL (McNemar)
     * @param squaredErrors whether the confidence of one is off by more there, on average
     */
    public record Pair(
            String first, String second, int both, double agreement, Test returns, Test hits, Test squaredErrors) {}

    /**
     * A two-sided test on independent questions.
     *
     * @param observations how many questions it rests on
     * @param advantage by how much the first is ahead on average: of return or hit rate more, of squared error less;
     *     NaN without observations
     * @param p the chance of such a difference between equals; NaN without observations
     * @param adjustedP p after Holm's correction for all tests of the report: this is the one to go by
     */
    public record Test(int observations, double advantage, double p, double adjustedP) {}
}

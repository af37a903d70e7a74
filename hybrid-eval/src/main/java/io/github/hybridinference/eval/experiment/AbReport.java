package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.eval.Interval;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How an A/B test stands. It may be looked at as often as one likes, and acted on at any look.
 *
 * @param a the side in use so far
 * @param b the side that is tried
 * @param difference the interval for the mean outcome of a day under B less that under A; at most once in 1 / (1 − level)
 *     tests does it ever miss
 * @param better the side found better, the first time the interval left 0 out; empty while nothing is found
 * @param betterAfter after how many days of symbols that was; 0 while nothing is found
 * @param level the level of confidence
 * @param late outcomes that came after their day had been counted, and were left out
 * @param clamped outcomes beyond the bounds, and cut to them
 */
public record AbReport(
        Side a,
        Side b,
        Interval difference,
        Optional<Arm> better,
        long betterAfter,
        double level,
        long late,
        long clamped) {
    /**
     * What was counted of a side.
     *
     * @param answers all its answers
     * @param fallbacks the answers of these that were the rules' in place of the model's: no outcome of theirs counts
     * @param outcomes the outcomes of the others, those of days not yet over included
     * @param days the days of symbols that are over and had an outcome: the observations of the comparison
     * @param meanOutcome the mean of these days; NaN without any
     * @param costNanoUsd what the answers cost in billionths of a US dollar; empty if the price of any is unknown
     */
    public record Side(
            long answers, long fallbacks, long outcomes, long days, double meanOutcome, OptionalLong costNanoUsd) {
        /**
         * Returns how often the side fell back. Where the two sides differ in this, what is left of them may differ in
         * more than the model: the harder a day, the likelier a time-out.
         *
         * @return from 0 to 1; NaN without answers
         */
        public double fallbackShare() {
            return (double) fallbacks / answers;
        }
    }
}

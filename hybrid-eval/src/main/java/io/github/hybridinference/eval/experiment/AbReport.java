package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.eval.Interval;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The state of an A/B test. It may be read any number of times, and acted on at any of them.
 *
 * @param a the side in use so far
 * @param b the side under test
 * @param difference the interval for the mean outcome of a day under B less that under A, each answer counted for the side
 *     it was assigned to, fallbacks included (intention to treat); the probability that it ever misses is at most 1 − level
 * @param perProtocol the same without fallbacks. It has no such guarantee: if one side falls back on difficult days, it
 *     compares easy days with all days
 * @param paired the interval for the same difference from bars on which the outcomes of both sides are known; it assumes
 *     that the mean difference does not change with what happened before
 * @param pairedDays the number of symbol days with such bars
 * @param better the better side, from the first time the interval of {@code difference} excluded 0; empty until then
 * @param betterAfter the number of symbol days at that time; 0 until then
 * @param level the confidence level
 * @param late outcomes recorded after their day had been counted, and ignored
 * @param clamped outcomes beyond the bounds, and clamped to them
 * @since 0.1.0
 */
public record AbReport(
        Side a,
        Side b,
        Interval difference,
        Interval perProtocol,
        Interval paired,
        long pairedDays,
        Optional<Arm> better,
        long betterAfter,
        double level,
        long late,
        long clamped) {
    /**
     * The figures of one side.
     *
     * @param answers all its answers
     * @param fallbacks those of them given by the rules in place of the model; their outcomes count
     * @param outcomes the recorded outcomes, those of days not yet counted included. If many answers have none, and more on
     *     one side than on the other, the comparison is biased
     * @param days counted symbol days: the observations of the comparison
     * @param meanOutcome the mean of these days; NaN without any
     * @param costNanoUsd what the answers cost in billionths of a US dollar; empty if the price of any is unknown
     */
    public record Side(
            long answers, long fallbacks, long outcomes, long days, double meanOutcome, OptionalLong costNanoUsd) {
        /**
         * Returns the share of fallbacks. If it differs between the sides, {@code perProtocol} compares different days
         * (selection bias): timeouts are more likely on difficult days.
         *
         * @return from 0 to 1; NaN without answers
         */
        public double fallbackShare() {
            return (double) fallbacks / answers;
        }
    }
}

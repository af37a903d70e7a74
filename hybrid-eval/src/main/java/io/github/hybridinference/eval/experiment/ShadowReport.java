package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Source;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How a candidate compares with the live engine, over the sampled bars that both answered.
 *
 * @param answers bars that both answered, fallbacks included
 * @param dropped sampled bars that the candidate did not answer, because it was too slow or the shadow was closed
 * @param compared bars of {@code answers} on which neither side fell back; only these count for the agreement
 * @param actions number of compared bars by the action of the live engine (outer key) and of the candidate (inner key)
 * @param live the live engine's side
 * @param candidate the candidate's side
 * @since 0.1.0
 */
public record ShadowReport(
        long answers, long dropped, long compared, Map<Action, Map<Action, Long>> actions, Side live, Side candidate) {
    /**
     * One side.
     *
     * @param sources number of answers by source; {@link Source#FALLBACK} counts the failures
     * @param costNanoUsd what the answers cost in billionths of a US dollar; empty if the price of any is unknown
     * @param medianNanos the median latency in nanoseconds, over the last answers; NaN without any
     * @param p99Nanos the latency that 99 % of the last answers did not exceed, in nanoseconds; NaN without any
     */
    public record Side(Map<Source, Long> sources, OptionalLong costNanoUsd, double medianNanos, double p99Nanos) {}

    /**
     * Returns the share of compared bars on which both gave the same action.
     *
     * @return from 0 to 1; NaN if nothing was compared
     */
    public double agreement() {
        long same = 0;
        for (Action action : Action.values()) {
            same += actions.getOrDefault(action, Map.of()).getOrDefault(action, 0L);
        }
        return (double) same / compared;
    }
}

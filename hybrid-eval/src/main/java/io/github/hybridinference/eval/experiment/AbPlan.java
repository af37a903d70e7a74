package io.github.hybridinference.eval.experiment;

import java.util.OptionalLong;

/**
 * How long a test will take to find a difference, simulated on outcomes of the past.
 *
 * @param difference by how much one side is better
 * @param runs number of simulated tests
 * @param medianDays symbol days after which half of the simulated tests had found it; empty if that took more than
 *     {@code longest}
 * @param safeDays symbol days after which nine of ten had found it; empty if that took more than {@code longest}
 * @param longest where a simulated test was given up
 * @since 0.1.0
 */
public record AbPlan(double difference, int runs, OptionalLong medianDays, OptionalLong safeDays, long longest) {}

package io.github.hybridinference.benchmarks;

/**
 * What an operation costs.
 *
 * @param ns nanoseconds
 * @param error half the width of the 99.9 % confidence interval, in nanoseconds; NaN for too few samples
 * @param bytes bytes allocated, by all threads together
 */
record Measured(double ns, double error, double bytes) {}

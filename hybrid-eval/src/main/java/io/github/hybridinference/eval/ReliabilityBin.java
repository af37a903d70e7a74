package io.github.hybridinference.eval;

/**
 * How often signals of about the same confidence were right.
 *
 * @param low the lowest confidence of the bin, inclusive
 * @param high the highest confidence of the bin, exclusive but for the last bin
 * @param signals how many there were
 * @param meanConfidence their mean confidence
 * @param hitShare the share of them that was right
 * @since 0.1.0
 */
public record ReliabilityBin(double low, double high, int signals, double meanConfidence, double hitShare) {}

package io.github.hybridinference.eval.experiment;

/** A running mean. Not thread-safe. */
final class RunningMean {
    int count;
    private double sum;

    void add(double value) {
        count++;
        sum += value;
    }

    /** The mean, NaN without values. */
    double value() {
        return sum / count;
    }
}

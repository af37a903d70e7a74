package io.github.hybridinference.eval.experiment;

/** A mean in the making. Not thread-safe. */
final class Mean {
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

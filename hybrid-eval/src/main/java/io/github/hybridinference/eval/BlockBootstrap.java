package io.github.hybridinference.eval;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * Confidence intervals for statistics of autocorrelated series: the circular block bootstrap of Politis and Romano
 * (1992). Blocks of neighbouring values are drawn with replacement, wrapping around the ends of the series, and the
 * statistic is computed on each resample. The seed is fixed: the same series gives the same interval.
 */
final class BlockBootstrap {
    static final int ROUNDS = 1_000;
    static final double LEVEL = 0.95;

    /** Resamples of fewer blocks resemble the whole series too much: of one block, each is the whole series. */
    private static final int FEWEST_BLOCKS = 4;

    private static final long SEED = 20_190_413;

    private final int length;
    private final int block;

    /** With blocks at least twice as long as the horizon over which neighbours share their outcome. */
    BlockBootstrap(int length, int horizonBars) {
        this.length = length;
        this.block = Math.min(length, blockOf(length, horizonBars));
    }

    static int blockOf(int length, int horizonBars) {
        return Math.max(2 * horizonBars, (int) Math.ceil(Math.cbrt(length)));
    }

    /**
     * Computes a statistic and its interval. There is no interval if the series is shorter than four blocks.
     *
     * @param statistic computes the figure from the sums of the series, with the number of their values last
     * @param series of the length given
     */
    Interval of(ToDoubleFunction<double[]> statistic, double[]... series) {
        double[][] running = new double[series.length][];
        for (int i = 0; i < series.length; i++) {
            running[i] = runningSums(series[i]);
        }
        double value = statistic.applyAsDouble(wholeSums(running));
        if (Double.isNaN(value)) {
            return Interval.NONE;
        }
        if (length < FEWEST_BLOCKS * block) {
            return new Interval(value, Double.NaN, Double.NaN);
        }
        SplittableRandom random = new SplittableRandom(SEED);
        double[] figures = new double[ROUNDS];
        int blocks = (length + block - 1) / block;
        for (int round = 0; round < ROUNDS; round++) {
            figures[round] = statistic.applyAsDouble(drawnSums(running, blocks, random));
        }
        double[] known = Arrays.stream(figures).filter(Double::isFinite).toArray();
        if (known.length < ROUNDS / 2) {
            return new Interval(value, Double.NaN, Double.NaN);
        }
        double tail = (1 - LEVEL) / 2;
        double[] ends = Quantile.withDefaults().evaluate(known, tail, 1 - tail);
        return new Interval(value, ends[0], ends[1]);
    }

    /** The statistic of the whole series, without an interval. */
    double value(ToDoubleFunction<double[]> statistic, double[]... series) {
        double[] sums = new double[series.length + 1];
        for (int i = 0; i < series.length; i++) {
            sums[i] = Arrays.stream(series[i]).sum();
        }
        sums[series.length] = length;
        return statistic.applyAsDouble(sums);
    }

    private double[] runningSums(double[] series) {
        double[] sums = new double[length + block + 1];
        for (int i = 0; i < length + block; i++) {
            sums[i + 1] = sums[i] + series[i % length];
        }
        return sums;
    }

    private double[] wholeSums(double[][] running) {
        double[] sums = new double[running.length + 1];
        for (int i = 0; i < running.length; i++) {
            sums[i] = running[i][length];
        }
        sums[running.length] = length;
        return sums;
    }

    private double[] drawnSums(double[][] running, int blocks, SplittableRandom random) {
        double[] sums = new double[running.length + 1];
        for (int b = 0; b < blocks; b++) {
            int start = random.nextInt(length);
            for (int i = 0; i < running.length; i++) {
                sums[i] += running[i][start + block] - running[i][start];
            }
        }
        sums[running.length] = (double) blocks * block;
        return sums;
    }
}

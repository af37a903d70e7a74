package io.github.hybridinference.eval.experiment;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.BinomialTest;
import org.apache.commons.statistics.inference.TTest;

/** Two-sided tests on paired observations, and the correction for several of them. */
final class HypothesisTests {
    /** Neighbours in a block. Outcomes that do not overlap hardly depend on more than the one before. */
    private static final int BLOCK = 2;

    private static final int ROUNDS = 9_999;
    private static final long SEED = 1_996;

    private HypothesisTests() {}

    /**
     * Tests whether the mean of differences is 0: the larger p of the studentised circular block bootstrap (Götze and Künsch
     * 1996), which takes dependence of neighbours and skew into account, and the t-test, which does not understate p when
     * there are few differences. A test of ranks would test symmetry: in a market that rises a little on most days and
     * falls far on a few it finds an advantage in buying that nobody earns.
     *
     * @param differences in the order of time, those of one time added up
     * @return 1 if all are zero, NaN if there are fewer than two
     */
    static double mean(double[] differences) {
        int size = differences.length;
        if (size < 2) {
            return Double.NaN;
        }
        if (Arrays.stream(differences).allMatch(d -> d == differences[0])) {
            // without any spread only their number counts: the sign test
            return differences[0] == 0 ? 1 : Math.pow(2, 1 - size);
        }
        return Math.max(
                bootstrap(differences), TTest.withDefaults().test(differences).getPValue());
    }

    private static double bootstrap(double[] differences) {
        int size = differences.length;
        double mean = Arrays.stream(differences).average().orElseThrow();
        double[] blocks = new double[size];
        double squares = 0;
        for (int i = 0; i < size; i++) {
            blocks[i] = differences[i] + differences[(i + 1) % size] - 2 * mean;
            squares += blocks[i] * blocks[i];
        }
        double observed = mean / Math.sqrt(squares / size / BLOCK / size);
        int drawn = Math.max(2, size / BLOCK);
        SplittableRandom random = new SplittableRandom(SEED);
        int above = 0;
        int below = 0;
        for (int round = 0; round < ROUNDS; round++) {
            double sum = 0;
            double sumOfSquares = 0;
            for (int i = 0; i < drawn; i++) {
                double block = blocks[random.nextInt(size)];
                sum += block;
                sumOfSquares += block * block;
            }
            double ofBlocks = sum / drawn;
            double variance = Math.max(0, sumOfSquares / drawn - ofBlocks * ofBlocks) * drawn / (drawn - 1);
            double resampled = ofBlocks / Math.sqrt(variance / drawn);
            above += resampled >= observed ? 1 : 0;
            below += resampled <= observed ? 1 : 0;
        }
        return Math.min(1, 2.0 * (Math.min(above, below) + 1) / (ROUNDS + 1));
    }

    /** The p-value of McNemar's exact test (1947) on the discordant pairs; 1 if there are none. */
    static double mcNemar(int firstOnly, int secondOnly) {
        int differing = firstOnly + secondOnly;
        return differing == 0
                ? 1
                : BinomialTest.withDefaults().test(differing, firstOnly, 0.5).getPValue();
    }

    /**
     * Adjusts p-values to control the family-wise error rate (S. Holm, A Simple Sequentially Rejective Multiple Test
     * Procedure, 1979). NaN stays NaN and does not count.
     */
    static double[] holm(double[] values) {
        int[] order = IntStream.range(0, values.length)
                .filter(i -> !Double.isNaN(values[i]))
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = values.clone();
        double highest = 0;
        for (int rank = 0; rank < order.length; rank++) {
            highest = Math.max(highest, Math.min(1, (order.length - rank) * values[order[rank]]));
            adjusted[order[rank]] = highest;
        }
        return adjusted;
    }
}

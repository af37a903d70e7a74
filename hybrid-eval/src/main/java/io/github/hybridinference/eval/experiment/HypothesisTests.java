package io.github.hybridinference.eval.experiment;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.BinomialTest;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/** Two-sided tests on paired observations, and the correction for several of them. */
final class HypothesisTests {
    private HypothesisTests() {}

    /**
     * The p-value of Wilcoxon's signed-rank test (1945), zero differences dropped; 1 if all are zero, NaN without any.
     */
    static double wilcoxon(double[] differences) {
        if (differences.length == 0) {
            return Double.NaN;
        }
        double[] real = Arrays.stream(differences).filter(d -> d != 0).toArray();
        return real.length == 0
                ? 1
                : WilcoxonSignedRankTest.withDefaults().test(real).getPValue();
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

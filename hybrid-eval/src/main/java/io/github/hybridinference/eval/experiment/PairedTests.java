package io.github.hybridinference.eval.experiment;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.BinomialTest;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/** Tests on pairs, two-sided. */
final class PairedTests {
    private PairedTests() {}

    /** Whether differences lean to one side (Wilcoxon 1945, zeros left out); 1 if all are zero, NaN without any. */
    static double wilcoxon(double[] differences) {
        if (differences.length == 0) {
            return Double.NaN;
        }
        double[] real = Arrays.stream(differences).filter(d -> d != 0).toArray();
        return real.length == 0
                ? 1
                : WilcoxonSignedRankTest.withDefaults().test(real).getPValue();
    }

    /** Whether one of two is right more often where they differ (McNemar 1947, exact); 1 if they never do. */
    static double mcNemar(int firstOnly, int secondOnly) {
        int differing = firstOnly + secondOnly;
        return differing == 0
                ? 1
                : BinomialTest.withDefaults().test(differing, firstOnly, 0.5).getPValue();
    }

    /**
     * Adjusts p-values so that the chance of any false finding among them is at most the level each is held against (S.
     * Holm, A Simple Sequentially Rejective Multiple Test Procedure, 1979). NaN stays NaN and does not count.
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

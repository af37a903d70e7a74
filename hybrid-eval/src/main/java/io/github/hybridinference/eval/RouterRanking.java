package io.github.hybridinference.eval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * How well probabilities of a change rank later scenarios.
 *
 * @param examples on how many scenarios it was measured
 * @param changes how many of them the model changed
 * @param auc the probability that a scenario with a change ranks above one without; 0.5 for chance, NaN without one of either
 * @param keptChanges the share of the changes among the 60 % of scenarios that rank highest
 */
record RouterRanking(int examples, int changes, double auc, double keptChanges) {
    private static final double KEPT_SHARE = 0.6;

    private record Scored(double probability, boolean change) {}

    /** Of scenarios that were all asked about. */
    static RouterRanking of(double[] probabilities, boolean[] isChange) {
        List<Scored> all = new ArrayList<>();
        for (int i = 0; i < probabilities.length; i++) {
            all.add(new Scored(probabilities[i], isChange[i]));
        }
        double[] with = all.stream()
                .filter(Scored::change)
                .mapToDouble(Scored::probability)
                .toArray();
        double[] without = all.stream()
                .filter(scored -> !scored.change)
                .mapToDouble(Scored::probability)
                .toArray();
        if (with.length == 0 || without.length == 0) {
            return new RouterRanking(all.size(), with.length, Double.NaN, Double.NaN);
        }
        double auc = MannWhitneyUTest.withDefaults().statistic(with, without) / with.length / without.length;
        all.sort(Comparator.comparingDouble(Scored::probability).reversed());
        long kept = all.subList(0, (int) Math.ceil(all.size() * KEPT_SHARE)).stream()
                .filter(Scored::change)
                .count();
        return new RouterRanking(all.size(), with.length, auc, (double) kept / with.length);
    }
}

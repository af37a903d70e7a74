package io.github.hybridinference.benchmarks;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** What one run of JMH measured, by class and method. */
final class Measurements {
    private static final String BYTES = "gc.alloc.rate.norm";

    private final Map<String, Measured> byBenchmark;

    private Measurements(Map<String, Measured> byBenchmark) {
        this.byBenchmark = byBenchmark;
    }

    static Measurements of(Collection<RunResult> results) {
        Map<String, Measured> all = new HashMap<>();
        for (RunResult result : results) {
            Result<?> time = result.getPrimaryResult();
            all.put(shortName(result), new Measured(time.getScore(), time.getScoreError(), bytes(result)));
        }
        return new Measurements(Map.copyOf(all));
    }

    private static double bytes(RunResult result) {
        for (Result<?> secondary : result.getSecondaryResults().values()) {
            if (secondary.getLabel().endsWith(BYTES)) {
                return secondary.getScore();
            }
        }
        return Double.NaN;
    }

    Measured get(String benchmark) {
        Measured known = byBenchmark.get(benchmark);
        if (known == null) {
            throw new IllegalArgumentException(benchmark + " was not measured");
        }
        return known;
    }

    /** How much more gets done on two threads than on one: 2 at best. */
    double scaling(String onOne, String onTwo) {
        return 2 * get(onOne).ns() / get(onTwo).ns();
    }

    private static String shortName(RunResult result) {
        String whole = result.getParams().getBenchmark();
        int method = whole.lastIndexOf('.');
        return whole.substring(whole.lastIndexOf('.', method - 1) + 1);
    }
}

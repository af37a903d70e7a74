package io.github.hybridinference.eval;

import io.github.hybridinference.model.Source;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What the actions of a source would have reached if they had been dealt out at random over the same bars: as many BUY, SELL and
 * HOLD, in any order. A source whose hit rate or return does not differ from this has shown no timing, whatever its hit rate is: in a
 * rising market BUY is right more often than not. Immutable and thread-safe.
 *
 * @param source rules, model, cache, fallback or overall
 * @param hitRate the expected share of signals whose direction the price followed over the horizon; NaN without signals
 * @param hitsOver the hit rate of the source less this one
 * @param meanReturn the expected mean return of a signal over the horizon, as a fraction of the traded amount, before cost
 * @param returnOver the mean return of the source before cost less this one
 * @since 0.1.0
 */
public record Chance(String source, double hitRate, Interval hitsOver, double meanReturn, Interval returnOver) {
    private static final int DECISIONS = 0;
    private static final int RISES = 1;
    private static final int FALLS = 2;
    private static final int MOVES = 3;
    private static final int BUYS = 4;
    private static final int SELLS = 5;
    private static final int HITS = 6;
    private static final int GAINS = 7;

    /**
     * Computes it.
     *
     * @param result the run
     * @param source rules, model, cache, fallback or overall
     * @return not numbers where the source gave no signal that can be judged
     * @throws IllegalArgumentException if there is no such source
     */
    public static Chance of(EvaluationResult result, String source) {
        if (!source.equals(EvaluationResult.OVERALL)
                && Arrays.stream(Source.values()).map(EvaluationResult::nameOf).noneMatch(source::equals)) {
            throw new IllegalArgumentException("a source is rules, model, cache, fallback or overall");
        }
        List<Decided> all = result.decisions();
        double[][] series = new double[GAINS + 1][];
        series[DECISIONS] = values(all, source, decided -> 1);
        series[RISES] = values(all, source, decided -> decided.forwardReturn() > 0 ? 1 : 0);
        series[FALLS] = values(all, source, decided -> decided.forwardReturn() < 0 ? 1 : 0);
        series[MOVES] = values(all, source, Decided::forwardReturn);
        series[BUYS] = values(all, source, decided -> Math.max(0, decided.side()));
        series[SELLS] = values(all, source, decided -> Math.max(0, -decided.side()));
        series[HITS] = values(all, source, decided -> SourceEvaluator.isHit(decided) ? 1 : 0);
        series[GAINS] = values(all, source, decided -> decided.side() * decided.forwardReturn());
        BlockBootstrap bootstrap = new BlockBootstrap(all.size(), result.horizonBars());
        return new Chance(
                source,
                bootstrap.value(Chance::hitRate, series),
                bootstrap.of(sums -> sums[HITS] / signals(sums) - hitRate(sums), series),
                bootstrap.value(Chance::meanReturn, series),
                bootstrap.of(sums -> sums[GAINS] / signals(sums) - meanReturn(sums), series));
    }

    private static double hitRate(double[] sums) {
        return (sums[BUYS] * sums[RISES] + sums[SELLS] * sums[FALLS]) / sums[DECISIONS] / signals(sums);
    }

    private static double meanReturn(double[] sums) {
        return (sums[BUYS] - sums[SELLS]) * sums[MOVES] / sums[DECISIONS] / signals(sums);
    }

    private static double signals(double[] sums) {
        double signals = sums[BUYS] + sums[SELLS];
        return signals > 0.5 ? signals : Double.NaN; // sums of whole numbers, rounded
    }

    private static double[] values(List<Decided> all, String source, ToDoubleFunction<Decided> value) {
        return all.stream()
                .mapToDouble(decided -> decided.isJudged() && isOf(decided, source) ? value.applyAsDouble(decided) : 0)
                .toArray();
    }

    private static boolean isOf(Decided decided, String source) {
        return source.equals(EvaluationResult.OVERALL)
                || source.equals(EvaluationResult.nameOf(decided.answer().source()));
    }
}

package io.github.hybridinference.eval;

import io.github.hybridinference.model.Action;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The rules alone, the engine with its model, always HOLD, and buy and hold on the same bars: over all of them, by year, and by
 * the volatility before each bar. Each holds a signal for the horizon with an equal part of the capital and is charged the netted
 * turnover, so that only costs that a portfolio would pay are in the figures. Immutable and thread-safe.
 *
 * @param parts all bars first, then the years in their order, then the volatilities from low to high
 * @since 0.1.0
 */
public record Comparison(List<Part> parts) {
    /** The number of moves from close to close whose standard deviation is the volatility before a bar. */
    public static final int VOLATILITY_BARS = 20;

    private static final int FEWEST_RETURNS = 20;
    private static final List<String> TERCILES = List.of("low", "medium", "high");

    /** What is compared. */
    public enum Strategy {
        /** The verdict of the rules at each bar, whatever the engine answered. */
        RULES,
        /** The answer of the engine: that of its model where the scenario is complex. */
        HYBRID,
        /** No position at any time. */
        ALWAYS_HOLD,
        /** Bought at the first open at which a signal could be filled, and kept. */
        BUY_AND_HOLD
    }

    /** By what the bars were parted. */
    public enum Split {
        /** Not at all. */
        ALL,
        /** By the year in which the bar begins, UTC. */
        YEAR,
        /**
         * By the volatility of the {@value #VOLATILITY_BARS} moves before the bar. Which third it belongs to is known at its open
         * but for the bounds of the thirds, which are those of all bars.
         */
        VOLATILITY
    }

    /**
     * Some of the bars.
     *
     * @param split by what they were parted
     * @param name "all", the year, or low, medium, high
     * @param from the lowest volatility, as the standard deviation of a bar's move; NaN unless parted by it
     * @param to the highest
     * @param bars how many
     * @param rows one for each strategy, in the order of the constants
     * @param gain how much more HYBRID returned in a year than RULES, after cost: the mean difference of a bar times the bars of
     *     a year
     */
    public record Part(Split split, String name, double from, double to, int bars, List<Row> rows, Interval gain) {
        /**
         * Copies the list.
         *
         * @param split by what they were parted
         * @param name which of the parts
         * @param from the lowest volatility
         * @param to the highest
         * @param bars how many
         * @param rows one for each strategy
         * @param gain of HYBRID over RULES
         */
        public Part {
            rows = List.copyOf(rows);
        }
    }

    /**
     * What a strategy did on some of the bars.
     *
     * @param strategy which
     * @param gross the return before cost, compounded over these bars
     * @param net the return after cost, compounded over these bars
     * @param sharpe annualised, after cost; NaN for fewer than 20 bars, and for a series that never moved
     * @param maxDrawdown the deepest fall after cost, as a share of the earlier peak, as if these bars followed each other
     * @param turnoverPerYear traded amount per year of these bars, as a multiple of the capital
     */
    public record Row(
            Strategy strategy, double gross, double net, Interval sharpe, double maxDrawdown, double turnoverPerYear) {}

    /**
     * Copies the list.
     *
     * @param parts all bars first
     */
    public Comparison {
        parts = List.copyOf(parts);
    }

    /**
     * Compares on the bars of a run.
     *
     * @param result the run
     * @return the comparison
     */
    public static Comparison of(EvaluationResult result) {
        return new Slices(result).comparison();
    }

    /** Computes the parts; the portfolios are held over all bars and parted afterwards. */
    private static final class Slices {
        private final History history;
        private final int horizonBars;
        private final List<Portfolio> gross;
        private final List<Portfolio> net;

        Slices(EvaluationResult result) {
            history = result.history();
            horizonBars = result.horizonBars();
            int[] rules = sides(result, decided -> decided.answer().rules().action());
            int[] hybrid = sides(result, decided -> decided.answer().signal().action());
            gross = portfolios(rules, hybrid, 0);
            net = portfolios(rules, hybrid, result.costBps());
        }

        private static int[] sides(EvaluationResult result, Function<Decided, Action> action) {
            return result.decisions().stream()
                    .mapToInt(decided -> decided.hasOpinion() ? Decided.sideOf(action.apply(decided)) : 0)
                    .toArray();
        }

        private List<Portfolio> portfolios(int[] rules, int[] hybrid, double costBps) {
            return List.of(
                    Portfolio.following(rules, history, horizonBars, costBps),
                    Portfolio.following(hybrid, history, horizonBars, costBps),
                    Portfolio.following(new int[hybrid.length], history, horizonBars, costBps),
                    Portfolio.bought(history, costBps));
        }

        Comparison comparison() {
            List<Part> parts = new ArrayList<>();
            parts.add(part(Split.ALL, "all", Double.NaN, Double.NaN, bar -> true));
            SortedMap<Integer, Integer> years = new TreeMap<>();
            IntStream.range(0, returns()).forEach(bar -> years.merge(year(bar), 1, Integer::sum));
            years.keySet()
                    .forEach(year -> parts.add(part(
                            Split.YEAR, Integer.toString(year), Double.NaN, Double.NaN, bar -> year(bar) == year)));
            addVolatilities(parts);
            return new Comparison(parts);
        }

        private void addVolatilities(List<Part> parts) {
            double[] before =
                    IntStream.range(0, returns()).mapToDouble(this::volatility).toArray();
            double[] known =
                    Arrays.stream(before).filter(Double::isFinite).sorted().toArray();
            if (known.length < TERCILES.size()) {
                return;
            }
            double low = known[known.length / 3];
            double high = known[2 * known.length / 3];
            double last = known[known.length - 1];
            parts.add(part(Split.VOLATILITY, TERCILES.get(0), known[0], low, bar -> before[bar] < low));
            parts.add(part(
                    Split.VOLATILITY, TERCILES.get(1), low, high, bar -> before[bar] >= low && before[bar] < high));
            parts.add(part(Split.VOLATILITY, TERCILES.get(2), high, last, bar -> before[bar] >= high));
        }

        private int returns() {
            return history.size() - 1;
        }

        private int year(int bar) {
            return history.bars().get(bar).start().atZone(ZoneOffset.UTC).getYear();
        }

        /** The standard deviation of the moves from close to close that are known at the open of a bar. */
        private double volatility(int bar) {
            if (bar <= VOLATILITY_BARS) {
                return Double.NaN;
            }
            double sum = 0;
            double squares = 0;
            for (int i = bar - VOLATILITY_BARS; i < bar; i++) {
                double move = Math.log(history.bars().get(i).close()
                        / history.bars().get(i - 1).close());
                sum += move;
                squares += move * move;
            }
            double mean = sum / VOLATILITY_BARS;
            return Math.sqrt(Math.max(0, squares / VOLATILITY_BARS - mean * mean));
        }

        private Part part(Split split, String name, double from, double to, IntPredicate has) {
            double[] in = IntStream.range(0, returns())
                    .mapToDouble(bar -> has.test(bar) ? 1 : 0)
                    .toArray();
            int bars = (int) Arrays.stream(in).sum();
            List<Row> rows = new ArrayList<>();
            for (Strategy strategy : Strategy.values()) {
                rows.add(row(strategy, in, bars));
            }
            return new Part(split, name, from, to, bars, rows, gain(in));
        }

        private Row row(Strategy strategy, double[] in, int bars) {
            Portfolio portfolio = net.get(strategy.ordinal());
            double[] returns = portfolio.returns();
            double worth = 1;
            double peak = 1;
            double deepest = 0;
            double traded = 0;
            for (int bar = 0; bar < in.length; bar++) {
                worth *= 1 + in[bar] * returns[bar];
                peak = Math.max(peak, worth);
                deepest = Math.max(deepest, 1 - worth / peak);
                traded += in[bar] * portfolio.traded(bar);
            }
            return new Row(
                    strategy,
                    compounded(gross.get(strategy.ordinal()).returns(), in),
                    worth - 1,
                    sharpe(returns, in),
                    deepest,
                    traded / bars * history.barsPerYear());
        }

        private static double compounded(double[] returns, double[] in) {
            double worth = 1;
            for (int bar = 0; bar < in.length; bar++) {
                worth *= 1 + in[bar] * returns[bar];
            }
            return worth - 1;
        }

        private Interval sharpe(double[] returns, double[] in) {
            double[] values = new double[in.length];
            double[] squares = new double[in.length];
            for (int bar = 0; bar < in.length; bar++) {
                values[bar] = in[bar] * returns[bar];
                squares[bar] = values[bar] * returns[bar];
            }
            double year = Math.sqrt(history.barsPerYear());
            return new BlockBootstrap(in.length, horizonBars)
                    .of(sums -> Portfolio.sharpe(sums[0], sums[1], sums[2]) * year, values, squares, in);
        }

        private Interval gain(double[] in) {
            double[] rules = net.get(Strategy.RULES.ordinal()).returns();
            double[] hybrid = net.get(Strategy.HYBRID.ordinal()).returns();
            double[] more = new double[in.length];
            for (int bar = 0; bar < in.length; bar++) {
                more[bar] = in[bar] * (hybrid[bar] - rules[bar]);
            }
            return new BlockBootstrap(in.length, horizonBars)
                    .of(
                            sums -> sums[1] >= FEWEST_RETURNS ? sums[0] / sums[1] * history.barsPerYear() : Double.NaN,
                            more,
                            in);
        }
    }
}

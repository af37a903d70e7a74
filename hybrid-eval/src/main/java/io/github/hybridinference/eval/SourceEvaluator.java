package io.github.hybridinference.eval;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** Computes the figures of one source from all decisions of a run. */
final class SourceEvaluator {
    private static final int BINS = 10;
    private static final double BPS = 10_000;

    private final String source;
    private final List<Decided> all;
    private final Predicate<Decided> own;
    private final History history;
    private final int horizonBars;
    private final double costBps;

    SourceEvaluator(
            String source,
            Predicate<Decided> own,
            List<Decided> all,
            History history,
            int horizonBars,
            double costBps) {
        this.source = source;
        this.own = decided -> decided.hasOpinion() && own.test(decided);
        this.all = all;
        this.history = history;
        this.horizonBars = horizonBars;
        this.costBps = costBps;
    }

    SourceFigures figures() {
        int decisions = (int) all.stream().filter(this::isJudged).count();
        int signals = (int) all.stream().filter(this::isSignal).count();
        return new SourceFigures(
                source,
                decisions,
                signals,
                independent(),
                decisions == 0 ? Double.NaN : (double) (decisions - signals) / decisions,
                mean(decided -> isHit(decided) ? 1 : 0),
                meanReturn(),
                mean(decided -> squaredError(decided.answer().signal().confidence(), isHit(decided))),
                reliability(),
                portfolio().figures(horizonBars));
    }

    Portfolio portfolio() {
        int[] sides = all.stream()
                .mapToInt(decided -> own.test(decided) ? decided.side() : 0)
                .toArray();
        return Portfolio.following(sides, history, horizonBars, costBps);
    }

    private boolean isJudged(Decided decided) {
        return own.test(decided) && decided.isJudged();
    }

    private boolean isSignal(Decided decided) {
        return isJudged(decided) && decided.side() != 0;
    }

    /** The return of a signal by itself: nothing for HOLD, otherwise the move less the cost of entry and exit. */
    static double netReturn(int side, double forwardReturn, double costBps) {
        return side == 0 ? 0 : side * forwardReturn - 2 * costBps / BPS;
    }

    /**
     * The return of a decision among others, after the netted cost: of the position that the decision one horizon earlier
     * holds, only the change is traded, and the exit is charged by what it costs more than after the decision of the rules.
     *
     * @param side the decision
     * @param rules what the rules decide here
     * @param before what is decided one horizon earlier
     * @param after what is decided one horizon later
     */
    static double nettedReturn(int side, int rules, int before, int after, double forwardReturn, double costBps) {
        int changes = Math.abs(side - before) + Math.abs(after - side) - Math.abs(after - rules);
        return side * forwardReturn - changes * costBps / BPS;
    }

    static boolean isHit(Decided decided) {
        return decided.side() * decided.forwardReturn() > 0;
    }

    static double squaredError(double confidence, boolean hit) {
        double error = confidence - (hit ? 1 : 0);
        return error * error;
    }

    /** The mean return of a signal after the turnover that the portfolio is charged, which is that of HOLD decisions too. */
    private Interval meanReturn() {
        double[] values = new double[all.size()];
        double[] counted = new double[all.size()];
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(all.get(i).forwardReturn())) {
                values[i] = nettedReturn(i);
                counted[i] = Math.abs(sideAt(i));
            }
        }
        return meanOf(values, counted);
    }

    private double nettedReturn(int bar) {
        int before = bar >= horizonBars ? sideAt(bar - horizonBars) : 0;
        return sideAt(bar) * all.get(bar).forwardReturn() - Math.abs(sideAt(bar) - before) * costBps / BPS;
    }

    private int sideAt(int bar) {
        return isSignal(all.get(bar)) ? all.get(bar).side() : 0;
    }

    /** Adds decisions, signals, hits, squared errors and netted returns, in this order, to the days of their bars' closes. */
    void addTo(DaySums days, int column) {
        for (int i = 0; i < all.size(); i++) {
            Decided decided = all.get(i);
            Instant time = history.questions().get(decided.bar()).time();
            if (isJudged(decided)) {
                days.add(time, column, 1);
            }
            if (isSignal(decided)) {
                days.add(time, column + 1, 1);
                days.add(time, column + 2, isHit(decided) ? 1 : 0);
                days.add(
                        time, column + 3, squaredError(decided.answer().signal().confidence(), isHit(decided)));
            }
            if (!Double.isNaN(decided.forwardReturn())) {
                days.add(time, column + 4, nettedReturn(i));
            }
        }
    }

    /** The mean over the signals; blocks are drawn from all bars, so that they are blocks of time. */
    private Interval mean(ToDoubleFunction<Decided> value) {
        double[] values = new double[all.size()];
        double[] counted = new double[all.size()];
        for (int i = 0; i < values.length; i++) {
            if (isSignal(all.get(i))) {
                values[i] = value.applyAsDouble(all.get(i));
                counted[i] = 1;
            }
        }
        return meanOf(values, counted);
    }

    private Interval meanOf(double[] values, double[] counted) {
        return new BlockBootstrap(values.length, horizonBars)
                .of(sums -> sums[1] > 0.5 ? sums[0] / sums[1] : Double.NaN, values, counted);
    }

    private int independent() {
        int count = 0;
        int free = 0;
        for (Decided decided : all) {
            if (decided.bar() >= free && isSignal(decided)) {
                count++;
                free = decided.bar() + horizonBars;
            }
        }
        return count;
    }

    private List<ReliabilityBin> reliability() {
        int[] counts = new int[BINS];
        int[] hits = new int[BINS];
        double[] confidences = new double[BINS];
        for (Decided decided : all) {
            if (isSignal(decided)) {
                double confidence = decided.answer().signal().confidence();
                int bin = Math.min(BINS - 1, (int) (confidence * BINS));
                counts[bin]++;
                hits[bin] += isHit(decided) ? 1 : 0;
                confidences[bin] += confidence;
            }
        }
        List<ReliabilityBin> bins = new ArrayList<>();
        for (int i = 0; i < BINS; i++) {
            if (counts[i] > 0) {
                bins.add(new ReliabilityBin(
                        (double) i / BINS,
                        (double) (i + 1) / BINS,
                        counts[i],
                        confidences[i] / counts[i],
                        (double) hits[i] / counts[i]));
            }
        }
        return bins;
    }
}

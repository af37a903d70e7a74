package io.github.hybridinference.examples.bars;

import io.github.hybridinference.eval.Bar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds bars with a price that is hardly true: one that the bars on both sides contradict, as an erroneous trade leaves behind;
 * one that is not positive; and the first one after a split for which the earlier prices were not adjusted.
 *
 * <p>After a crash the next bar opens low too; after an erroneous price it does not.
 */
final class SuspectBars {
    /** How far off a price must be, as a multiple of the usual move from one close to the next, within these bounds. */
    private static final double USUAL_MOVES = 25;

    private static final double LEAST = 0.02;
    private static final double MOST = 0.2;

    /** A high or low that is this far beyond both open and close and the neighbours' prices is no move. */
    private static final double SPIKE = 2;

    /** A last close that is so many times as large as the one before it, or the reverse. */
    private static final double LAST = 5;

    /** So many erroneous bars may follow each other. */
    private static final int MOST_IN_A_ROW = 3;

    private static final String SPLIT =
            "the price jumps by the ratio of a split for which the bars before are not adjusted";

    private static final double SPLIT_TOLERANCE = 0.04;
    private static final double MOVES_OF_A_SPLIT = 6;
    private static final double[] SPLITS = {1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50, 100};

    private final List<Bar> bars;
    private final double usualMove;
    private final double factor;

    /** The latest bar with nothing against it, by which the next ones are judged. */
    private int trusted;

    private SuspectBars(List<Bar> bars) {
        this.bars = bars;
        usualMove = usualMove(bars);
        factor = 1 + Math.max(LEAST, Math.min(MOST, USUAL_MOVES * usualMove));
    }

    /**
     * Looks through bars.
     *
     * @param lines where each of them stands in the file
     */
    static List<SuspectBar> in(List<Bar> bars, long[] lines) {
        SuspectBars looker = new SuspectBars(bars);
        List<SuspectBar> found = new ArrayList<>();
        for (int i = 0; i < bars.size(); i++) {
            String reason = looker.reason(i);
            if (reason == null || reason.equals(SPLIT)) {
                looker.trusted = i; // after a split the prices stay where they are
            }
            if (reason != null) {
                found.add(new SuspectBar(lines[i], bars.get(i).start(), reason));
            }
        }
        return found;
    }

    private @Nullable String reason(int at) {
        Bar bar = bars.get(at);
        if (bar.low() <= 0) {
            return "a price is zero or below";
        }
        if (at == 0 || bars.get(trusted).low() <= 0) {
            return null;
        }
        boolean hasNext = at + 1 < bars.size() && bars.get(at + 1).low() > 0;
        if ((hasNext && isContradicted(at)) || isFarOffForSomeBars(at)) {
            return "a price is contradicted by the bars on both sides";
        }
        if (!hasNext && distance(bars.get(trusted).close(), bar.close()) > LAST) {
            return "its close is very far from the bar before, and no bar after it tells";
        }
        return isSplit(at) ? SPLIT : null;
    }

    private boolean isContradicted(int at) {
        Bar before = bars.get(trusted);
        Bar bar = bars.get(at);
        Bar after = bars.get(at + 1);
        double above = factor * Math.max(before.close(), after.open());
        double below = Math.min(before.close(), after.open()) / factor;
        boolean reverts = Math.max(bar.open(), bar.close()) > above || Math.min(bar.open(), bar.close()) < below;
        double highest = Math.max(Math.max(bar.open(), bar.close()), Math.max(before.high(), after.high()));
        double lowest = Math.min(Math.min(bar.open(), bar.close()), Math.min(before.low(), after.low()));
        return reverts || bar.high() > SPIKE * highest || bar.low() < lowest / SPIKE;
    }

    /** Whether it belongs to a few bars that are far off the one before them and the one after. */
    private boolean isFarOffForSomeBars(int at) {
        double before = bars.get(trusted).close();
        int next = at + 1;
        while (next < bars.size() && distance(before, bars.get(next).open()) > SPIKE) {
            next++;
        }
        return distance(before, bars.get(at).close()) > SPIKE
                && next < bars.size()
                && next - trusted - 1 <= MOST_IN_A_ROW
                && distance(before, bars.get(next).open()) < 1 + MOST;
    }

    /** How many times as large one price is as the other. */
    private static double distance(double a, double b) {
        return a > 0 && b > 0 ? Math.max(a / b, b / a) : Double.POSITIVE_INFINITY;
    }

    /** Small ratios are seen as moves of the market unless the volume changes by them too. */
    private boolean isSplit(int at) {
        Bar before = bars.get(trusted);
        double ratio = before.close() / bars.get(at).open();
        double jump = Math.max(ratio, 1 / ratio);
        if (Math.log(jump) < MOVES_OF_A_SPLIT * usualMove) {
            return false;
        }
        boolean isRatio = Arrays.stream(SPLITS).anyMatch(split -> Math.abs(jump / split - 1) < SPLIT_TOLERANCE);
        double volumes = bars.get(at).volume() / before.volume();
        boolean inVolume =
                Double.isFinite(volumes) && volumes > 0 && Math.abs(Math.log(volumes / ratio)) < Math.log(jump) / 2;
        return isRatio && (jump > 1.9 || inVolume);
    }

    /** The median of the moves from one close to the next. */
    private static double usualMove(List<Bar> bars) {
        double[] moves = new double[Math.max(0, bars.size() - 1)];
        int count = 0;
        for (int i = 1; i < bars.size(); i++) {
            double ratio = bars.get(i).close() / bars.get(i - 1).close();
            if (ratio > 0 && bars.get(i).close() > 0) {
                moves[count++] = Math.abs(Math.log(ratio));
            }
        }
        Arrays.sort(moves, 0, count);
        return count == 0 ? 0 : moves[count / 2];
    }
}

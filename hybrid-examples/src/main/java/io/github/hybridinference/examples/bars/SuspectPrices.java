package io.github.hybridinference.examples.bars;

import io.github.hybridinference.eval.Bar;
import org.jspecify.annotations.Nullable;

/**
 * Finds bars with an open or close that the bars on both sides contradict, as an erroneous trade in a feed leaves behind.
 *
 * <p>After a crash the next bar opens low too; after an erroneous price it does not.
 */
final class SuspectPrices {

    private static final double FACTOR = 1.2;

    private final RowLog log;
    private @Nullable Bar before;
    private @Nullable Bar middle;
    private long middleLine;

    SuspectPrices(RowLog log) {
        this.log = log;
    }

    void accept(Bar bar, long line) {
        if (before != null && middle != null && isContradicted(before.close(), middle, bar.open())) {
            log.add(middleLine, "the open or close is more than 20 % off the prices on both sides; the bar is kept");
        }
        before = middle;
        middle = bar;
        middleLine = line;
    }

    private static boolean isContradicted(double priceBefore, Bar bar, double priceAfter) {
        double above = FACTOR * Math.max(priceBefore, priceAfter);
        double below = Math.min(priceBefore, priceAfter) / FACTOR;
        return Math.max(bar.open(), bar.close()) > above || Math.min(bar.open(), bar.close()) < below;
    }
}

package io.github.hybridinference.examples.run;

import io.github.hybridinference.eval.Bar;

/**
 * A bar as it may have looked while it was forming.
 *
 * <p>A bar does not tell its way, so one is assumed, always the same: in three legs of equal length and time from the
 * open to the extreme that lies behind the move (the low of a bar that closes higher), on to the other extreme, and to the
 * close. Volume grows evenly.
 */
public final class BarPath {

    private static final int LEGS = 3;

    private BarPath() {}

    /**
     * Returns the bar as it may have stood within its time; the bar itself at the end.
     *
     * @param bar the bar
     * @param part after how many parts of its time
     * @param parts of how many
     * @return the bar so far
     */
    public static Bar upTo(Bar bar, int part, int parts) {
        if (part == parts) {
            return bar;
        }
        double[] way = way(bar);
        double legs = (double) LEGS * part / parts;
        int whole = (int) legs;
        double price = way[whole] + (way[whole + 1] - way[whole]) * (legs - whole);
        double high = price;
        double low = price;
        for (int i = 0; i <= whole; i++) {
            high = Math.max(high, way[i]);
            low = Math.min(low, way[i]);
        }
        return new Bar(bar.start(), bar.open(), high, low, price, bar.volume() * part / parts);
    }

    private static double[] way(Bar bar) {
        boolean rises = bar.close() >= bar.open();
        return new double[] {bar.open(), rises ? bar.low() : bar.high(), rises ? bar.high() : bar.low(), bar.close()};
    }
}

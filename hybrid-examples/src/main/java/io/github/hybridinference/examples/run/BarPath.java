package io.github.hybridinference.examples.run;

import io.github.hybridinference.eval.Bar;

/**
 * A bar as it may have looked while it was forming.
 *
 * <p>A bar does not record the path of the price, so the same one is always assumed, in three legs of equal duration: from
 * the open to the extreme opposite to the move (the low of a bar that closes higher), on to the other extreme, and to the
 * close. Volume grows evenly.
 */
public final class BarPath {

    private static final int LEGS = 3;

    private BarPath() {}

    /**
     * The bar as it may have looked at a point within its duration; the bar itself at the end.
     *
     * @param bar the bar
     * @param part the number of elapsed parts of its duration
     * @param parts the number of parts in all
     * @return the bar so far
     */
    public static Bar upTo(Bar bar, int part, int parts) {
        if (part == parts) {
            return bar;
        }
        double[] path = path(bar);
        double legs = (double) LEGS * part / parts;
        int whole = (int) legs;
        double price = path[whole] + (path[whole + 1] - path[whole]) * (legs - whole);
        double high = price;
        double low = price;
        for (int i = 0; i <= whole; i++) {
            high = Math.max(high, path[i]);
            low = Math.min(low, path[i]);
        }
        return new Bar(bar.start(), bar.open(), high, low, price, bar.volume() * part / parts);
    }

    private static double[] path(Bar bar) {
        boolean rises = bar.close() >= bar.open();
        return new double[] {bar.open(), rises ? bar.low() : bar.high(), rises ? bar.high() : bar.low(), bar.close()};
    }
}

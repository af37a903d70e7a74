package io.github.hybridinference.examples.flink;

/**
 * A bar of one symbol.
 *
 * @param symbol the instrument
 * @param number its place in the series, from 0
 * @param timeMs its close, in milliseconds since 1970-01-01T00:00Z
 * @param close its closing price
 * @param volume what was traded
 */
public record Bar(String symbol, int number, long timeMs, double close, double volume) {
    static final long HOUR_MS = 3_600_000;

    /** The bar with this number of a made-up market: a cycle and noise, the same whenever it is asked for. */
    static Bar of(int symbol, int number, long firstCloseMs) {
        double swing = 0.005 + 0.06 * noise(symbol, -1_000);
        double cycle = Math.sin(number / (4 + 8 * noise(symbol, -1_001)) + symbol);
        double close = 100 * Math.exp(swing * (cycle + noise(symbol, number) - 0.5));
        double volume = 1_000 * (0.5 + 2 * noise(symbol, -2_000 - number));
        return new Bar("S" + symbol, number, firstCloseMs + number * HOUR_MS, close, volume);
    }

    /** From 0 to 1, different for each symbol and number. */
    private static double noise(int symbol, int number) {
        long mixed = (symbol * 0x9E3779B97F4A7C15L) ^ (number * 0xC2B2AE3D27D4EB4FL);
        mixed = (mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L;
        return ((mixed ^ (mixed >>> 32)) & 0xFF_FFFF) / (double) 0x100_0000;
    }
}

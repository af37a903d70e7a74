package io.github.hybridinference.examples.flink;

/**
 * A bar of one symbol.
 *
 * @param symbol the instrument
 * @param number its place in the series, from 0
 * @param timeMs its close, in milliseconds since 1970-01-01T00:00Z
 * @param close its closing price
 */
public record Bar(String symbol, int number, long timeMs, double close) {
    static final long HOUR_MS = 3_600_000;

    /** The bar with this number of a made-up market: a cycle and noise, the same whenever it is asked for. */
    static Bar of(int symbol, int number, long firstCloseMs) {
        double noise =
                ((symbol * 0x9E3779B97F4A7C15L + number * 0xC2B2AE3D27D4EB4FL) >>> 40) / (double) (1 << 24) - 0.5;
        double close = 100 * Math.exp(0.03 * Math.sin(number / 6.0 + symbol) + 0.02 * noise);
        return new Bar("S" + symbol, number, firstCloseMs + number * HOUR_MS, close);
    }
}

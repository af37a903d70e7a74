package io.github.hybridinference.examples.service;

import java.util.Locale;

/** Requests. */
final class Bodies {
    private Bodies() {}

    /** RSI beyond the extremes, confirmed by volume: the rules suffice. */
    static String plain() {
        return body(17, 1.9);
    }

    /** RSI near 50; the ratio makes it another question. */
    static String hard(double volumeRatio) {
        return body(50, volumeRatio);
    }

    /** The same with a limit of its own. */
    static String hard(double volumeRatio, int timeoutMs) {
        return hard(volumeRatio).replaceFirst("\\{", "{\"timeout_ms\":" + timeoutMs + ",");
    }

    private static String body(double rsi, double volumeRatio) {
        return String.format(
                Locale.ROOT,
                "{\"symbol\":\"BTC-USDT\",\"timeframe\":\"1h\",\"market_data\":{\"price\":64120.5,"
                        + "\"volume_ratio\":%.1f,\"volatility_pct\":1.1},\"features\":{\"rsi_14\":%.1f}}",
                volumeRatio,
                rsi);
    }
}

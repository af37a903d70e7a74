package io.github.hybridinference.classify;

import java.util.function.UnaryOperator;

/** Files of routers for tests. */
final class Routers {
    /** Looks at RSI alone: log odds are 0 at 50, and 1 more for each 10 above. Asks from a probability of one half. */
    static final String BY_RSI = """
            {
              "format": 2,
              "trained": "2026-11-28",
              "series": "a test",
              "timeframe": "1h",
              "examples": 1000,
              "changes": 500,
              "intercept": 0,
              "features": [{"name": "rsi", "mean": 50, "deviation": 10, "weight": 1}],
              "calibration": {"slope": 1, "shift": 0},
              "gain_bps": {"all": 10, "by_reason": {"NEUTRAL_RSI": 20}},
              "threshold": {"probability": 0.5, "loses_at_most": 0.3, "level": 0.95},
              "hours": [HOURS]
            }
            """;

    private static final String HOUR = "{\"scenarios\": 10, \"probabilities\": [0.1, 0.3, 0.5, 0.7, 0.9]}";

    private Routers() {}

    static String text() {
        return BY_RSI.replace("HOURS", (HOUR + ",").repeat(23) + HOUR);
    }

    static RouterModel byRsi() {
        return RouterModel.parse(text());
    }

    static RouterModel changed(UnaryOperator<String> change) {
        return RouterModel.parse(change.apply(text()));
    }
}

package io.github.hybridinference.eval.context;

import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import java.time.Instant;
import java.util.Objects;

/**
 * The bar for which a source is queried.
 *
 * @param symbol the instrument as the caller spells it
 * @param timeframe the length of its bars
 * @param barTime the close of the bar
 * @since 0.1.0
 */
public record ContextQuery(String symbol, Timeframe timeframe, Instant barTime) {
    /**
     * Checks that no part is null.
     *
     * @param symbol the instrument
     * @param timeframe the length of its bars
     * @param barTime the close of the bar
     */
    public ContextQuery {
        Objects.requireNonNull(symbol, "symbol");
        Objects.requireNonNull(timeframe, "timeframe");
        Objects.requireNonNull(barTime, "barTime");
    }

    static ContextQuery of(MarketSnapshot snapshot) {
        return new ContextQuery(snapshot.symbol(), snapshot.timeframe(), snapshot.time());
    }

    /** The timeframe only. */
    @Override
    public String toString() {
        return "ContextQuery[" + timeframe.code() + "]";
    }
}

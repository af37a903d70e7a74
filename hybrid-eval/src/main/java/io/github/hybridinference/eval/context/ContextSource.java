package io.github.hybridinference.eval.context;

import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Feature;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * A source of figures that are not in the bars, such as news sentiment or on-chain flows.
 *
 * <p>It supplies numeric features of the catalogue and nothing else; texts must be reduced to numbers first. It leaves
 * out what it does not know: an absent figure is never replaced by a neutral one. Cache, time limits and circuit
 * breaker are provided by {@link ContextEnricher}.
 *
 * <p>Implementations are called by many threads at once, must be thread-safe and must not block.
 *
 * @since 0.1.0
 */
public interface ContextSource {
    /**
     * Returns a name for statistics and logs.
     *
     * @return short, the same at every call, without any secret
     */
    String name();

    /**
     * Returns the figures it can supply.
     *
     * @return features of the catalogue that may leave the process, the same at every call
     */
    Set<Feature> features();

    /**
     * Fetches the figures.
     *
     * @param query the bar they are needed for
     * @param deadline when the fetch is cancelled
     * @return completes with the available figures, including any out of range, or exceptionally if the source
     *     could not be queried
     */
    CompletionStage<Map<Feature, Double>> fetch(ContextQuery query, Deadline deadline);

    /**
     * Returns what the figures depend on, so that they are fetched once for all queries with an equal key.
     *
     * @param query the bar the figures are needed for
     * @return with {@code equals} and {@code hashCode}; the symbol by default
     */
    default Object cacheKey(ContextQuery query) {
        return query.symbol();
    }

    /**
     * Returns whether it knows past figures as they were known at the time. One that knows only the present is not
     * queried about a bar once the next bar is over: that would be look-ahead bias.
     *
     * @return false by default
     */
    default boolean knowsThePast() {
        return false;
    }
}

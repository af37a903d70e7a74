package io.github.hybridinference.eval.context;

import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Feature;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * A place that knows figures which are not in the bars: the mood of the news, flows on the chain.
 *
 * <p>It gives numbers of the catalogue and nothing else; whoever has texts reduces them to numbers first. What it does not
 * know it leaves out: absent is absent, never neutral. Everything around it (cache, time limit, breaker) is brought by
 * {@link ContextEnricher}.
 *
 * <p>Implementations are called by many threads at once, must be thread-safe and must not block.
 */
public interface ContextSource {
    /**
     * Returns a name for statistics and logs.
     *
     * @return short, the same at every call, without any secret
     */
    String name();

    /**
     * Returns which figures it can give.
     *
     * @return features of the catalogue that may leave the process, the same at every call
     */
    Set<Feature> features();

    /**
     * Fetches the figures.
     *
     * @param query what they are wanted for
     * @param deadline by when the fetch must be over; it is cancelled then
     * @return completes with the figures known, those out of range included, or exceptionally if the place could not be
     *     asked
     */
    CompletionStage<Map<Feature, Double>> fetch(ContextQuery query, Deadline deadline);

    /**
     * Says what an answer depends on, so that it is fetched once for all queries with an equal key.
     *
     * @param query what figures are wanted for
     * @return with {@code equals} and {@code hashCode}; the symbol by default
     */
    default Object cacheKey(ContextQuery query) {
        return query.symbol();
    }

    /**
     * Tells whether it knows the figures of the past as they were known then. One that knows only those of now is not asked
     * about a bar whose next one is over as well: that would be a look ahead.
     *
     * @return false by default
     */
    default boolean knowsThePast() {
        return false;
    }
}

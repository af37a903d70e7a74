package io.github.hybridinference.cache;

import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.QuestionKey;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Remembers a model's answers by the question they answer.
 *
 * <p>Whether an entry still holds is for the engine to say, on its clock; a cache may forget one earlier but need not.
 * Implementations are called by many threads at once and must be thread-safe. A cache never throws and never makes an
 * inference wait past the deadline given: a part that is down or slow is a miss.
 */
public interface SignalCache {
    /**
     * Looks without waiting.
     *
     * @param key the question
     * @return the entry if it is at hand in this process, else null
     */
    @Nullable CachedSignal peek(QuestionKey key);

    /**
     * Looks, and waits if it must.
     *
     * @param key the question
     * @param deadline by when the stage completes
     * @return completes with the entry, or empty; never exceptionally
     */
    CompletionStage<Optional<CachedSignal>> get(QuestionKey key, Deadline deadline);

    /**
     * Remembers an answer. Returns at once; a slow part may drop it.
     *
     * @param key the question
     * @param signal the answer
     */
    void put(QuestionKey key, CachedSignal signal);

    /**
     * Returns counts and state.
     *
     * @return a moment's view
     */
    CacheState state();

    /**
     * Returns a cache in this process.
     *
     * @param maxEntries the most entries kept, positive; the least useful go first
     * @return a new cache
     */
    static SignalCache inMemory(long maxEntries) {
        return new InMemorySignalCache(maxEntries);
    }

    /**
     * Returns a cache that remembers nothing.
     *
     * @return a shared instance
     */
    static SignalCache none() {
        return NoSignalCache.INSTANCE;
    }
}

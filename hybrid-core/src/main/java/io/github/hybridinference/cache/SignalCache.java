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
     * Looks without waiting. Finding nothing is not counted as a miss: {@link #get} follows, and counts.
     *
     * @param key the question
     * @return the entry if it is at hand in this process, else null
     */
    @Nullable CachedSignal peek(QuestionKey key);

    /**
     * Looks further than {@link #peek}, and waits if it must: where a fleet shares its answers there may be an entry, or
     * a newer one than {@code peek} gave.
     *
     * @param key the question
     * @param deadline by when the stage completes
     * @return completes with the entry, or empty; never exceptionally. Continuations run on the calling thread or on one
     *     of the cache's own, which are few: hand on what takes long
     */
    CompletionStage<Optional<CachedSignal>> get(QuestionKey key, Deadline deadline);

    /**
     * Remembers an answer. Returns at once; a slow part may drop it, and any may keep a newer one that it holds.
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
     * Returns a cache of two tiers, such as one in this process before one that a fleet shares.
     *
     * <p>{@code peek} asks the first only. {@code get} asks the second, within that one's own time limit, and keeps what it
     * finds in the first; if it finds nothing, what the first holds is the answer. {@code put} writes to both. The tiered
     * cache is {@link AutoCloseable} and closes those of its tiers that are.
     *
     * @param first the near tier
     * @param second the far tier
     * @return a new cache over both
     */
    static SignalCache tiered(SignalCache first, SignalCache second) {
        return new TieredSignalCache(first, second);
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

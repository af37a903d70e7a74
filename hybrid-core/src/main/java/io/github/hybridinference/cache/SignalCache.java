package io.github.hybridinference.cache;

import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Deadline;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a model's answers under the key of the request that they answer.
 *
 * <p>Each call carries the time on the engine's clock, which may be that of a replay. A cache returns and keeps only
 * entries that {@linkplain CachedSignal#isValidAt are valid} at that time; it may evict an entry earlier.
 * Implementations are called by many threads at once and must be thread-safe. A cache never throws and never makes an
 * inference wait past the deadline given: a part that is down or slow is a miss.
 *
 * @since 0.1.0
 */
public interface SignalCache {
    /**
     * Looks in this process, without waiting. A valid entry counts as a hit; finding none is not counted as a miss, since
     * {@link #get} follows and counts it.
     *
     * @param key the key of the request
     * @param nowMs the time on the engine's clock, in milliseconds since 1970-01-01T00:00Z
     * @return an entry that is valid now, or null if this process holds none
     */
    @Nullable CachedSignal peek(CacheKey key, long nowMs);

    /**
     * Looks further than {@link #peek}, and waits if it must: where a fleet shares its answers there may be an entry, or
     * a newer one than {@code peek} gave.
     *
     * @param key the key of the request
     * @param nowMs the time on the engine's clock, as for {@link #peek}
     * @param deadline by when the stage completes
     * @return completes with an entry that is valid now, or empty; never exceptionally. Continuations run on the calling thread or on one
     *     of the cache's own, which are few: hand on what takes long
     */
    CompletionStage<Optional<CachedSignal>> get(CacheKey key, long nowMs, Deadline deadline);

    /**
     * Looks for many entries at once, as {@link #get} does for one. By default it calls {@link #get} for each key; a cache that
     * is reached over a network should ask once for all.
     *
     * @param keys the keys of the requests, at most a few thousand; one that occurs twice is looked for once
     * @param nowMs the time on the engine's clock, as for {@link #peek}
     * @param deadline by when the stage completes
     * @return completes with those entries that are valid now, each under its key; never exceptionally. Continuations as for
     *     {@link #get}
     */
    default CompletionStage<Map<CacheKey, CachedSignal>> getAll(
            Collection<CacheKey> keys, long nowMs, Deadline deadline) {
        Map<CacheKey, CompletableFuture<Optional<CachedSignal>>> looks = new LinkedHashMap<>();
        for (CacheKey key : keys) {
            looks.computeIfAbsent(key, one -> get(one, nowMs, deadline).toCompletableFuture());
        }
        return CompletableFuture.allOf(looks.values().toArray(CompletableFuture[]::new))
                .thenApply(done -> {
                    Map<CacheKey, CachedSignal> found = new HashMap<>();
                    looks.forEach((key, look) -> look.join().ifPresent(entry -> found.put(key, entry)));
                    return found;
                });
    }

    /**
     * Keeps an answer. Returns at once; a slow cache may drop it. An answer that is not valid now is ignored. A valid newer
     * one that the cache holds already may be kept in its place; one that is not valid is replaced.
     *
     * @param key the key of the request
     * @param signal the answer
     * @param nowMs the time on the engine's clock, as for {@link #peek}
     */
    void put(CacheKey key, CachedSignal signal, long nowMs);

    /**
     * Keeps an answer in this process only, where {@link #peek} finds it. What the rules answered is kept so, and never reaches
     * a cache that others read. By default it is {@link #put} if this cache {@linkplain #isInProcess is in this process};
     * else nothing is kept.
     *
     * @param key the key of the request
     * @param signal the answer
     * @param nowMs the time on the engine's clock, as for {@link #peek}
     */
    default void putHere(CacheKey key, CachedSignal signal, long nowMs) {
        if (isInProcess()) {
            put(key, signal, nowMs);
        }
    }

    /**
     * Tells whether all entries are in this process, so that {@link #get} finds nothing that {@link #peek} does not.
     *
     * @return false by default
     */
    default boolean isInProcess() {
        return false;
    }

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

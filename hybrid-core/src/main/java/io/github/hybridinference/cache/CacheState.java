package io.github.hybridinference.cache;

import java.util.List;
import java.util.Optional;

/**
 * A moment's view of a cache.
 *
 * @param name what it is, for health reports, for example {@code in-memory}
 * @param entries how many entries it holds in this process
 * @param hits look-ups that found an entry
 * @param misses look-ups that found none, those counted in {@code unreadable} included
 * @param unreadable look-ups that found something that is no entry: another version's, foreign or damaged
 * @param forged values that were found where only signed ones are used, and had no valid signature; leases included
 * @param dropped answers that were not remembered, because a part was slow, down or full
 * @param trouble what is wrong with it, since when and why, if anything, without any of a caller's data
 * @param tiers the parts of a tiered cache, first tier first; empty for others
 * @since 0.1.0
 */
public record CacheState(
        String name,
        long entries,
        long hits,
        long misses,
        long unreadable,
        long forged,
        long dropped,
        Optional<String> trouble,
        List<CacheState> tiers) {
    /**
     * Makes the state of a cache in one piece that drops nothing and can always read what it holds.
     *
     * @param name what it is
     * @param entries how many entries it holds
     * @param hits look-ups that found an entry
     * @param misses look-ups that found none
     * @param trouble what is wrong with it, if anything
     */
    public CacheState(String name, long entries, long hits, long misses, Optional<String> trouble) {
        this(name, entries, hits, misses, 0, 0, 0, trouble, List.of());
    }
}

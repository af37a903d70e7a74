package io.github.hybridinference.cache;

import java.util.Optional;

/**
 * A moment's view of a cache.
 *
 * @param name what it is, for health reports, for example {@code in-memory}
 * @param entries how many entries it holds in this process
 * @param hits look-ups that found an entry
 * @param misses look-ups that found none
 * @param trouble what is wrong with it, if anything, without any of a caller's data
 */
public record CacheState(String name, long entries, long hits, long misses, Optional<String> trouble) {}

package io.github.hybridinference.cache;

/** Who shares a remembered answer. */
public enum CacheScope {
    /** Whoever would send the same bytes: the model does not know the symbol, so its answer does not depend on it. */
    SHARED,
    /** Only questions about the same symbol: a keyed digest of it becomes part of the key, and never leaves. */
    PER_SYMBOL
}

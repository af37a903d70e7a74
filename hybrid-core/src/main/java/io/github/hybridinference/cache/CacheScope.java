package io.github.hybridinference.cache;

/**
 * Which callers share a cached answer.
 *
 * @since 0.1.0
 */
public enum CacheScope {
    /** All callers whose request has the same bytes: the answer cannot depend on the symbol, which the model never sees. */
    SHARED,
    /** Only callers that ask about the same symbol: a keyed digest of it becomes part of the key, and never leaves. */
    PER_SYMBOL
}

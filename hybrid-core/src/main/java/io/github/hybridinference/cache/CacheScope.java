package io.github.hybridinference.cache;

/**
 * Which callers share a cached answer.
 *
 * @since 0.1.0
 */
public enum CacheScope {
    /** All callers whose request has the same bytes: the answer cannot depend on the symbol, which the model never sees. */
    SHARED,
    /**
     * Only callers that ask about the same symbol: the key is HMAC-SHA-256 of request and symbol under a secret, so that keys
     * tell neither the symbol nor the figures, nor which of them are alike. Nothing of it is sent to a model.
     */
    PER_SYMBOL
}

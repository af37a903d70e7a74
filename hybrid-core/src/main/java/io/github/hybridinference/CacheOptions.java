package io.github.hybridinference;

import io.github.hybridinference.cache.CacheScope;
import io.github.hybridinference.cache.CallLease;
import io.github.hybridinference.cache.SignalCache;
import java.security.Key;
import java.security.SecureRandom;
import java.time.Duration;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The builder's options for remembering answers. */
abstract sealed class CacheOptions extends LimitOptions permits InferenceEngineBuilder {
    private static final int SECRET_BYTES = 32;

    @Nullable SignalCache cache;

    @Nullable Duration cacheTtl;

    @Nullable Duration refreshAfter;

    @Nullable CallLease lease;

    boolean cacheLocalAnswers;
    private @Nullable CacheScope cacheScope;
    private @Nullable Key sharedSymbolKey;

    /**
     * Sets the cache; the default is {@code SignalCache.inMemory(100_000)}, and none for an engine without a model.
     *
     * @param memory the cache
     * @return this builder
     */
    public InferenceEngineBuilder cache(SignalCache memory) {
        cache = once(cache, memory, "cache");
        return self();
    }

    /**
     * Sets who shares an answer; the default is {@link CacheScope#SHARED}. With PER_SYMBOL the digest of the symbol is
     * made with a secret of this engine's own; a fleet with a shared cache sets one with {@link #cachePerSymbol}.
     *
     * @param scope the scope
     * @return this builder
     */
    public InferenceEngineBuilder cacheScope(CacheScope scope) {
        cacheScope = once(cacheScope, scope, "cacheScope");
        return self();
    }

    /**
     * Keeps answers apart by symbol, with a secret that engines of a fleet have in common.
     *
     * @param secret at least 16 bytes; copied
     * @return this builder
     */
    public InferenceEngineBuilder cachePerSymbol(byte[] secret) {
        require(secret.length >= 16, "the secret has at least 16 bytes");
        cacheScope = once(cacheScope, CacheScope.PER_SYMBOL, "cacheScope");
        sharedSymbolKey = new SecretKeySpec(secret, KeySeeds.DIGEST);
        return self();
    }

    /**
     * Sets how long an answer is remembered at most; the default is 15 minutes. It never outlives the bar after the one
     * it was given for.
     *
     * @param ttl positive, at most a day
     * @return this builder
     */
    public InferenceEngineBuilder cacheTtl(Duration ttl) {
        require(
                !ttl.isNegative() && !ttl.isZero() && ttl.compareTo(Duration.ofDays(1)) <= 0,
                "cacheTtl is positive and at most a day");
        cacheTtl = once(cacheTtl, ttl, "cacheTtl");
        return self();
    }

    /**
     * Sets the age from which a remembered answer is still given but asked for anew in the background; by default none
     * is.
     *
     * @param age positive, at most a day
     * @return this builder
     */
    public InferenceEngineBuilder refreshAfter(Duration age) {
        require(
                !age.isNegative() && !age.isZero() && age.compareTo(Duration.ofDays(1)) <= 0,
                "refreshAfter is positive and at most a day");
        refreshAfter = once(refreshAfter, age, "refreshAfter");
        return self();
    }

    /**
     * Looks into the cache before the rules are evaluated, and remembers their answers too: for a rule model that costs
     * more than a look-up. Off by default.
     *
     * @return this builder
     */
    public InferenceEngineBuilder cacheLocalAnswers() {
        cacheLocalAnswers = true;
        return self();
    }

    /**
     * Lets one process of a fleet ask a question for all; the default is to ask for oneself.
     *
     * @param fleet the lease
     * @return this builder
     */
    public InferenceEngineBuilder flightLease(CallLease fleet) {
        lease = once(lease, fleet, "flightLease");
        return self();
    }

    @Nullable Key symbolKey() {
        if (cacheScope != CacheScope.PER_SYMBOL || sharedSymbolKey != null) {
            return sharedSymbolKey;
        }
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return new SecretKeySpec(secret, KeySeeds.DIGEST);
    }
}

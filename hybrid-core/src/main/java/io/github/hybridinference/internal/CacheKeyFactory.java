package io.github.hybridinference.internal;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.remote.ModelIdentity;
import io.github.hybridinference.remote.RemoteModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the key under which a request is cached and joined: of the figures that are sent, the models, their prompt versions
 * and parameters. Where answers are kept apart by symbol, that key and the symbol go through a keyed one-way function.
 *
 * @since 0.1.0
 */
public final class CacheKeyFactory {
    /** Of the standard rules: raised where they answer otherwise, so that a shared cache keeps no answers of two versions. */
    private static final int RULES_VERSION = 2;

    private final String sharedText;
    private volatile @Nullable CacheKey sharedSeed;
    private final @Nullable KeyedDigest bySymbol;

    /**
     * Makes one for an engine.
     *
     * @param models the models that may be asked
     * @param withLocalAnswers whether answers of the rules are cached too
     * @param bySymbol keeps the answers of symbols apart, or null if they share them
     */
    public CacheKeyFactory(List<RemoteModel> models, boolean withLocalAnswers, @Nullable KeyedDigest bySymbol) {
        StringBuilder text = new StringBuilder("hybrid-inference key 1");
        for (RemoteModel model : models) {
            ModelIdentity identity = model.identity();
            text.append('\n')
                    .append(identity.model())
                    .append('\n')
                    .append(identity.promptVersion())
                    .append('\n')
                    .append(identity.parameters());
        }
        if (withLocalAnswers) {
            text.append("\nwith local answers ").append(RULES_VERSION);
        }
        sharedText = text.toString();
        this.bySymbol = bySymbol;
    }

    /**
     * Makes a key.
     *
     * @param snapshot whose symbol counts, if answers are kept apart
     * @param anonymized the request
     * @return the key
     */
    public CacheKey keyOf(MarketSnapshot snapshot, AnonymizedSnapshot anonymized) {
        CacheKey shared = anonymized.key(seed());
        return bySymbol == null ? shared : bySymbol.of(shared, snapshot.symbol());
    }

    /** Digested when first needed: simple scenarios need no key, and the digest takes a fresh JVM a while. */
    private CacheKey seed() {
        CacheKey known = sharedSeed;
        if (known == null) {
            known = CacheKey.of(sharedText);
            sharedSeed = known;
        }
        return known;
    }
}

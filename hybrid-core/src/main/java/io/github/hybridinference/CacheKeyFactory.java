package io.github.hybridinference;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.remote.ModelIdentity;
import io.github.hybridinference.remote.RemoteModel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Makes the key under which a request is cached and joined: of the figures that are sent, the models, their prompt versions
 * and parameters, and, where answers are kept apart by symbol, a digest of the symbol under a secret.
 */
final class CacheKeyFactory {
    static final String DIGEST = "HmacSHA256";

    private static final int MAX_SYMBOLS = 10_000;

    private final String sharedText;
    private volatile @Nullable CacheKey sharedSeed;
    private final @Nullable Key symbolKey;
    private final ConcurrentHashMap<String, CacheKey> bySymbol = new ConcurrentHashMap<>();

    CacheKeyFactory(List<RemoteModel> models, boolean withLocalAnswers, @Nullable Key symbolKey) {
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
            text.append("\nwith local answers");
        }
        sharedText = text.toString();
        this.symbolKey = symbolKey;
    }

    CacheKey keyOf(MarketSnapshot snapshot, AnonymizedSnapshot anonymized) {
        return anonymized.key(seedFor(snapshot));
    }

    private CacheKey seedFor(MarketSnapshot snapshot) {
        Key secret = symbolKey;
        if (secret == null) {
            return shared();
        }
        CacheKey known = bySymbol.get(snapshot.symbol());
        if (known != null) {
            return known;
        }
        CacheKey seed = digest(secret, snapshot.symbol());
        if (bySymbol.size() < MAX_SYMBOLS) {
            bySymbol.put(snapshot.symbol(), seed);
        }
        return seed;
    }

    /** Digested when first needed: simple scenarios need no key, and the digest takes a fresh JVM a while. */
    private CacheKey shared() {
        CacheKey known = sharedSeed;
        if (known == null) {
            known = CacheKey.of(sharedText);
            sharedSeed = known;
        }
        return known;
    }

    private CacheKey digest(Key secret, String symbol) {
        try {
            Mac mac = Mac.getInstance(DIGEST);
            mac.init(secret);
            ByteBuffer halves = ByteBuffer.wrap(mac.doFinal(symbol.getBytes(StandardCharsets.UTF_8)));
            return new CacheKey(shared().high() ^ halves.getLong(), shared().low() ^ halves.getLong());
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("every Java platform has HmacSHA256", impossible);
        }
    }
}

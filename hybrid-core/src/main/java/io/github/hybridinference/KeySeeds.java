package io.github.hybridinference;

import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.QuestionKey;
import io.github.hybridinference.remote.ModelIdentity;
import io.github.hybridinference.remote.RemoteModel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What belongs to a question besides the figures: models, prompt versions, parameters, and for a cache kept apart by
 * symbol a digest of the symbol under a secret, so that the key tells nobody which symbol it was.
 */
final class KeySeeds {
    private static final int MAX_SYMBOLS = 10_000;

    private final QuestionKey shared;
    private final byte[] secret;
    private final ConcurrentHashMap<String, QuestionKey> bySymbol = new ConcurrentHashMap<>();

    KeySeeds(Settings settings) {
        StringBuilder text = new StringBuilder("hybrid-inference key 1");
        for (RemoteModel model : settings.remotes()) {
            ModelIdentity identity = model.identity();
            text.append('\n')
                    .append(identity.model())
                    .append('\n')
                    .append(identity.promptVersion())
                    .append('\n')
                    .append(identity.parameters());
        }
        if (settings.cacheLocalAnswers()) {
            text.append("\nwith local answers");
        }
        shared = QuestionKey.of(text.toString());
        byte[] given = settings.symbolSecret();
        secret = given == null ? new byte[0] : given.clone();
    }

    QuestionKey seedFor(MarketSnapshot snapshot) {
        if (secret.length == 0) {
            return shared;
        }
        QuestionKey known = bySymbol.get(snapshot.symbol());
        if (known != null) {
            return known;
        }
        QuestionKey seed = digest(snapshot.symbol());
        if (bySymbol.size() < MAX_SYMBOLS) {
            bySymbol.put(snapshot.symbol(), seed);
        }
        return seed;
    }

    private QuestionKey digest(String symbol) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            ByteBuffer halves = ByteBuffer.wrap(mac.doFinal(symbol.getBytes(StandardCharsets.UTF_8)));
            return new QuestionKey(shared.high() ^ halves.getLong(), shared.low() ^ halves.getLong());
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("every Java platform has HmacSHA256", impossible);
        }
    }
}

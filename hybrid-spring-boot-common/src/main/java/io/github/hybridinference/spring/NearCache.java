package io.github.hybridinference.spring;

import static io.github.hybridinference.spring.InvalidSettingException.check;

import io.github.hybridinference.cache.SignalCache;
import java.util.Objects;

/** Makes the cache of this process. */
final class NearCache {
    private static final long DEFAULT_ENTRIES = 100_000;

    private NearCache() {}

    static SignalCache of(HybridProperties.Cache settings) {
        long entries = Objects.requireNonNullElse(settings.maxEntries(), DEFAULT_ENTRIES);
        if (entries == 0) {
            return SignalCache.none();
        }
        SignalCache[] made = new SignalCache[1];
        check("hybrid.cache.max-entries", () -> made[0] = SignalCache.inMemory(entries));
        return made[0];
    }
}

package io.github.hybridinference.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.model.CacheKey;
import org.junit.jupiter.api.Test;

final class InMemorySignalCacheTest extends SignalCacheContract {
    @Override
    protected SignalCache cache() {
        return SignalCache.inMemory(1_000);
    }

    @Test
    void keepsTheNewerOfTwoAnswersWhicheverComesLast() {
        SignalCache cache = cache();
        CacheKey key = CacheKey.of("late");
        cache.put(key, entry("newer", 2_000), 2_000);

        cache.put(key, entry("older", 1_000), 2_000);

        assertThat(cache.peek(key, 2_000)).isEqualTo(entry("newer", 2_000));
    }

    @Test
    void staysWithinItsBound() {
        SignalCache cache = SignalCache.inMemory(100);

        for (int i = 0; i < 10_000; i++) {
            cache.put(new CacheKey(i, i), entry("", 1), 1);
        }

        assertThat(cache.state().entries()).isLessThanOrEqualTo(100);
    }

    @Test
    void refusesToHoldNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> SignalCache.inMemory(0));
    }
}

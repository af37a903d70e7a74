package io.github.hybridinference.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.cache.CacheState;
import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TieredSignalCacheTest extends SignalCacheContract {
    private static final Deadline SOON = Deadline.after(Duration.ofMinutes(1));
    private static final CacheKey KEY = CacheKey.of("a question");

    private final SignalCache near = SignalCache.inMemory(1_000);
    private static final long NOW = 2;

    private final FarCache far = new FarCache();
    private final SignalCache tiered = SignalCache.tiered(near, far);

    @Override
    protected SignalCache cache() {
        return tiered;
    }

    @Test
    void asksTheNearTierOnlyForWhatIsAtHand() {
        tiered.put(KEY, entry("known", 1), NOW);

        assertThat(tiered.peek(KEY, NOW)).isEqualTo(entry("known", 1));
        assertThat(far.asked).isZero();
    }

    @Test
    void keepsInTheNearTierWhatItFindsInTheFarOne() {
        far.put(KEY, entry("far", 1), NOW);

        assertThat(tiered.get(KEY, NOW, SOON).toCompletableFuture().join()).contains(entry("far", 1));

        assertThat(near.peek(KEY, NOW)).isEqualTo(entry("far", 1));
    }

    @Test
    void keepsWhatComesLaterAsWell() {
        far.pending = new CompletableFuture<>();
        CompletableFuture<Optional<CachedSignal>> answer =
                tiered.get(KEY, NOW, SOON).toCompletableFuture();
        assertThat(answer).isNotDone();

        far.pending.complete(Optional.of(entry("far", 1)));

        assertThat(answer).isCompletedWithValue(Optional.of(entry("far", 1)));
        assertThat(near.peek(KEY, NOW)).isEqualTo(entry("far", 1));
    }

    @Test
    void keepsInTheNearTierAllThatItFindsInTheFarOneAtOnce() {
        CacheKey other = CacheKey.of("another question");
        CacheKey unknown = CacheKey.of("an unknown question");
        far.put(KEY, entry("far", 1), NOW);
        far.put(other, entry("far as well", 1), NOW);

        assertThat(tiered.getAll(List.of(KEY, unknown, other), NOW, SOON)
                        .toCompletableFuture()
                        .join())
                .isEqualTo(Map.of(KEY, entry("far", 1), other, entry("far as well", 1)));

        assertThat(near.peek(KEY, NOW)).isEqualTo(entry("far", 1));
        assertThat(near.peek(other, NOW)).isEqualTo(entry("far as well", 1));
        assertThat(near.peek(unknown, NOW)).isNull();
    }

    @Test
    void findsAnAnswerThatIsNewerThanItsOwn() {
        near.put(KEY, entry("own", 1), NOW);
        far.put(KEY, entry("renewed elsewhere", 2), NOW);

        assertThat(tiered.get(KEY, NOW, SOON).toCompletableFuture().join()).contains(entry("renewed elsewhere", 2));
    }

    @Test
    void answersFromTheNearTierWhenTheFarOneHasNothing() {
        near.put(KEY, entry("own", 1), NOW);

        assertThat(tiered.get(KEY, NOW, SOON).toCompletableFuture().join()).contains(entry("own", 1));
    }

    @Test
    void tellsTheTiersApart() {
        far.put(KEY, entry("far", 1), NOW);
        tiered.get(KEY, NOW, SOON);
        tiered.peek(KEY, NOW);
        tiered.get(CacheKey.of("unknown"), NOW, SOON);

        CacheState state = tiered.state();

        assertThat(state.name()).isEqualTo("in-memory+far");
        assertThat(state.hits()).isEqualTo(2);
        assertThat(state.misses()).isEqualTo(1);
        assertThat(state.tiers()).extracting(CacheState::hits).containsExactly(1L, 1L);
    }

    @Test
    void closesTheTiersThatCanBeClosed() throws Exception {
        ((AutoCloseable) tiered).close();

        assertThat(far.closed).isTrue();
    }

    private static final class FarCache implements SignalCache, AutoCloseable {
        private final SignalCache entries = SignalCache.inMemory(1_000);
        private @Nullable CompletableFuture<Optional<CachedSignal>> pending;
        private int asked;
        private boolean closed;

        @Override
        public @Nullable CachedSignal peek(CacheKey key, long nowMs) {
            return null;
        }

        @Override
        public CompletionStage<Optional<CachedSignal>> get(CacheKey key, long nowMs, Deadline deadline) {
            asked++;
            return pending != null ? pending : entries.get(key, nowMs, deadline);
        }

        @Override
        public void put(CacheKey key, CachedSignal signal, long nowMs) {
            entries.put(key, signal, nowMs);
        }

        @Override
        public CacheState state() {
            CacheState inner = entries.state();
            return new CacheState("far", 0, inner.hits(), inner.misses(), Optional.empty());
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}

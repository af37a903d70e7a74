package io.github.hybridinference.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.QuestionKey;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.model.TradingSignal;
import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class InMemorySignalCacheTest {
    private static final QuestionKey KEY = new QuestionKey(1, 2);

    private final SignalCache cache = SignalCache.inMemory(100);

    @Test
    void findsWhatItWasGivenLast() {
        assertThat(cache.peek(KEY)).isNull();
        cache.put(KEY, signal(1));
        cache.put(KEY, signal(2));
        assertThat(cache.peek(KEY)).isEqualTo(signal(2));
        assertThat(cache.get(KEY, Deadline.after(Duration.ZERO)))
                .isCompletedWithValueMatching(found -> found.orElseThrow().equals(signal(2)));
        assertThat(cache.get(new QuestionKey(2, 1), Deadline.after(Duration.ZERO)))
                .isCompletedWithValueMatching(found -> found.isEmpty());
    }

    @Test
    void leavesValidityToTheEngine() {
        CachedSignal old = signal(-1);
        assertThat(old.isValidAt(0)).isFalse();
        cache.put(KEY, old);
        assertThat(cache.peek(KEY)).isEqualTo(old);
        assertThat(signal(5).isValidAt(4)).isTrue();
        assertThat(signal(5).isValidAt(5)).isFalse();
    }

    @Test
    void keepsItsBound() {
        for (int i = 0; i < 10_000; i++) {
            cache.put(new QuestionKey(i, i), signal(i));
        }
        assertThat(cache.state().entries()).isLessThanOrEqualTo(100);
    }

    @Test
    void countsHitsAndMisses() {
        cache.put(KEY, signal(1));
        cache.peek(KEY);
        cache.peek(KEY);
        cache.peek(new QuestionKey(3, 4));
        CacheState state = cache.state();
        assertThat(state.hits()).isEqualTo(2);
        assertThat(state.misses()).isEqualTo(1);
        assertThat(state.entries()).isEqualTo(1);
        assertThat(state.trouble()).isEmpty();
    }

    @Test
    void refusesToRememberNothingByAccident() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignalCache.inMemory(0))
                .withMessageContaining("SignalCache.none()");
    }

    @Test
    void remembersNothingOnPurpose() {
        SignalCache.none().put(KEY, signal(1));
        assertThat(SignalCache.none().peek(KEY)).isNull();
        assertThat(SignalCache.none().get(KEY, Deadline.after(Duration.ZERO)))
                .isCompletedWithValueMatching(found -> found.isEmpty());
        assertThat(SignalCache.none().state().entries()).isZero();
    }

    private static CachedSignal signal(long validUntilMs) {
        TradingSignal hold = new TradingSignal(
                Action.HOLD, 0.5, RiskLevel.LOW, OptionalDouble.empty(), OptionalDouble.empty(), "Because.");
        return new CachedSignal(hold, "model", "prompt", 0, validUntilMs);
    }
}

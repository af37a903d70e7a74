package io.github.hybridinference.redis;

import static io.github.hybridinference.redis.Entries.join;
import static io.github.hybridinference.redis.Entries.key;
import static io.github.hybridinference.redis.Entries.later;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.cache.CallLease.Lease;
import io.github.hybridinference.redis.RedisFailure.Kind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of leases when Redis refuses them, or does not say whether it granted them. */
final class LeaseWithoutRedisTest {
    private final FakePort port = new FakePort();
    private final RedisSignalCache cache = new RedisSignalCache(
            new Gateway(port, Duration.ofSeconds(1), true, InstantSource.system(), new byte[1]),
            new RedisKeys("test:"),
            Optional.empty(),
            Duration.ofHours(1),
            Duration.ofSeconds(5));

    @AfterEach
    void close() {
        port.open();
        cache.close();
    }

    private Lease acquire() {
        return join(cache.tryAcquire(key("a question"), later())).orElseThrow();
    }

    private long runs() {
        return port.done.stream().filter(what -> what.startsWith("run")).count();
    }

    @Test
    void isGivenBackOnceRedisIsBackIfItWasNotThereAtTheTime() {
        port.failing = Kind.NO_ANSWER;
        Lease unknown = acquire();
        Eventually.holds("it is left alone", () -> {
            Entries.get(cache, key("another"));
            return cache.gateway().isAway();
        });
        unknown.release();

        port.failing = null;

        Eventually.holds("it is given back", () -> runs() == 1);
    }

    @Test
    void isNotAskedForInVainWhileWritesAreRefused() {
        port.failingToRun = Kind.READ_ONLY;
        acquire();
        int asked = port.asked.get();

        for (int i = 0; i < 20; i++) {
            assertThat(acquire().isHeld()).isFalse();
        }

        assertThat(port.asked.get() - asked).isLessThanOrEqualTo(5);
    }

    @Test
    void isHeldAgainOnceWritesAreAccepted() {
        port.failingToRun = Kind.OUT_OF_MEMORY;
        acquire();
        assertThat(cache.state().trouble()).isPresent();

        port.failingToRun = null;

        Eventually.holds("it is held", () -> acquire().isHeld());
        assertThat(cache.state().trouble()).isEmpty();
    }

    @Test
    void isNotKeptFromThoseWhoseQuestionHasAnUnfitKey() {
        port.failingToRun = Kind.WRONG_TYPE;
        acquire();
        port.failingToRun = null;

        assertThat(acquire().isHeld()).as("the next one").isTrue();
    }
}

package io.github.hybridinference.redis;

import static io.github.hybridinference.redis.Entries.join;
import static io.github.hybridinference.redis.Entries.later;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.redis.RedisFailure.Kind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a gateway finds out that Redis is there again. */
final class ReconnectingTest {
    private final FakePort port = new FakePort();
    private final Gateway gateway = new Gateway(port, Duration.ofMillis(50), true, InstantSource.system(), new byte[1]);

    @AfterEach
    void close() {
        gateway.close();
    }

    private boolean run() {
        return join(gateway.call(later(), port -> Long.valueOf(1).equals(port.run(new byte[1], List.of())), false));
    }

    private void failUntilAway() {
        port.failing = Kind.LOST;
        Eventually.holds("it is left alone", () -> !run() && gateway.isAway());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void looksAgainAfterAnUnforeseenFailure(boolean error) {
        failUntilAway();
        port.breakingOnce = error ? new OutOfMemoryError("made up") : new IllegalStateException("made up");
        Eventually.holds("the look came to nothing", () -> port.breakingOnce == null);

        port.failing = null;

        Eventually.holds("it is back", gateway::isHealthy);
    }

    @Test
    void looksEverMoreSeldomForOneThatComesAndGoes() {
        port.failingToRun = Kind.FORBIDDEN;
        port.done.clear();

        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        while (System.nanoTime() - end < 0) {
            run();
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
        }

        // 100, 200, 400 ms apart
        assertThat(port.done.stream().filter("reset"::equals)).hasSizeBetween(1, 4);
    }
}

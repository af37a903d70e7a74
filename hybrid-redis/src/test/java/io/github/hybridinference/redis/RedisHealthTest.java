package io.github.hybridinference.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.hybridinference.redis.RedisFailure.Kind;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RedisHealthTest {
    private Instant now = Instant.parse("2026-03-01T12:00:00.5Z");
    private final RedisHealth health = new RedisHealth(() -> now);

    @Test
    void beginsOpen() {
        assertThat(health.isOpen()).isTrue();
        assertThat(health.isHealthy()).isFalse();
        assertThat(health.trouble()).contains("Redis is away since 2026-03-01T12:00:00Z: connection refused or lost");
    }

    @Test
    void opensAfterFiveFailuresInARow() {
        health.isBack();
        for (int i = 0; i < 4; i++) {
            assertThat(health.failed(Kind.LOST)).isFalse();
            assertThat(health.isOpen()).isFalse();
        }
        now = now.plus(Duration.ofMinutes(1));

        assertThat(health.failed(Kind.NO_ANSWER)).isTrue();

        assertThat(health.isOpen()).isTrue();
        assertThat(health.trouble()).contains("Redis is away since 2026-03-01T12:01:00Z: no answer in time");
        assertThat(health.failed(Kind.LOST)).as("open already").isFalse();
        assertThat(health.since()).isEqualTo(now);
    }

    @Test
    void opensAfterFiveFailuresInARowHoweverManySuccessesThereWereBefore() {
        health.isBack();
        for (int i = 0; i < 1_000; i++) {
            health.succeeded();
        }
        for (int i = 0; i < 4; i++) {
            assertThat(health.failed(Kind.LOST)).isFalse();
        }
        assertThat(health.failed(Kind.LOST)).isTrue();
    }

    @Test
    void aSuccessBetweenIsOneOfTheLastTen() {
        health.isBack();
        for (int i = 0; i < 4; i++) {
            assertThat(health.failed(Kind.LOST)).isFalse();
            health.succeeded();
        }
        assertThat(health.failed(Kind.LOST)).as("five of the last nine").isTrue();
    }

    @Test
    void forgetsFailuresAfterTenSuccesses() {
        health.isBack();
        for (int round = 0; round < 50; round++) {
            for (int i = 0; i < 4; i++) {
                assertThat(health.failed(Kind.LOST)).isFalse();
            }
            for (int i = 0; i < 10; i++) {
                health.succeeded();
            }
        }
        assertThat(health.isOpen()).isFalse();
    }

    /** Against the plain rule: at least five of the last ten, in the order in which they are said. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void opensExactlyWhenHalfOfTheLastTenFailed(long seed) {
        Random random = new Random(seed);
        double failing = 0.1 + 0.05 * seed;
        for (int history = 0; history < 200; history++) {
            health.isBack();
            Deque<Boolean> lastTen = new ArrayDeque<>(Collections.nCopies(10, true));
            for (int i = 0; i < 60; i++) {
                boolean good = random.nextDouble() >= failing;
                lastTen.addLast(good);
                lastTen.removeFirst();
                boolean opens = Collections.frequency(lastTen, false) >= 5;
                if (good) {
                    health.succeeded();
                } else {
                    assertThat(health.failed(Kind.LOST)).isEqualTo(opens);
                }
                assertThat(health.isOpen()).isEqualTo(opens);
                if (opens) {
                    break;
                }
            }
        }
    }

    @Test
    void countsSuccessesOnTheHotPathWithoutAllocating() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        health.isBack();
        health.failed(Kind.LOST);
        for (int i = 0; i < 100; i++) {
            health.succeeded();
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100_000; i++) {
            health.succeeded();
            assertTrue(!health.isOpen() && health.isHealthy());
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000_000);
    }

    @Test
    void opensWhenHalfFails() {
        health.isBack();
        for (int i = 0; i < 100; i++) {
            health.failed(Kind.LOST);
            health.succeeded();
        }
        assertThat(health.isOpen()).isTrue();
    }

    @Test
    void staysClosedWhenAQuarterFails() {
        health.isBack();
        for (int i = 0; i < 100; i++) {
            health.failed(Kind.LOST);
            health.succeeded();
            health.succeeded();
            health.succeeded();
        }
        assertThat(health.isOpen()).isFalse();
        assertThat(health.trouble()).isEmpty();
    }

    @Test
    void isIllFromTheFirstFailureToTheNextSuccess() {
        health.isBack();
        assertThat(health.isHealthy()).isTrue();

        health.failed(Kind.LOST);
        assertThat(health.isHealthy()).isFalse();

        health.succeeded();
        assertThat(health.isHealthy()).isTrue();
    }

    @Test
    void isNotClosedByALateSuccess() {
        health.succeeded();

        assertThat(health.isOpen()).isTrue();
        assertThat(health.isHealthy()).isFalse();
    }

    @Test
    void tellsARefusalOnceAMinute() {
        health.isBack();
        assertThat(health.refused(Kind.OUT_OF_MEMORY)).isTrue();
        assertThat(health.refused(Kind.OUT_OF_MEMORY)).isFalse();
        health.accepted();
        assertThat(health.refused(Kind.OUT_OF_MEMORY)).isFalse();
        health.accepted();
        now = now.plus(Duration.ofMinutes(1));
        assertThat(health.refused(Kind.OUT_OF_MEMORY)).isTrue();
    }

    @Test
    void expectsAnotherRefusalForASecondAfterOneToWrite() {
        health.isBack();
        assertThat(health.refusesToWrite()).isFalse();
        health.refused(Kind.WRONG_TYPE);
        assertThat(health.refusesToWrite()).as("of one value only").isFalse();

        health.refused(Kind.READ_ONLY);
        assertThat(health.refusesToWrite()).isTrue();
        now = now.plus(Duration.ofSeconds(1));
        assertThat(health.refusesToWrite()).as("is to be tried again").isFalse();

        health.refused(Kind.OUT_OF_MEMORY);
        assertThat(health.refusesToWrite()).isTrue();
        health.accepted();
        assertThat(health.refusesToWrite()).isFalse();
    }
}

package io.github.hybridinference.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.redis.RedisFailure.Kind;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class BreakerTest {
    private Instant now = Instant.parse("2026-03-01T12:00:00.5Z");
    private final Breaker breaker = new Breaker(() -> now);

    @Test
    void beginsOpen() {
        assertThat(breaker.isOpen()).isTrue();
        assertThat(breaker.isWell()).isFalse();
        assertThat(breaker.trouble()).contains("Redis is away since 2026-03-01T12:00:00Z: connection refused or lost");
    }

    @Test
    void opensAfterFiveFailuresInARow() {
        breaker.close();
        for (int i = 0; i < 4; i++) {
            assertThat(breaker.failed(Kind.LOST)).isFalse();
            assertThat(breaker.isOpen()).isFalse();
        }
        now = now.plus(Duration.ofMinutes(1));

        assertThat(breaker.failed(Kind.NO_ANSWER)).isTrue();

        assertThat(breaker.isOpen()).isTrue();
        assertThat(breaker.trouble()).contains("Redis is away since 2026-03-01T12:01:00Z: no answer in time");
        assertThat(breaker.failed(Kind.LOST)).as("open already").isFalse();
        assertThat(breaker.since()).isEqualTo(now);
    }

    @Test
    void opensWhenMoreThanAThirdFails() {
        breaker.close();
        for (int i = 0; i < 100; i++) {
            breaker.failed(Kind.LOST);
            breaker.succeeded();
        }
        assertThat(breaker.isOpen()).isTrue();
    }

    @Test
    void staysClosedWhenLessThanAThirdFails() {
        breaker.close();
        for (int i = 0; i < 100; i++) {
            breaker.failed(Kind.LOST);
            breaker.succeeded();
            breaker.succeeded();
            breaker.succeeded();
        }
        assertThat(breaker.isOpen()).isFalse();
        assertThat(breaker.trouble()).isEmpty();
    }

    @Test
    void isIllFromTheFirstFailureToTheNextSuccess() {
        breaker.close();
        assertThat(breaker.isWell()).isTrue();

        breaker.failed(Kind.LOST);
        assertThat(breaker.isWell()).isFalse();

        breaker.succeeded();
        assertThat(breaker.isWell()).isTrue();
    }

    @Test
    void isNotClosedByALateSuccess() {
        breaker.succeeded();

        assertThat(breaker.isOpen()).isTrue();
        assertThat(breaker.isWell()).isFalse();
    }

    @Test
    void tellsARefusalOnceAMinute() {
        breaker.close();
        assertThat(breaker.refused(Kind.OUT_OF_MEMORY)).isTrue();
        assertThat(breaker.refused(Kind.OUT_OF_MEMORY)).isFalse();
        breaker.accepted();
        assertThat(breaker.refused(Kind.OUT_OF_MEMORY)).isFalse();
        breaker.accepted();
        now = now.plus(Duration.ofMinutes(1));
        assertThat(breaker.refused(Kind.OUT_OF_MEMORY)).isTrue();
    }

    @Test
    void expectsAnotherRefusalForASecondAfterOneToWrite() {
        breaker.close();
        assertThat(breaker.refusesToWrite()).isFalse();
        breaker.refused(Kind.WRONG_TYPE);
        assertThat(breaker.refusesToWrite()).as("of one value only").isFalse();

        breaker.refused(Kind.READ_ONLY);
        assertThat(breaker.refusesToWrite()).isTrue();
        now = now.plus(Duration.ofSeconds(1));
        assertThat(breaker.refusesToWrite()).as("is to be tried again").isFalse();

        breaker.refused(Kind.OUT_OF_MEMORY);
        assertThat(breaker.refusesToWrite()).isTrue();
        breaker.accepted();
        assertThat(breaker.refusesToWrite()).isFalse();
    }
}

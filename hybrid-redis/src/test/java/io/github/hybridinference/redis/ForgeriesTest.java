package io.github.hybridinference.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ForgeriesTest {
    private Instant now = Instant.parse("2026-03-01T12:00:00.5Z");
    private final Forgeries forgeries = new Forgeries(() -> now);

    @Test
    void areInHealthUntilNoneWasFoundForTenMinutes() {
        assertThat(forgeries.trouble()).isEmpty();

        forgeries.found();
        now = now.plus(Duration.ofMinutes(9));
        forgeries.found();
        now = now.plus(Duration.ofMinutes(9));

        assertThat(forgeries.trouble())
                .hasValueSatisfying(text -> assertThat(text)
                        .startsWith("values without a valid signature are in Redis since 2026-03-01T12:00:00Z: ")
                        .contains("to cure it, "));
        now = now.plus(Duration.ofMinutes(1));
        assertThat(forgeries.trouble()).isEmpty();
        assertThat(forgeries.count()).isEqualTo(2);
    }

    @Test
    void areLoggedOnceHoweverManyThereAre() {
        assertThat(forgeries.found()).isTrue();
        for (int i = 0; i < 100; i++) {
            now = now.plus(Duration.ofMinutes(5));
            assertThat(forgeries.found()).isFalse();
        }

        now = now.plus(Duration.ofMinutes(10));
        assertThat(forgeries.found()).as("after a time without").isTrue();
    }
}

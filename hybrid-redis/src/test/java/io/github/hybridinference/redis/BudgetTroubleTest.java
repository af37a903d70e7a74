package io.github.hybridinference.redis;

import static io.github.hybridinference.redis.BudgetFleet.NOON;
import static io.github.hybridinference.redis.BudgetFleet.decide;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.budget.BudgetDecision.Refused;
import io.github.hybridinference.redis.RedisFailure.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a budget says of the reason for which its account cannot be reached. */
final class BudgetTroubleTest {
    private volatile Instant clock = Instant.parse("2026-03-01T10:00:00Z");
    private final FakePort port = new FakePort();
    private final RedisSignalCache redis = new RedisSignalCache(
            new Gateway(port, Duration.ofSeconds(10), true, () -> clock, new byte[1]),
            new RedisKeys("test:"),
            Optional.empty(),
            Duration.ofHours(1),
            Duration.ofSeconds(1));
    private final RedisBudget budget = RedisBudget.perDay("1.00", redis);

    @AfterEach
    void close() {
        redis.close();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void saysWhatIsWrongSinceWhenAndTheCure(Kind kind) {
        port.failingToRun = kind;
        assertThat(decide(budget, 1, NOON)).isEqualTo(Refused.UNREACHABLE);
        clock = clock.plusSeconds(60);

        assertThat(decide(budget, 1, NOON)).isEqualTo(Refused.UNREACHABLE);

        assertThat(budget.state(NOON).trouble())
                .hasValue("the budget's account in Redis is out of reach since 2026-03-01T10:00:00Z: " + kind.words()
                        + "; attempts are refused; to cure it, " + kind.cure());
    }
}

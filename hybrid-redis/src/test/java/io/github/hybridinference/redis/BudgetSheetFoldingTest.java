package io.github.hybridinference.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of accounts that do not post any more, in single steps. */
final class BudgetSheetFoldingTest {
    private static final TestRedis SERVER = TestRedis.start();
    private static final List<byte[]> KEYS = new RedisKeys("hybrid:").budget(LocalDate.of(2026, 3, 1));
    private static final String SHEET = "hybrid:budget:2026-03-01";
    private static final String FOLDED = "hybrid:v2:folded:{hybrid:budget:2026-03-01}";
    private static final String LONG_AGO = ":1000";
    private static final long CAP = 1_000;

    private final JedisPort port = new JedisPort(
            RedisAddress.parse(SERVER.url()), 1, Duration.ofSeconds(10).toNanos(), Optional.empty());
    private final BudgetSheet one = new BudgetSheet(KEYS, "one", CAP);
    private final BudgetSheet other = new BudgetSheet(KEYS, "other", CAP);

    @BeforeEach
    void forget() {
        SERVER.say("FLUSHALL");
        IoLimit.begin(Duration.ofMinutes(1).toNanos(), Duration.ofSeconds(1).toNanos());
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private BudgetSheet.Reply post(BudgetSheet account, long number, long spent, long reserved) {
        return account.post(port, number, spent, reserved, new long[0]);
    }

    private static BudgetSheet.Reply others(long spent, long reserved) {
        return new BudgetSheet.Reply(true, "", spent, reserved);
    }

    @Test
    void countsAnAccountOnceThatIsFoldedAndReturns() {
        post(one, 1, 10, 20);
        SERVER.say("HSET", SHEET, "v2:one", "1:10:20" + LONG_AGO);

        assertThat(post(other, 1, 0, 0)).isEqualTo(others(30, 0));
        assertThat(SERVER.say("HEXISTS", SHEET, "v2:one")).as("folded").isEqualTo("0");
        assertThat(post(other, 2, 0, 0)).isEqualTo(others(30, 0));

        post(one, 2, 15, 5);
        assertThat(post(other, 3, 0, 0)).isEqualTo(others(15, 5));
    }

    @Test
    void sumsButDoesNotFoldAccountsOfLaterFormats() {
        SERVER.say("HSET", SHEET, "v3:another", "1:10:20" + LONG_AGO);

        assertThat(post(one, 1, 0, 0)).isEqualTo(others(30, 0));

        assertThat(SERVER.say("HGET", SHEET, "v3:another")).isEqualTo("1:10:20" + LONG_AGO);
        assertThat(post(one, 2, 0, 0)).isEqualTo(others(30, 0));
    }

    @Test
    void keepsTheCapWhenRedisLosesOnlyTheFoldedAccounts() {
        post(one, 1, 10, 20);
        SERVER.say("HSET", SHEET, "v2:one", "1:10:20" + LONG_AGO);
        post(other, 1, 0, 0);
        SERVER.say("DEL", FOLDED);

        post(one, 2, 15, 5);

        assertThat(post(other, 2, 0, 0)).as("too much, never too little").isEqualTo(others(45, 5));
    }

    @Test
    void leavesBothKeysToExpire() {
        post(one, 1, 10, 20);
        SERVER.say("HSET", SHEET, "v2:one", "1:10:20" + LONG_AGO);
        post(other, 1, 0, 0);

        for (String key : List.of(SHEET, FOLDED)) {
            assertThat(Long.parseLong(SERVER.say("TTL", key))).isBetween(2 * 86_400L, 3 * 86_400L);
        }
    }
}

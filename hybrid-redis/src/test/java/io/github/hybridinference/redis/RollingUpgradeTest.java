package io.github.hybridinference.redis;

import static io.github.hybridinference.redis.Entries.answer;
import static io.github.hybridinference.redis.Entries.get;
import static io.github.hybridinference.redis.Entries.join;
import static io.github.hybridinference.redis.Entries.key;
import static io.github.hybridinference.redis.Entries.later;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.model.CacheKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;

/**
 * Nodes of this format and of the one before on one Redis: each ignores the other's answers and leases. That they keep one
 * budget is tested by {@link BudgetSheetModelTest}.
 */
final class RollingUpgradeTest {
    private static final CacheKey KEY = key("question");
    private static final byte[] OLD_ANSWER = HexFormat.of().parseHex(FormatOne.ANSWER);

    private TestRedis server;
    private UnifiedJedis byHand;
    private RedisSignalCache cache;

    @BeforeEach
    void start() {
        server = TestRedis.start();
        byHand = server.byHand();
        cache = RedisSignalCache.builder(server.url())
                .timeout(Duration.ofSeconds(1))
                .connect();
    }

    @AfterEach
    void stop() {
        cache.close();
        byHand.close();
        server.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void neitherSeesTheAnswersOfTheOther() {
        byHand.set(bytes(FormatOne.ANSWER_KEY), OLD_ANSWER);

        assertThat(get(cache, KEY)).isEmpty();
        assertThat(cache.state().unreadable()).as("it was not even read").isZero();

        Entries.store(cache, KEY, answer("new"));
        assertThat(byHand.get(bytes(FormatOne.ANSWER_KEY))).isEqualTo(OLD_ANSWER);
    }

    @Test
    void anAnswerOfTheFormatBeforeIsUnreadableWhateverItsKey() {
        Entries.store(cache, KEY, answer("new"));
        String name = byHand.keys("*").iterator().next();
        byHand.set(bytes(name), OLD_ANSWER);

        assertThat(get(cache, KEY)).isEmpty();
        assertThat(cache.state().unreadable()).isEqualTo(1);
    }

    @Test
    void neitherWaitsForTheLeaseOfTheOther() {
        byHand.set(FormatOne.LEASE_KEY, "0b6b1d0e-6f5e-4d55-8f57-5d2f0d6b9a11");

        assertThat(join(cache.tryAcquire(KEY, later()))).isPresent();
        assertThat(join(cache.tryAcquire(KEY, later()))).as("its own").isEmpty();

        assertThat(byHand.get(FormatOne.LEASE_KEY)).isEqualTo("0b6b1d0e-6f5e-4d55-8f57-5d2f0d6b9a11");
        assertThat(byHand.keys("*"))
                .filteredOn(name -> !name.equals(FormatOne.LEASE_KEY))
                .singleElement()
                .satisfies(name -> assertThat(byHand.get(name)).startsWith("v2:"));
    }
}

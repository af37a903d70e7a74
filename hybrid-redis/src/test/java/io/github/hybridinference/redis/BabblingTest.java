package io.github.hybridinference.redis;

import static io.github.hybridinference.redis.Entries.answer;
import static io.github.hybridinference.redis.Entries.get;
import static io.github.hybridinference.redis.Entries.join;
import static io.github.hybridinference.redis.Entries.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.redis.Proxy.Line;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that is none, until a real one is in its place. */
final class BabblingTest {
    private static final CacheKey KEY = key("a question");
    private static TestRedis server;

    private Proxy proxy;
    private RedisSignalCache cache;

    @BeforeAll
    static void startServer() {
        server = TestRedis.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void start() {
        proxy = new Proxy(server.port(), new Line.Good());
    }

    @AfterEach
    void stop() {
        cache.close();
        proxy.close();
    }

    private void use(String reply) {
        proxy.becomes(new Line.Babbling(reply));
        cache = RedisSignalCache.connect(proxy.url());
        for (int i = 0; i < 10; i++) {
            assertThat(get(cache, KEY)).isEmpty();
            assertThat(join(cache.tryAcquire(KEY, Entries.later()))).isPresent();
            cache.put(KEY, answer("lost"), Entries.NOW_MS);
        }
    }

    private void assertComesBack() {
        proxy.becomes(new Line.Good());
        Eventually.holds("it is found again within five seconds", Duration.ofSeconds(5), () -> {
            cache.put(KEY, answer("after"), Entries.NOW_MS);
            return cache.state().trouble().isEmpty();
        });
        Entries.store(cache, KEY, answer("after"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 400 Bad Request\r\n\r\n",
                "\r\n\r\n\r\n",
                "$2147483647\r\n",
                "$99999999999999999999\r\n",
                "$1500000000\r\n",
                "$-7\r\n",
                "*2147483647\r\n",
                "*1\r\n*1\r\n*1\r\n:1\r\n",
                "*1\r\n$1500000000\r\n",
                "%500000000\r\n",
                "=1500000000\r\n",
                ":1\r\n",
                "_\r\n",
                "\u0000\u0000\u0000\u0000"
            })
    void isLeftAloneForWhatItIs(String reply) {
        use(reply);

        Eventually.holds(
                "it is known for what it is",
                () -> cache.state()
                        .trouble()
                        .filter(text -> text.matches("Redis is away since .*: unintelligible reply"))
                        .isPresent());
        assertThat(cache.state().dropped()).isPositive();
        assertComesBack();
    }

    @Test
    void isNotBelievedThoughItKnowsTheProtocol() {
        use("$5\r\nhello\r\n$5\r\nhello\r\n");

        assertThat(cache.state().hits()).isZero();
        assertComesBack();
    }
}

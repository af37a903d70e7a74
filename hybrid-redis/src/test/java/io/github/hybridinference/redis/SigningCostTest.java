package io.github.hybridinference.redis;

import static io.github.hybridinference.redis.Entries.answer;
import static io.github.hybridinference.redis.Entries.get;
import static io.github.hybridinference.redis.Entries.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.model.CacheKey;
import java.time.Duration;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;

/** Measures what signatures cost, and prints it for docs/redis.md. */
@Tag("long")
final class SigningCostTest {
    private static final String SECRET = "a secret of the fleet's, long enough to be one";
    private static final String REASONING = "RSI 48.6 is neutral, and bands and trend disagree. ".repeat(4);
    private static final CacheKey KEY = key("a question");

    private final Signatures signatures = new Signatures(SECRET, null);
    private final byte[] name = RedisKeys.bytes("hybrid:v2:signed:" + KEY.toHex());
    private final byte[] content = SignalCodec.encode(KEY, answer(REASONING)).orElseThrow();
    private final byte[] signed = signatures.sign(name, content);

    /** The median of blocks in nanoseconds a step, after as many blocks that are not counted. */
    private static long nanos(int steps, IntPredicate step) {
        return IntStream.range(0, 42)
                .mapToLong(block -> {
                    long start = System.nanoTime();
                    int held = 0;
                    for (int i = 0; i < steps; i++) {
                        held += step.test(i) ? 1 : 0;
                    }
                    long took = System.nanoTime() - start;
                    assertThat(held).isEqualTo(steps);
                    return took / steps;
                })
                .skip(21)
                .sorted()
                .skip(10)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void prints() {
        System.out.printf(
                "encode %d ns, sign %d ns; decode %d ns, open %d ns; %d bytes signed%n",
                nanos(20_000, i -> SignalCodec.encode(KEY, answer(REASONING)).isPresent()),
                nanos(20_000, i -> signatures.sign(name, content).length > 0),
                nanos(20_000, i -> SignalCodec.decode(KEY, content).isPresent()),
                nanos(20_000, i -> signatures.open(name, signed).isPresent()),
                signed.length);
        try (TestRedis server = TestRedis.start();
                UnifiedJedis jedis = server.byHand();
                RedisSignalCache plain = cache(server, null);
                RedisSignalCache signing = cache(server, SECRET)) {
            Entries.store(plain, KEY, answer(REASONING));
            Entries.store(signing, KEY, answer(REASONING));
            for (int round = 0; round < 3; round++) {
                System.out.printf(
                        "get from Redis on this machine: bare GET %d ns, unsigned %d ns, signed %d ns%n",
                        nanos(500, i -> jedis.get(name) != null),
                        nanos(500, i -> get(plain, KEY).isPresent()),
                        nanos(500, i -> get(signing, KEY).isPresent()));
            }
        }
        assertThat(signed).hasSize(content.length + Signatures.LENGTH);
    }

    private static RedisSignalCache cache(TestRedis server, String secret) {
        RedisSignalCacheBuilder builder = RedisSignalCache.builder(server.url()).timeout(Duration.ofSeconds(1));
        return (secret == null ? builder : builder.integritySecret(secret)).connect();
    }
}

package io.github.hybridinference.redis;

import static io.github.hybridinference.redis.Entries.answer;
import static io.github.hybridinference.redis.Entries.get;
import static io.github.hybridinference.redis.Entries.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.model.CacheKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;

/** What somebody else puts under our keys is a counted miss, and reaches nobody. */
final class PoisonTest {
    private static final CacheKey KEY = key("a question");

    // where in the form they are
    private static final int CONFIDENCE = 8;
    private static final int STOP_LOSS = 16;
    private static final int ANSWERED_AT = 32;
    private static final int VALID_UNTIL = 40;

    private final byte[] name = ("hybrid:v2:" + KEY.toHex()).getBytes(StandardCharsets.UTF_8);
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

    private void assertIsACountedMiss() {
        long misses = cache.state().misses();
        long unreadable = cache.state().unreadable();

        assertThat(get(cache, KEY)).isEmpty();

        assertThat(cache.state().misses()).isEqualTo(misses + 1);
        assertThat(cache.state().unreadable()).isEqualTo(unreadable + 1);
        assertThat(cache.state().trouble()).as("no fault of the server's").isEmpty();
    }

    private void write(String text) {
        byHand.set(name, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void textOfOtherPrograms() {
        for (String text : new String[] {
            "{\"action\":\"BUY\",\"confidence\":0.99}",
            "{\"action\":",
            "null",
            "BUY",
            "H",
            "H\u0001",
            "\u00ac\u00ed\u0000\u0005sr\u0000\u0011java.util.HashMap",
            " "
        }) {
            write(text);
            assertIsACountedMiss();
        }
    }

    @Test
    void aValueOfAnotherVersion() {
        Entries.store(cache, KEY, answer("right"));
        byte[] value = byHand.get(name);
        value[1]++;
        byHand.set(name, value);

        assertIsACountedMiss();
    }

    @Test
    void anAnswerChangedByHand() {
        Entries.store(cache, KEY, answer("right"));
        byHand.setrange(name, 6, "S".getBytes(StandardCharsets.UTF_8));

        assertIsACountedMiss();
    }

    @Test
    void anAnswerToAnotherQuestion() {
        Entries.store(cache, key("another"), answer("right"));
        byHand.set(name, byHand.get(("hybrid:v2:" + key("another").toHex()).getBytes(StandardCharsets.UTF_8)));

        assertIsACountedMiss();
    }

    @Test
    void figuresOutOfRangeThoughTheChecksumIsRight() {
        Entries.store(cache, KEY, answer("right"));
        byte[] value = byHand.get(name);
        byHand.set(name, forged(value, CONFIDENCE, Double.doubleToLongBits(0.25)));
        assertThat(get(cache, KEY)).as("what can be forged").isPresent();

        for (double confidence : new double[] {Double.NaN, 2, -1, Double.POSITIVE_INFINITY}) {
            byHand.set(name, forged(value, CONFIDENCE, Double.doubleToLongBits(confidence)));
            assertIsACountedMiss();
        }
        for (double distance : new double[] {0, -1, 51, Double.POSITIVE_INFINITY}) {
            byHand.set(name, forged(value, STOP_LOSS, Double.doubleToLongBits(distance)));
            assertIsACountedMiss();
        }
        for (long time : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            byHand.set(name, forged(value, ANSWERED_AT, time));
            assertIsACountedMiss();
            byHand.set(name, forged(value, VALID_UNTIL, time));
            assertIsACountedMiss();
        }
    }

    /** With eight bytes replaced, and a checksum that fits. */
    private static byte[] forged(byte[] value, int offset, long bits) {
        ByteBuffer form = ByteBuffer.wrap(value.clone()).putLong(offset, bits);
        ByteBuffer question = ByteBuffer.allocate(16).putLong(KEY.high()).putLong(KEY.low());
        CRC32C sum = new CRC32C();
        sum.update(question.array());
        sum.update(form.array(), 6, value.length - 6);
        return form.putInt(2, (int) sum.getValue()).array();
    }

    @Test
    void half() {
        Entries.store(cache, KEY, answer("right"));
        byte[] value = byHand.get(name);
        byHand.set(name, Arrays.copyOf(value, value.length / 2));

        assertIsACountedMiss();
    }

    @Test
    void aHugeOneOfWhichOnlyTheBeginIsRead() {
        byHand.setrange(name, 32L << 20, "end".getBytes(StandardCharsets.UTF_8));

        assertIsACountedMiss();
    }

    @Test
    void otherTypes() {
        byHand.lpush(name, new byte[] {1});
        assertIsACountedMiss();
        byHand.del(name);
        byHand.hset(name, new byte[] {1}, new byte[] {2});
        assertIsACountedMiss();
        byHand.del(name);
        byHand.sadd(name, new byte[] {1});
        assertIsACountedMiss();
    }

    @Test
    void isReplacedByTheNextAnswer() {
        write("poison");
        assertIsACountedMiss();

        Entries.store(cache, KEY, answer("right"));

        assertThat(get(cache, KEY)).contains(answer("right"));
    }
}

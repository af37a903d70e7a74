package io.github.hybridinference.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;

/** What a post costs on the sheet of a fleet whose processes were started many times that day. */
@Tag("long")
final class BudgetSheetSizeTest {
    private static final TestRedis SERVER = TestRedis.start();
    private static final long CAP = 1_000_000_000;
    private static final List<byte[]> KEYS = new RedisKeys("hybrid:").budget(LocalDate.of(2026, 3, 1));
    private static final String SHEET = "hybrid:budget:2026-03-01";

    private final JedisPort port = new JedisPort(
            RedisAddress.parse(SERVER.url()), 1, Duration.ofSeconds(10).toNanos(), Optional.empty());

    @BeforeEach
    void forget() {
        SERVER.say("FLUSHALL");
        IoLimit.begin(Duration.ofMinutes(5).toNanos(), Duration.ofSeconds(1).toNanos());
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    /** Leaves rows as a node of the format before does that posts once and dies, each with 3 spent and 4 reserved. */
    private static void startsBefore(int count, Duration ago) {
        long heard = System.currentTimeMillis() - ago.toMillis();
        try (UnifiedJedis client = SERVER.byHand()) {
            for (int first = 0; first < count; first += 1_000) {
                client.hset(
                        SHEET,
                        IntStream.range(first, Math.min(count, first + 1_000))
                                .boxed()
                                .collect(Collectors.toMap(i -> "earlier start " + i, i -> "1:3:4:" + heard)));
            }
        }
    }

    /** Posts until the sheet is summed up, and returns how many posts were refused before. */
    private int refusedPosts(BudgetSheet sheet) {
        int refused = 0;
        while (!sheet.post(port, refused + 1, 0, 0, new long[] {5}).counted()) {
            refused++;
            assertThat(refused).isLessThan(200);
        }
        return refused;
    }

    @Test
    void countsExactlyHoweverManyStartsThereWere() {
        startsBefore(50_000, Duration.ofMinutes(3));
        long before = 50_000 * 7;
        BudgetSheet sheet = new BudgetSheet(KEYS, "mine", before + 10);

        int refused = refusedPosts(sheet);

        assertThat(refused).isBetween(80, 150);
        BudgetSheet.Reply reply = sheet.post(port, 1_000, 0, 0, new long[] {8, 2, 9, 1});
        assertThat(reply).isEqualTo(new BudgetSheet.Reply(true, "1100", before, 0));
        assertThat(Long.parseLong(SERVER.say("HLEN", SHEET))).isLessThan(BudgetSheet.CROWD + 2);
    }

    @Test
    void readsTheSheetOfALargeFleetThatLivesAsAWhole() {
        startsBefore(5_000, Duration.ofSeconds(1));
        BudgetSheet sheet = new BudgetSheet(KEYS, "mine", CAP);

        assertThat(refusedPosts(sheet)).isBetween(8, 16);

        assertThat(sheet.post(port, 1_000, 0, 0, new long[0]))
                .isEqualTo(new BudgetSheet.Reply(true, "", 15_000, 20_000));
    }

    @Test
    void takesNoLongerWithManyPastStarts() {
        Map<Integer, Long> before = new TreeMap<>();
        Map<Integer, Long> after = new TreeMap<>();
        List<Long> folding = new ArrayList<>();
        for (int starts : new int[] {10, 20_000, 50_000}) {
            forget();
            startsBefore(starts, Duration.ofMinutes(3));
            before.put(
                    starts,
                    quickest(number -> FormatOne.post(port, KEYS.get(0), "old", number, 0, 0, CAP, new long[] {0})));
            BudgetSheet sheet = new BudgetSheet(KEYS, "mine", CAP);
            int[] number = {0};
            for (boolean counted = false; !counted; ) {
                boolean[] done = new boolean[1];
                folding.add(micros(() -> done[0] =
                        sheet.post(port, ++number[0], 0, 0, new long[] {0}).counted()));
                counted = done[0];
            }
            for (int i = 0; i < 5; i++) {
                sheet.post(port, ++number[0], 0, 0, new long[] {0});
            }
            after.put(starts, quickest(ignored -> sheet.post(port, ++number[0], 0, 0, new long[] {0})));
        }
        folding.sort(null);
        System.out.printf(
                "script time of a post in microseconds by past starts: format 1 %s, format 2 %s, while folding %d (median)%n",
                before, after, folding.get(folding.size() / 2));
        assertThat(before.get(50_000)).as("format 1 grows").isGreaterThan(20 * before.get(10));
        assertThat(after.get(50_000)).as("format 2 does not").isLessThan(5 * after.get(10));
    }

    /** The quickest of thirty posts, as others use this machine too. */
    private long quickest(IntConsumer post) {
        return IntStream.rangeClosed(1, 30)
                .mapToLong(i -> micros(() -> post.accept(i)))
                .min()
                .orElseThrow();
    }

    /** What Redis says that the script took. */
    private long micros(Runnable post) {
        SERVER.say("CONFIG", "RESETSTAT");
        post.run();
        String stats = SERVER.say("INFO", "commandstats");
        return Long.parseLong(stats.replaceAll("(?s).*cmdstat_eval:calls=1,usec=([0-9]+).*", "$1"));
    }
}

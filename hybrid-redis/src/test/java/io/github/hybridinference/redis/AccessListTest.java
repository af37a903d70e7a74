package io.github.hybridinference.redis;

import static io.github.hybridinference.redis.Entries.answer;
import static io.github.hybridinference.redis.Entries.get;
import static io.github.hybridinference.redis.Entries.join;
import static io.github.hybridinference.redis.Entries.key;
import static io.github.hybridinference.redis.Entries.later;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.budget.BudgetDecision.Granted;
import io.github.hybridinference.cache.CallLease.Lease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;

/** With no more rights than the documentation says. */
final class AccessListTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "redis.md");

    private static final Instant DAY = Instant.EPOCH.plusSeconds(1_000_000);

    private TestRedis server;

    @BeforeEach
    void start() {
        server = TestRedis.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** The words of the line in the documentation that sets the user up. */
    private static String[] documentedUser() throws IOException {
        String line = Files.readAllLines(DOCUMENT).stream()
                .filter(text -> text.startsWith("ACL SETUSER "))
                .findFirst()
                .orElseThrow();
        List<String> words = List.of(line.split(" ", -1));
        return words.subList(1, words.size()).toArray(String[]::new);
    }

    @Test
    void worksWithTheRightsThatTheDocumentationGives() throws IOException {
        server.say("ACL", documentedUser());
        try (RedisSignalCache cache = RedisSignalCache.builder(
                        "redis://hybrid:choose-a-long-one@127.0.0.1:" + server.port())
                .timeout(Duration.ofSeconds(1))
                .connect()) {
            leaveRowsToFold();
            server.say("CONFIG", "RESETSTAT");
            Entries.store(cache, key("q"), answer("a"));
            assertThat(join(cache.getAll(List.of(key("q"), key("p")), Entries.NOW_MS, later())))
                    .containsOnlyKeys(key("q"));
            Lease lease = join(cache.tryAcquire(key("q"), later())).orElseThrow();
            assertThat(join(cache.tryAcquire(key("q"), later()))).isEmpty();
            lease.release();
            Eventually.holds(
                    "it is given back",
                    () -> join(cache.tryAcquire(key("q"), later())).isPresent());
            RedisBudget budget = RedisBudget.perDay("1.00", cache);
            Eventually.holds(
                    "a large sheet is summed up",
                    () -> BudgetFleet.reserve(budget, 5, DAY).isPresent());
            assertThat(BudgetFleet.decide(budget, 5, DAY)).isInstanceOf(Granted.class);
            assertThat(cache.state().trouble()).isEmpty();
        }
        assertThat(usedCommands())
                .as("no right is documented that is not used; what is used and not documented is refused")
                .containsAll(documentedCommands());
    }

    private static Set<String> documentedCommands() throws IOException {
        return Arrays.stream(documentedUser())
                .filter(word -> word.startsWith("+"))
                .map(word -> word.substring(1))
                .collect(Collectors.toSet());
    }

    /** Also those that scripts call. */
    private Set<String> usedCommands() {
        return Pattern.compile("cmdstat_([a-z|]+):calls")
                .matcher(server.say("INFO", "commandstats"))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    /** As many as it takes for a sheet to be folded part by part. */
    private void leaveRowsToFold() {
        try (UnifiedJedis client = server.byHand()) {
            client.hset(
                    "hybrid:budget:1970-01-12",
                    IntStream.rangeClosed(0, BudgetSheet.CROWD)
                            .boxed()
                            .collect(Collectors.toMap(i -> "earlier start " + i, i -> "1:0:0:0")));
        }
    }

    @Test
    void saysSoWhenItMayNot() {
        server.say("ACL", "SETUSER", "hybrid", "on", ">pw", "~other:*", "+@all");
        try (RedisSignalCache cache = RedisSignalCache.connect("redis://hybrid:pw@127.0.0.1:" + server.port())) {
            assertThat(get(cache, key("q"))).isEmpty();
            assertThat(cache.state().trouble())
                    .hasValueSatisfying(text -> assertThat(text).contains("access list"));
        }
    }
}

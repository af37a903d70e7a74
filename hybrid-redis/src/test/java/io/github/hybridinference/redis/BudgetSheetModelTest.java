package io.github.hybridinference.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.UnifiedJedis;

/**
 * Random histories of a fleet, played on a sheet in a real Redis and on a model that is a map from account to what it last
 * posted: with nodes of this format only, and with some of the format before.
 */
final class BudgetSheetModelTest {
    private static final TestRedis SERVER = TestRedis.start();
    private static final List<byte[]> KEYS = new RedisKeys("hybrid:").budget(LocalDate.of(2026, 3, 1));
    private static final String SHEET = text(KEYS.get(0));
    private static final String FOLDED = text(KEYS.get(1));
    private static final long CAP = 10_000;
    private static final int STEPS = 250;

    private static UnifiedJedis client;

    private final JedisPort port = new JedisPort(
            RedisAddress.parse(SERVER.url()), 1, Duration.ofSeconds(10).toNanos(), Optional.empty());

    @BeforeAll
    static void connect() {
        client = SERVER.byHand();
    }

    @AfterAll
    static void stop() {
        client.close();
        SERVER.close();
    }

    private static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    static Collection<Object[]> histories() {
        List<Object[]> all = new ArrayList<>();
        for (long seed = 1; seed <= 24; seed++) {
            // a small crowd makes the sheet one that is folded part by part
            all.add(new Object[] {seed, seed % 2 == 0, seed % 3 == 0 ? 6 : BudgetSheet.CROWD});
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("histories")
    void agreesWithTheModelAndKeepsTheCap(long seed, boolean mixed, int crowd) {
        client.flushAll();
        client.configSet("hash-max-ziplist-entries", crowd < 100 ? "0" : "128");
        IoLimit.begin(Duration.ofMinutes(5).toNanos(), Duration.ofSeconds(1).toNanos());
        History history = new History(seed, mixed, crowd);
        for (int step = 0; step < STEPS; step++) {
            history.step();
        }
        assertThat(history.granted).as("grants of the history").isGreaterThan(10);
        assertThat(history.counted).as("posts on a sheet that is summed up").isGreaterThan(20);
    }

    /** One process, with what it believes of itself. */
    private static final class Node {
        final String name;
        final boolean formatOne;
        final BudgetSheet sheet;
        final List<Long> held = new ArrayList<>();
        long number;
        long spent;

        Node(String name, boolean formatOne, int crowd) {
            this.name = formatOne ? name : "v2:" + name;
            this.formatOne = formatOne;
            this.sheet = new BudgetSheet(KEYS, name, CAP, crowd, 3);
        }

        long reserved() {
            return held.stream().mapToLong(Long::longValue).sum();
        }
    }

    private final class History {
        final Random random;
        final boolean mixed;
        final int crowd;
        final List<Node> living = new ArrayList<>();
        final List<Node> dead = new ArrayList<>();
        /** What each account last posted on the sheet that Redis has now. */
        final Map<String, Long> model = new HashMap<>();

        int started;
        int granted;
        int counted;

        History(long seed, boolean mixed, int crowd) {
            this.random = new Random(seed);
            this.mixed = mixed;
            this.crowd = crowd;
        }

        void step() {
            int dice = random.nextInt(100);
            if (living.isEmpty() || dice < 12) {
                living.add(new Node("node " + ++started, mixed && random.nextBoolean(), crowd));
            } else if (dice < 50) {
                reserve(any(living));
            } else if (dice < 65) {
                settle(any(living));
            } else if (dice < 73) {
                dead.add(living.remove(random.nextInt(living.size())));
            } else if (dice < 79 && !dead.isEmpty()) {
                Node back = dead.remove(random.nextInt(dead.size()));
                living.add(back);
                post(back, new long[0]);
            } else if (dice < 92) {
                fallSilent();
            } else if (dice < 96) {
                late(any(living));
            } else if (dice < 98) {
                forget();
            }
            assertThat(onTheSheet()).as("never too little").isGreaterThanOrEqualTo(expected());
        }

        private Node any(List<Node> nodes) {
            return nodes.get(random.nextInt(nodes.size()));
        }

        private void reserve(Node node) {
            long[] amounts = random.longs(1 + random.nextInt(3), 1, CAP / 10).toArray();
            post(node, amounts);
        }

        private void settle(Node node) {
            if (!node.held.isEmpty()) {
                long amount = node.held.remove(random.nextInt(node.held.size()));
                node.spent += random.nextLong(amount / 20 + 1);
            }
            post(node, new long[0]);
        }

        private void post(Node node, long[] amounts) {
            node.number++;
            long reserved = node.reserved();
            if (random.nextInt(5) == 0) {
                // the reply to the first was lost
                send(node, reserved, amounts);
            }
            String grants = send(node, reserved, amounts);
            for (int i = 0; i < amounts.length; i++) {
                if (grants.charAt(i) == '1') {
                    node.held.add(amounts[i]);
                    granted++;
                }
            }
            model.put(node.name, node.spent + node.reserved());
            if (grants.contains("1")) {
                assertThat(expected()).as("the cap").isLessThanOrEqualTo(CAP);
            }
        }

        private String send(Node node, long reserved, long[] amounts) {
            if (node.formatOne) {
                List<?> reply =
                        FormatOne.post(port, KEYS.get(0), node.name, node.number, node.spent, reserved, CAP, amounts);
                return text((byte[]) reply.get(0));
            }
            BudgetSheet.Reply reply = node.sheet.post(port, node.number, node.spent, reserved, amounts);
            long asked = 0;
            for (int i = 0; i < amounts.length; i++) {
                asked += reply.grants().charAt(i) == '1' ? amounts[i] : 0;
            }
            model.put(node.name, node.spent + reserved + asked);
            if (reply.counted()) {
                counted++;
                assertThat(onTheSheet()).as("the sheet after a post").isEqualTo(expected());
                assertThat(reply.othersSpent() + reply.othersReserved())
                        .as("what the reply says of the others")
                        .isEqualTo(expected() - model.get(node.name));
            } else {
                assertThat(crowd).as("folded part by part").isLessThan(BudgetSheet.CROWD);
                assertThat(asked).isZero();
            }
            return reply.grants();
        }

        /** Some rows become as old as those of instances that were not heard of for three minutes. */
        private void fallSilent() {
            long then = System.currentTimeMillis() - Duration.ofMinutes(3).toMillis();
            client.hgetAll(SHEET).forEach((name, row) -> {
                if (random.nextBoolean() && !name.equals("v2:folded")) {
                    client.hset(SHEET, name, row.replaceAll("[0-9]+$", String.valueOf(then)));
                }
            });
        }

        /** A post of long ago is executed only now. */
        private void late(Node node) {
            if (node.number < 2 || !model.containsKey(node.name)) {
                return;
            }
            if (!node.formatOne) {
                assertThatThrownBy(() -> node.sheet.post(port, node.number - 1, 0, 0, new long[] {1}))
                        .isInstanceOf(RedisFailure.class);
            } else if (client.hexists(SHEET, node.name) || client.hexists(FOLDED, node.name)) {
                try {
                    FormatOne.post(port, KEYS.get(0), node.name, node.number - 1, 0, 0, CAP, new long[0]);
                } catch (RedisFailure overtaken) {
                    assertThat(overtaken.kind()).isEqualTo(RedisFailure.Kind.REFUSED);
                }
            }
        }

        /** Redis loses the sheet, alone or with the accounts folded into it. */
        private void forget() {
            client.del(SHEET);
            if (random.nextBoolean()) {
                client.del(FOLDED);
            }
            model.clear();
        }

        private long expected() {
            return model.values().stream().mapToLong(Long::longValue).sum();
        }

        private long onTheSheet() {
            return client.hvals(SHEET).stream()
                    .map(row -> List.of(row.split(":", -1)))
                    .collect(Collectors.summingLong(
                            figures -> Long.parseLong(figures.get(1)) + Long.parseLong(figures.get(2))));
        }
    }
}

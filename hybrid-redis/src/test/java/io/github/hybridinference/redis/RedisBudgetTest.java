package io.github.hybridinference.redis;

import static io.github.hybridinference.redis.Entries.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.hybridinference.contract.BudgetContract;
import io.github.hybridinference.remote.Budget;
import io.github.hybridinference.remote.Budget.Reservation;
import io.github.hybridinference.remote.BudgetState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RedisBudgetTest extends BudgetContract {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final long CAP = 1_000_000_000;
    private static final String SHEET = "hybrid:budget:2026-03-01";

    private final List<RedisSignalCache> open = new ArrayList<>();
    private TestRedis server;

    @BeforeEach
    void start() {
        server = TestRedis.start();
    }

    @AfterEach
    void stop() {
        open.forEach(RedisSignalCache::close);
        server.close();
    }

    /** An instance of the fleet, with connections of its own. */
    private RedisBudget instance() {
        RedisSignalCache redis = RedisSignalCache.builder(server.url())
                .timeout(Duration.ofSeconds(1))
                .connect();
        open.add(redis);
        return RedisBudget.perDay("1.00", redis);
    }

    @Override
    protected Budget oneDollarADay() {
        return instance();
    }

    private static Optional<Reservation> reserve(Budget budget, long amount) {
        return join(budget.reserve(OptionalLong.of(amount), NOON));
    }

    private static void hold(Budget budget, long amount) {
        assertThat(reserve(budget, amount)).isPresent();
    }

    private long onTheSheet() {
        return server.say("HVALS", SHEET)
                .replaceAll("[\\[\\] ]", "")
                .lines()
                .flatMap(values -> List.of(values.split(",", -1)).stream())
                .filter(account -> !account.isEmpty())
                .map(account -> account.split(":", -1))
                .mapToLong(figures -> Long.parseLong(figures[1]) + Long.parseLong(figures[2]))
                .sum();
    }

    @Test
    void sharesTheCapBetweenInstances() {
        RedisBudget one = instance();
        RedisBudget other = instance();

        Reservation held = reserve(one, CAP / 2 + 1).orElseThrow();

        assertThat(reserve(other, CAP / 2)).isEmpty();
        assertThat(reserve(other, CAP / 4)).isPresent();
        held.settle(OptionalLong.of(0));
        Eventually.holds(
                "what was not spent is free for the other",
                () -> reserve(other, CAP / 2).isPresent());
    }

    @Test
    void neverPassesTheCapWhateverTheNumberOfInstances() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(9);
        try {
            List<Future<?>> spending = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                RedisBudget instance = instance();
                spending.add(threads.submit(() -> spendAll(instance, 1)));
                spending.add(threads.submit(() -> spendAll(instance, 2)));
            }
            Future<Long> highest = threads.submit(() -> {
                long seen = 0;
                while (spending.stream().anyMatch(one -> !one.isDone())) {
                    seen = Math.max(seen, onTheSheet());
                }
                return seen;
            });
            for (Future<?> one : spending) {
                one.get(60, TimeUnit.SECONDS);
            }
            assertThat(highest.get(10, TimeUnit.SECONDS)).isPositive().isLessThanOrEqualTo(CAP);
        } finally {
            threads.shutdownNow();
        }
        assertThat(onTheSheet()).isBetween(CAP - CAP / 50, CAP);
    }

    /** Asks and settles until the cap is as good as used up. */
    private static void spendAll(RedisBudget instance, long seed) {
        Random random = new Random(seed);
        for (int refusals = 0; refusals < 20; ) {
            long amount = 1 + random.nextLong(CAP / 50);
            Optional<Reservation> granted = reserve(instance, amount);
            refusals = granted.isPresent() ? 0 : refusals + 1;
            granted.ifPresent(reservation -> reservation.settle(OptionalLong.of(amount / 2)));
        }
    }

    @Test
    void countsAsSpentWhatTheDeadHadReserved() {
        RedisBudget survivor = instance();
        long silent = System.currentTimeMillis() - Duration.ofMinutes(3).toMillis();
        server.say("HSET", SHEET, "an instance that died", "7:1000:2000:" + silent);
        server.say("HSET", SHEET, "an instance that lives", "7:10:20:" + System.currentTimeMillis());

        assertThat(reserve(survivor, CAP)).isEmpty();
        assertThat(reserve(survivor, 5)).isPresent();

        BudgetState state = survivor.state(NOON);
        assertThat(state.spentNanoUsd()).isEqualTo(3_010);
        assertThat(state.reservedNanoUsd()).isEqualTo(25);
    }

    @Test
    void tellsARedisThatCameBackEmptyWhatWasSpent() {
        RedisBudget one = instance();
        RedisBudget other = instance();
        reserve(one, CAP / 2).orElseThrow().settle(OptionalLong.of(CAP / 2));
        hold(other, CAP / 4);
        server.say("FLUSHALL");

        hold(one, 1);
        hold(other, 1);

        assertThat(onTheSheet()).isEqualTo(CAP / 2 + CAP / 4 + 2);
        assertThat(reserve(one, CAP / 4)).isEmpty();
    }

    @Test
    void refusesWhileRedisIsAwayUnlessToldOtherwise() {
        RedisBudget budget = instance();
        hold(budget, 1);
        server.kill();

        assertThat(reserve(budget, 1)).isEmpty();

        Eventually.holds("it says so", () -> {
            reserve(budget, 1);
            join(open.get(0).get(Entries.key("any"), Entries.later()));
            return budget.state(NOON)
                    .trouble()
                    .filter(text -> text.endsWith("attempts are refused"))
                    .isPresent();
        });
        server.startAgain();
        Eventually.holds("it grants again", () -> reserve(budget, 1).isPresent());
    }

    @Test
    void spendsItsShareOfWhatWasLeftWhileRedisIsAway() {
        RedisBudget other = instance();
        RedisBudget budget = instance().withLocalShare(0.25);
        hold(other, CAP / 5);
        reserve(budget, CAP / 5).orElseThrow().settle(OptionalLong.of(CAP / 5));
        long share = CAP * 3 / 5 / 4;
        server.kill();

        assertThat(reserve(budget, share + 1)).isEmpty();
        Reservation alone = reserve(budget, share - 10).orElseThrow();
        assertThat(reserve(budget, 11)).isEmpty();
        alone.settle(OptionalLong.of(share - 20));
        assertThat(reserve(budget, 20)).isPresent();

        server.startAgain();
        Eventually.holds("what was spent alone is on the sheet", () -> onTheSheet() == CAP / 5 + share);
    }

    @Test
    void refusesWhatRedisWillNotWriteDown() {
        RedisBudget budget = instance();
        hold(budget, 5);
        server.say("CONFIG", "SET", "maxmemory", "1");

        assertThat(reserve(budget, 5)).isEmpty();
        assertThat(budget.state(NOON).trouble())
                .hasValueSatisfying(text -> assertThat(text).contains("out of memory"));

        server.say("CONFIG", "SET", "maxmemory", "0");
        assertThat(reserve(budget, 5)).isPresent();
        assertThat(budget.state(NOON).trouble()).isEmpty();
        assertThat(onTheSheet()).isEqualTo(10);
    }

    @Test
    void refusesOnASheetThatSomebodyScribbledOn() {
        RedisBudget budget = instance();
        server.say("HSET", SHEET, "scribble", "-5");

        assertThat(reserve(budget, 5)).isEmpty();

        server.say("SET", SHEET, "scribble");
        assertThat(reserve(budget, 5)).isEmpty();
        server.say("DEL", SHEET);
        assertThat(reserve(budget, 5)).isPresent();
    }

    @Test
    void leavesTheSheetToEndByItself() {
        hold(instance(), 5);

        assertThat(Long.parseLong(server.say("TTL", SHEET))).isBetween(2 * 86_400L, 3 * 86_400L);
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        RedisBudget budget = instance();

        assertThatIllegalArgumentException().isThrownBy(() -> RedisBudget.perDay("9000000.01", open.get(0)));
        assertThatIllegalArgumentException().isThrownBy(() -> RedisBudget.perDay("0", open.get(0)));
        assertThatIllegalArgumentException().isThrownBy(() -> budget.withLocalShare(0));
        assertThatIllegalArgumentException().isThrownBy(() -> budget.withLocalShare(1.1));
        assertThatIllegalArgumentException().isThrownBy(() -> budget.withLocalShare(Double.NaN));
    }
}

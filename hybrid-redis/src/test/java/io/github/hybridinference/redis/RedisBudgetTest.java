package io.github.hybridinference.redis;

import static io.github.hybridinference.redis.BudgetFleet.CAP;
import static io.github.hybridinference.redis.BudgetFleet.NOON;
import static io.github.hybridinference.redis.BudgetFleet.SHEET;
import static io.github.hybridinference.redis.BudgetFleet.hold;
import static io.github.hybridinference.redis.BudgetFleet.reserve;
import static io.github.hybridinference.redis.BudgetFleet.spend;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.budget.Budget.Reservation;
import io.github.hybridinference.budget.BudgetState;
import io.github.hybridinference.testkit.contract.BudgetContract;
import java.time.Duration;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RedisBudgetTest extends BudgetContract {
    private final BudgetFleet fleet = new BudgetFleet();
    private final TestRedis server = fleet.server;

    @AfterEach
    void stop() {
        fleet.close();
    }

    private RedisBudget instance() {
        return fleet.instance();
    }

    @Override
    protected Budget oneDollarADay() {
        return instance();
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
                    seen = Math.max(seen, fleet.onTheSheet());
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
        assertThat(fleet.onTheSheet()).isBetween(CAP - CAP / 50, CAP);
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
        spend(one, CAP / 2);
        hold(other, CAP / 4);
        server.say("FLUSHALL");

        hold(one, 1);
        hold(other, 1);

        assertThat(fleet.onTheSheet()).isEqualTo(CAP / 2 + CAP / 4 + 2);
        assertThat(reserve(one, CAP / 4)).isEmpty();
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
        assertThat(fleet.onTheSheet()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-5",
                "1:2:3",
                "1:2:3:4:5",
                "1:-2:3:4",
                "1:2:-3:4",
                "1:NaN:3:4",
                "1:2:inf:4",
                "1:0x10:3:4",
                "1:1e3:3:4",
                "one:two:three:four",
                "1:9007199254740993:3:4",
                "1:2:99999999999999999999:4",
                "1:2:3:99999999999999999999",
                "1:9007199254740992:9007199254740992:4",
            })
    void refusesOnASheetWithForeignContent(String scribble) {
        RedisBudget budget = instance().withLocalShare(1);
        hold(budget, 5);
        RedisBudget fresh = instance().withLocalShare(1);
        server.say("HSET", SHEET, "scribble", scribble);

        assertThat(reserve(fresh, 5)).isEmpty();

        assertThat(reserve(budget, CAP - 4)).isEmpty();
        server.kill();
        assertThat(reserve(fresh, 5)).isEmpty();
        assertThat(reserve(budget, CAP - 4)).isEmpty();
        assertThat(reserve(budget, CAP - 5))
                .as("the share of what was left when the sheet was last readable")
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET KEY scribble",
                "LPUSH KEY scribble",
                "SADD KEY scribble",
                "ZADD KEY 1 scribble",
                "XADD KEY * scribble 1",
            })
    void refusesWhileTheSheetIsOfAnotherType(String command) {
        RedisBudget budget = instance();
        List<String> words = List.of(command.replace("KEY", SHEET).split(" ", -1));
        server.say(words.get(0), words.subList(1, words.size()).toArray(String[]::new));

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

        assertThatIllegalArgumentException().isThrownBy(() -> RedisBudget.perDay("9000000.01", fleet.connected.get(0)));
        assertThatIllegalArgumentException().isThrownBy(() -> RedisBudget.perDay("0", fleet.connected.get(0)));
        assertThatIllegalArgumentException().isThrownBy(() -> budget.withLocalShare(0));
        assertThatIllegalArgumentException().isThrownBy(() -> budget.withLocalShare(1.1));
        assertThatIllegalArgumentException().isThrownBy(() -> budget.withLocalShare(Double.NaN));
    }
}

package io.github.hybridinference.redis;

import static io.github.hybridinference.redis.BudgetFleet.CAP;
import static io.github.hybridinference.redis.BudgetFleet.NOON;
import static io.github.hybridinference.redis.BudgetFleet.decide;
import static io.github.hybridinference.redis.BudgetFleet.hold;
import static io.github.hybridinference.redis.BudgetFleet.reserve;
import static io.github.hybridinference.redis.BudgetFleet.spend;
import static io.github.hybridinference.redis.Entries.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.budget.Budget.Reservation;
import io.github.hybridinference.budget.BudgetDecision.Granted;
import io.github.hybridinference.budget.BudgetDecision.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;

/** What becomes of the cap while Redis is away. */
final class BudgetOutageTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");

    private final BudgetFleet fleet = new BudgetFleet();

    @AfterEach
    void stop() {
        fleet.close();
    }

    @Test
    void refusesWhileRedisIsAwayUnlessToldOtherwise() {
        RedisBudget budget = fleet.instance();
        hold(budget, 1);
        fleet.server.kill();

        assertThat(reserve(budget, 1)).isEmpty();

        Eventually.holds("it says so", () -> {
            reserve(budget, 1);
            join(fleet.connected.get(0).get(Entries.key("any"), Entries.NOW_MS, Entries.later()));
            return budget.state(NOON)
                    .trouble()
                    .filter(text -> text.contains("attempts are refused"))
                    .isPresent();
        });
        fleet.server.startAgain();
        Eventually.holds("it grants again", () -> reserve(budget, 1).isPresent());
    }

    @Test
    void saysUnreachableAndWhyWhileRedisStalls() {
        RedisBudget budget = fleet.instance(Duration.ofMillis(200));
        hold(budget, 1);
        fleet.server.pause();

        assertThat(decide(budget, 1, NOON)).isEqualTo(Refused.UNREACHABLE);

        assertThat(trouble(budget)).contains(" since 20", "no answer in time", "attempts are refused", "timeout");
        fleet.server.resume();
        recovers(budget);
    }

    @Test
    void saysUnreachableAndWhyWhileRedisIsDown() {
        RedisBudget budget = fleet.instance();
        hold(budget, 1);
        fleet.server.kill();

        assertThat(decide(budget, 1, NOON)).isEqualTo(Refused.UNREACHABLE);

        assertThat(trouble(budget))
                .contains(" since 20", "connection refused or lost", "attempts are refused", "start Redis");
        fleet.server.startAgain();
        recovers(budget);
    }

    @Test
    void saysUnreachableWhenTheLocalShareIsUsedUp() {
        RedisBudget budget = fleet.instance().withLocalShare(0.5);
        spend(budget, CAP / 2);
        fleet.server.kill();

        assertThat(decide(budget, CAP / 4, NOON)).isInstanceOf(Granted.class);
        assertThat(decide(budget, 1, NOON)).as("half a dollar may be left").isEqualTo(Refused.UNREACHABLE);

        assertThat(trouble(budget)).contains("the local share");
        fleet.server.startAgain();
        recovers(budget);
        assertThat(decide(budget, CAP / 2, NOON)).as("the sheet's own refusal").isEqualTo(Refused.EXHAUSTED);
    }

    @Test
    void saysUnreachableAndWhyWhileTheSheetIsUnreadable() {
        RedisBudget budget = fleet.instance();
        fleet.server.say("HSET", BudgetFleet.SHEET, "scribble", "no figures");

        assertThat(decide(budget, 1, NOON)).isEqualTo(Refused.UNREACHABLE);

        assertThat(trouble(budget)).contains("unreadable", "delete");
        fleet.server.say("HDEL", BudgetFleet.SHEET, "scribble");
        recovers(budget);
    }

    @Test
    void saysUnreachableWhileASheetOfManyStartsIsSummedUp() {
        long starts = 20_000;
        try (UnifiedJedis client = fleet.server.byHand()) {
            for (int i = 0; i < starts; i += 1_000) {
                client.hset(
                        BudgetFleet.SHEET,
                        IntStream.range(i, i + 1_000)
                                .boxed()
                                .collect(Collectors.toMap(start -> "start " + start, start -> "1:3:4:0")));
            }
        }
        RedisBudget budget = fleet.instance();

        assertThat(decide(budget, 1, NOON)).isEqualTo(Refused.UNREACHABLE);

        assertThat(trouble(budget)).contains("summed up", "attempts are refused", "wait");
        recovers(budget);
        assertThat(budget.state(NOON).spentNanoUsd()).isEqualTo(starts * 7);
        assertThat(decide(budget, CAP - starts * 7, NOON)).isEqualTo(Refused.EXHAUSTED);
    }

    private static String trouble(RedisBudget budget) {
        return budget.state(NOON).trouble().orElse("none");
    }

    private static void recovers(RedisBudget budget) {
        Eventually.holds("it grants again", () -> reserve(budget, 1).isPresent());
        Eventually.holds("nothing is wrong", () -> trouble(budget).equals("none"));
    }

    @Test
    void spendsItsShareOfWhatWasLeftWhileRedisIsAway() {
        RedisBudget other = fleet.instance();
        RedisBudget budget = fleet.instance().withLocalShare(0.25);
        hold(other, CAP / 5);
        spend(budget, CAP / 5);
        long share = CAP * 3 / 5 / 4;
        fleet.server.kill();

        assertThat(reserve(budget, share + 1)).isEmpty();
        Reservation alone = reserve(budget, share - 10).orElseThrow();
        assertThat(reserve(budget, 11)).isEmpty();
        alone.settle(OptionalLong.of(share - 20));
        assertThat(reserve(budget, 20)).isPresent();

        fleet.server.startAgain();
        Eventually.holds("what was spent alone is on the sheet", () -> fleet.onTheSheet() == CAP / 5 + share);
    }

    @Test
    void grantsNothingWithoutRedisWhateverIsSettledMeanwhile() {
        RedisBudget budget = fleet.instance();
        Reservation before = hold(budget, CAP / 2);
        fleet.server.kill();
        assertThat(reserve(budget, 1)).isEmpty();

        before.settle(OptionalLong.of(1_000));

        assertThat(reserve(budget, 1)).isEmpty();
        assertThat(reserve(budget, CAP * 2 / 5)).isEmpty();
    }

    @Test
    void doesNotAddToItsShareWhatTurnsOutToBeLeftOverFromBefore() {
        RedisBudget budget = fleet.instance().withLocalShare(0.25);
        Reservation before = hold(budget, CAP / 5);
        long share = CAP * 4 / 5 / 4;
        fleet.server.kill();
        Reservation alone = hold(budget, share);

        before.settle(OptionalLong.of(1_000));

        assertThat(reserve(budget, 1)).isEmpty();
        alone.settle(OptionalLong.of(share - 7));
        assertThat(reserve(budget, 8)).isEmpty();
        assertThat(reserve(budget, 7)).isPresent();
    }

    @Test
    void doesNotAddToItsShareWhatIsLeftOverFromAnEarlierOutage() {
        RedisBudget budget = fleet.instance().withLocalShare(0.5);
        hold(budget, CAP / 5);
        fleet.server.kill();
        Reservation earlier = hold(budget, CAP * 2 / 5);
        fleet.server.startAgain();
        Eventually.holds("it is on the sheet", () -> fleet.onTheSheet() == CAP * 3 / 5);
        fleet.server.kill();

        earlier.settle(OptionalLong.of(0));

        assertThat(reserve(budget, CAP / 5 + 1)).isEmpty();
        assertThat(reserve(budget, CAP / 5)).isPresent();
    }

    @Test
    void grantsNoShareOfWhatItHasNeverHeardOf() {
        fleet.server.kill();
        for (int restart = 0; restart < 2; restart++) {
            RedisBudget budget = fleet.instance().withLocalShare(1);

            assertThat(reserve(budget, 1)).isEmpty();
            assertThat(reserve(budget, 1, MIDNIGHT)).isEmpty();
        }
        fleet.server.startAgain();
        RedisBudget budget = fleet.instance().withLocalShare(1);
        hold(budget, 1);
        fleet.server.kill();

        assertThat(reserve(budget, CAP - 1)).isPresent();
    }

    @Test
    void hasItsShareOfTheWholeCapOnTheDayAfterOneItHasHeardOf() {
        RedisBudget budget = fleet.instance().withLocalShare(0.25);
        spend(budget, CAP);
        fleet.server.kill();

        assertThat(reserve(budget, 1)).isEmpty();
        assertThat(reserve(budget, CAP / 4 + 1, MIDNIGHT)).isEmpty();
        assertThat(reserve(budget, CAP / 4, MIDNIGHT)).isPresent();
        assertThat(reserve(budget, CAP / 4, MIDNIGHT.plus(Duration.ofDays(1)))).isPresent();
        assertThat(reserve(budget, 1, MIDNIGHT.plus(Duration.ofDays(3))))
                .as("the day before nobody asked")
                .isEmpty();
    }

    @Test
    void putsItsAccountBackWhenRedisReturnsEmptyThoughNobodyAsks() {
        RedisBudget budget = fleet.instance();
        spend(budget, CAP / 2);
        hold(budget, CAP / 4);
        Eventually.holds("it is on the sheet", () -> fleet.onTheSheet() == CAP * 3 / 4);
        fleet.server.kill();
        join(fleet.connected.get(0).get(Entries.key("any"), Entries.NOW_MS, Entries.later()));

        fleet.server.startAgain();

        Eventually.holds("it is on the sheet again", () -> fleet.onTheSheet() == CAP * 3 / 4);
        assertThat(fleet.server.say("KEYS", "*")).as("and no other").isEqualTo("[" + BudgetFleet.SHEET + "]");
    }
}

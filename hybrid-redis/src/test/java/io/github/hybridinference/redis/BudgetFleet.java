package io.github.hybridinference.redis;

import static io.github.hybridinference.redis.Entries.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.budget.Budget.Reservation;
import io.github.hybridinference.budget.BudgetDecision;
import io.github.hybridinference.budget.BudgetDecision.Granted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A Redis and the instances of a fleet that share a cap of one US dollar in it. */
final class BudgetFleet implements AutoCloseable {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final long CAP = 1_000_000_000;
    static final String SHEET = "hybrid:budget:2026-03-01";

    final TestRedis server = TestRedis.start();
    final List<RedisSignalCache> connected = new ArrayList<>();

    /** An instance of the fleet, with connections of its own. */
    RedisBudget instance() {
        return instance(Duration.ofSeconds(1));
    }

    /** One that waits for Redis no longer than this. */
    RedisBudget instance(Duration timeout) {
        RedisSignalCache redis =
                RedisSignalCache.builder(server.url()).timeout(timeout).connect();
        connected.add(redis);
        return RedisBudget.perDay("1.00", redis);
    }

    static Optional<Reservation> reserve(Budget budget, long amount) {
        return reserve(budget, amount, NOON);
    }

    static Optional<Reservation> reserve(Budget budget, long amount, Instant now) {
        return granted(decide(budget, amount, now));
    }

    /** The decision itself, where the reason for a refusal matters. */
    static BudgetDecision decide(Budget budget, long amount, Instant now) {
        return join(budget.reserve(OptionalLong.of(amount), now));
    }

    static Optional<Reservation> granted(BudgetDecision decision) {
        return decision instanceof Granted granted ? Optional.of(granted.reservation()) : Optional.empty();
    }

    static Reservation hold(Budget budget, long amount) {
        Optional<Reservation> granted = reserve(budget, amount);
        assertThat(granted).isPresent();
        return granted.orElseThrow();
    }

    static void spend(Budget budget, long amount) {
        hold(budget, amount).settle(OptionalLong.of(amount));
    }

    /** Spent and reserved together, as it stands in Redis. */
    long onTheSheet() {
        return server.say("HVALS", SHEET)
                .replaceAll("[\\[\\] ]", "")
                .lines()
                .flatMap(values -> List.of(values.split(",", -1)).stream())
                .filter(account -> !account.isEmpty())
                .map(account -> account.split(":", -1))
                .mapToLong(figures -> Long.parseLong(figures[1]) + Long.parseLong(figures[2]))
                .sum();
    }

    @Override
    public void close() {
        connected.forEach(RedisSignalCache::close);
        server.close();
    }
}

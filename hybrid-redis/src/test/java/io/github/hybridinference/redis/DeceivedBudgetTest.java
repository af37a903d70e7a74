package io.github.hybridinference.redis;

import static io.github.hybridinference.redis.BudgetFleet.reserve;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.budget.Budget.Reservation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is spent at most when the account in Redis is not as the engines left it. */
final class DeceivedBudgetTest {
    private static final long CAP = 1_000_000_000;
    private static final int FIRST_AMOUNT = 9;

    private static long spendAll(RedisBudget budget, Runnable before) {
        long spent = 0;
        for (int i = 0; i < 50; i++) {
            before.run();
            Optional<Reservation> held = reserve(budget, CAP / 20);
            held.ifPresent(reservation -> reservation.settle(OptionalLong.of(CAP / 20)));
            spent += held.isPresent() ? CAP / 20 : 0;
        }
        return spent;
    }

    @Test
    void eachEngineStaysUnderTheCapThoughTheSheetIsDeletedAgainAndAgain() {
        try (BudgetFleet fleet = new BudgetFleet()) {
            for (RedisBudget engine : List.of(fleet.instance(), fleet.instance())) {
                assertThat(spendAll(engine, () -> fleet.server.say("FLUSHALL"))).isEqualTo(CAP);
            }
        }
    }

    @Test
    void anEngineStaysUnderTheCapThoughTheServerGrantsEverything() {
        try (RedisSignalCache redis = new RedisSignalCache(
                new Gateway(new LyingPort(), Duration.ofSeconds(10), true, InstantSource.system(), new byte[1]),
                new RedisKeys("test:"),
                Optional.empty(),
                Duration.ofHours(1),
                Duration.ofSeconds(1))) {
            assertThat(spendAll(RedisBudget.perDay("1.00", redis), () -> {})).isEqualTo(CAP);
        }
    }

    /** A server, or a program between it and the engine, that says yes and that nothing was spent. */
    private static final class LyingPort implements RedisPort {
        @Override
        public byte[] read(byte[] key, int maxBytes) {
            return new byte[0];
        }

        @Override
        public List<byte[]> readAll(List<byte[]> keys) {
            return List.of();
        }

        @Override
        public void write(byte[] key, byte[] value, long ttlMs) {}

        @Override
        public Object run(byte[] script, List<byte[]> keys, byte[]... arguments) {
            return List.of(RedisKeys.bytes("1".repeat(arguments.length - FIRST_AMOUNT)), 0L, 0L);
        }

        @Override
        public void reset() {}

        @Override
        public void close() {}
    }
}

package io.github.hybridinference.redis;

import static io.github.hybridinference.redis.Entries.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.budget.BudgetDecision;
import io.github.hybridinference.budget.BudgetDecision.Granted;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who posts what the askers of a busy instance ask for. */
final class BudgetRoundsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final int LATECOMERS = 50;

    private final BusyPort port = new BusyPort();
    private final RedisSignalCache redis = new RedisSignalCache(
            new Gateway(port, Duration.ofSeconds(10), true, InstantSource.system(), new byte[1]),
            new RedisKeys("test:"),
            Optional.empty(),
            Duration.ofHours(1),
            Duration.ofSeconds(1));
    private final RedisBudget budget = RedisBudget.perDay("1.00", redis);

    @AfterEach
    void close() {
        redis.close();
    }

    private CompletionStage<BudgetDecision> reserve() {
        return budget.reserve(OptionalLong.of(1), NOON);
    }

    /** Grants all it is asked for, and while it does so the next asker comes along, as often as it is told to. */
    private final class BusyPort implements RedisPort {
        final List<Thread> posters = new CopyOnWriteArrayList<>();
        final List<Long> numbers = new CopyOnWriteArrayList<>();
        final List<CompletionStage<BudgetDecision>> latecomers = new CopyOnWriteArrayList<>();
        final AtomicInteger toCome = new AtomicInteger();

        @Override
        public Object run(byte[] script, List<byte[]> keys, byte[]... arguments) {
            posters.add(Thread.currentThread());
            numbers.add(Long.parseLong(new String(arguments[1], StandardCharsets.US_ASCII)));
            if (toCome.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                latecomers.add(CompletableFuture.supplyAsync(BudgetRoundsTest.this::reserve)
                        .join());
            }
            byte[] grants = "1".repeat(arguments.length - 9).getBytes(StandardCharsets.US_ASCII);
            return new ArrayList<>(List.of(grants, 0L, 0L));
        }

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
        public void reset() {}

        @Override
        public void close() {}
    }

    @Test
    void doesNotDelayACallForThoseOfOthers() {
        Eventually.holds("reservations are made on the asking thread", () -> {
            join(reserve());
            return port.posters.contains(Thread.currentThread());
        });
        port.posters.clear();
        port.toCome.set(LATECOMERS);

        reserve();

        assertThat(port.posters)
                .filteredOn(Thread.currentThread()::equals)
                .as("its own and no more")
                .hasSizeLessThanOrEqualTo(1);
        Eventually.holds("all latecomers have come", () -> port.latecomers.size() == LATECOMERS);
        port.latecomers.forEach(one -> assertThat(join(one)).isInstanceOf(Granted.class));
        assertThat(port.numbers).isSorted().doesNotHaveDuplicates();
    }
}

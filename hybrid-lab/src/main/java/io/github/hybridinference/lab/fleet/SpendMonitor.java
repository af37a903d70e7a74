package io.github.hybridinference.lab.fleet;

import io.github.hybridinference.budget.Money;
import io.github.hybridinference.lab.process.RedisServers;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Reads the budget of the fleet from Redis every few milliseconds, independently of the engines. While no server answers for it
 * there is nothing to read; it then connects anew, to the master of that moment.
 */
final class SpendMonitor implements AutoCloseable {
    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final RedisServers redis;
    private @Nullable UnifiedJedis client;
    private final Thread thread = new Thread(this::watch, "spend-monitor");
    private volatile boolean closed;
    private final AtomicLong reads = new AtomicLong();
    private volatile long highestNanoUsd;
    private volatile long leastReservedNanoUsd = Long.MAX_VALUE;

    private SpendMonitor(RedisServers redis) {
        this.redis = redis;
    }

    /** The key of the account of today. */
    static String key() {
        return "hybrid:budget:" + LocalDate.now(ZoneOffset.UTC);
    }

    static SpendMonitor start(RedisServers redis) {
        SpendMonitor monitor = new SpendMonitor(redis);
        monitor.thread.setDaemon(true);
        monitor.thread.start();
        return monitor;
    }

    private record Totals(long spent, long reserved) {}

    private void watch() {
        while (!closed) {
            read().ifPresent(totals -> {
                highestNanoUsd = Math.max(highestNanoUsd, totals.spent + totals.reserved);
                if (totals.reserved > 0) {
                    leastReservedNanoUsd = Math.min(leastReservedNanoUsd, totals.reserved);
                }
                reads.incrementAndGet();
            });
            LockSupport.parkNanos(BETWEEN_NANOS);
        }
    }

    /** One reply of Redis shows all accounts at one moment; each reads {@code number:spent:reserved:heard}. */
    private synchronized Optional<Totals> read() {
        try {
            UnifiedJedis connected = client != null ? client : redis.client();
            client = connected;
            long spent = 0;
            long reserved = 0;
            for (String account : connected.hgetAll(key()).values()) {
                String[] figures = account.split(":", -1);
                spent += Long.parseLong(figures[1]);
                reserved += Long.parseLong(figures[2]);
            }
            return Optional.of(new Totals(spent, reserved));
        } catch (JedisException noServer) {
            disconnect();
            return Optional.empty();
        }
    }

    private synchronized void disconnect() {
        UnifiedJedis connected = client;
        client = null;
        if (connected != null) {
            connected.close();
        }
    }

    /** Waits until nothing is reserved and returns what is spent. */
    double spentUsd() throws IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        Optional<Totals> totals = read();
        while (totals.filter(read -> read.reserved == 0).isEmpty() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(BETWEEN_NANOS);
            totals = read();
        }
        return Money.usd(
                totals.orElseThrow(() -> new IOException("the budget's account in Redis cannot be read")).spent);
    }

    /** The largest sum of spent and reserved that was read. */
    double highestUsd() {
        return Money.usd(highestNanoUsd);
    }

    /** The smallest reservation above zero that was read: that of a single call. */
    double leastReservedUsd() {
        return Money.usd(leastReservedNanoUsd);
    }

    long reads() {
        return reads.get();
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        disconnect();
    }
}

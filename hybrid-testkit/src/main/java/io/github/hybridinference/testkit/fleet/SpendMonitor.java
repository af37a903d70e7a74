package io.github.hybridinference.testkit.fleet;

import io.github.hybridinference.budget.Money;
import io.github.hybridinference.testkit.process.RedisProcess;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.UnifiedJedis;

/** Reads the budget of the fleet from Redis every few milliseconds, independently of the engines. */
final class SpendMonitor implements AutoCloseable {
    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final UnifiedJedis client;
    private final Thread thread = new Thread(this::watch, "spend-monitor");
    private volatile boolean closed;
    private final AtomicLong reads = new AtomicLong();
    private volatile long highestNanoUsd;
    private volatile long leastReservedNanoUsd = Long.MAX_VALUE;

    private SpendMonitor(UnifiedJedis client) {
        this.client = client;
    }

    static SpendMonitor start(RedisProcess redis) {
        SpendMonitor monitor = new SpendMonitor(redis.client());
        monitor.thread.setDaemon(true);
        monitor.thread.start();
        return monitor;
    }

    private record Totals(long spent, long reserved) {}

    private void watch() {
        while (!closed) {
            Totals totals = read();
            highestNanoUsd = Math.max(highestNanoUsd, totals.spent + totals.reserved);
            if (totals.reserved > 0) {
                leastReservedNanoUsd = Math.min(leastReservedNanoUsd, totals.reserved);
            }
            reads.incrementAndGet();
            LockSupport.parkNanos(BETWEEN_NANOS);
        }
    }

    /** One reply of Redis shows all accounts at one moment; each reads {@code number:spent:reserved:heard}. */
    private Totals read() {
        long spent = 0;
        long reserved = 0;
        for (String account :
                client.hgetAll("hybrid:budget:" + LocalDate.now(ZoneOffset.UTC)).values()) {
            String[] figures = account.split(":", -1);
            spent += Long.parseLong(figures[1]);
            reserved += Long.parseLong(figures[2]);
        }
        return new Totals(spent, reserved);
    }

    /** Waits until nothing is reserved and returns what is spent. */
    double spentUsd() {
        long end = System.nanoTime() + PATIENCE_NANOS;
        Totals totals = read();
        while (totals.reserved > 0 && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(BETWEEN_NANOS);
            totals = read();
        }
        return Money.usd(totals.spent);
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
        client.close();
    }
}

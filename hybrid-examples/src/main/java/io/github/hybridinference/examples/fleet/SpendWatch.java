package io.github.hybridinference.examples.fleet;

import io.github.hybridinference.budget.Money;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.RedisClient;

/** Looks at the fleet's account in Redis all the time, as an auditor would: past the engines. */
final class SpendWatch implements AutoCloseable {
    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final RedisClient client;
    private final Thread thread = new Thread(this::watch, "spend-watch");
    private volatile boolean over;
    private final AtomicLong looks = new AtomicLong();
    private volatile long highestNanoUsd;
    private volatile long leastReservedNanoUsd = Long.MAX_VALUE;

    private SpendWatch(RedisClient client) {
        this.client = client;
    }

    static SpendWatch over(RedisProcess redis) {
        SpendWatch watch = new SpendWatch(redis.client());
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    private record Sheet(long spent, long reserved) {}

    private void watch() {
        while (!over) {
            Sheet sheet = look();
            highestNanoUsd = Math.max(highestNanoUsd, sheet.spent + sheet.reserved);
            if (sheet.reserved > 0) {
                leastReservedNanoUsd = Math.min(leastReservedNanoUsd, sheet.reserved);
            }
            looks.incrementAndGet();
            LockSupport.parkNanos(BETWEEN_NANOS);
        }
    }

    /** One reply of Redis, so one moment of all accounts, each of which reads {@code number:spent:reserved:heard}. */
    private Sheet look() {
        long spent = 0;
        long reserved = 0;
        for (String account :
                client.hgetAll("hybrid:budget:" + LocalDate.now(ZoneOffset.UTC)).values()) {
            String[] figures = account.split(":", -1);
            spent += Long.parseLong(figures[1]);
            reserved += Long.parseLong(figures[2]);
        }
        return new Sheet(spent, reserved);
    }

    /** What is spent once nothing is reserved any more. */
    double spentUsd() {
        long end = System.nanoTime() + PATIENCE_NANOS;
        Sheet sheet = look();
        while (sheet.reserved > 0 && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(BETWEEN_NANOS);
            sheet = look();
        }
        return Money.usd(sheet.spent);
    }

    /** The most that was spent and reserved together at any look. */
    double highestUsd() {
        return Money.usd(highestNanoUsd);
    }

    /** The least that was reserved at any look, but for nothing: what one question is reserved for. */
    double leastReservedUsd() {
        return Money.usd(leastReservedNanoUsd);
    }

    long looks() {
        return looks.get();
    }

    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}

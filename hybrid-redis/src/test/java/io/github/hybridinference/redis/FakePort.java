package io.github.hybridinference.redis;

import io.github.hybridinference.redis.RedisFailure.Kind;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A Redis that does as the test says. */
final class FakePort implements RedisPort {
    private static final byte[] NOTHING = {};

    final List<String> done = new CopyOnWriteArrayList<>();
    final AtomicInteger asked = new AtomicInteger();
    volatile @Nullable Kind failing;
    volatile @Nullable Kind failingToRun;
    volatile @Nullable Throwable breakingOnce;
    volatile @Nullable Error breakingReads;
    volatile CountDownLatch gate = new CountDownLatch(0);

    private void answer(String what) {
        asked.incrementAndGet();
        try {
            gate.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        Kind kind = failing;
        if (kind != null) {
            throw new RedisFailure(kind);
        }
        done.add(what + " on " + Thread.currentThread().getName());
    }

    /** Lets nothing through until {@link #open}. */
    void shut() {
        gate = new CountDownLatch(1);
    }

    void open() {
        gate.countDown();
    }

    @Override
    public byte[] read(byte[] key, int maxBytes) {
        Error breaking = breakingReads;
        if (breaking != null) {
            throw breaking;
        }
        answer("read");
        return NOTHING;
    }

    @Override
    public List<byte[]> readAll(List<byte[]> keys) {
        answer("readAll");
        return keys.stream().map(key -> NOTHING).toList();
    }

    @Override
    public void write(byte[] key, byte[] value, long ttlMs) {
        answer("write");
    }

    @Override
    public Object run(byte[] script, List<byte[]> keys, byte[]... arguments) {
        Kind kind = failingToRun;
        if (kind != null) {
            asked.incrementAndGet();
            throw new RedisFailure(kind);
        }
        answer("run");
        return 1L;
    }

    @Override
    public void reset() {
        done.add("reset");
        Throwable breaking = breakingOnce;
        breakingOnce = null;
        if (breaking instanceof Error error) {
            throw error;
        }
        if (breaking instanceof RuntimeException exception) {
            throw exception;
        }
    }

    @Override
    public void close() {
        done.add("close");
    }
}

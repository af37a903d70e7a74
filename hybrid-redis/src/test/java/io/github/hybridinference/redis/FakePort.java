package io.github.hybridinference.redis;

import io.github.hybridinference.redis.RedisFailure.Kind;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A Redis that does as the test says. */
final class FakePort implements RedisPort {
    private static final byte[] NOTHING = {};

    final List<String> done = new CopyOnWriteArrayList<>();
    volatile @Nullable Kind failing;
    volatile CountDownLatch gate = new CountDownLatch(0);

    private void answer(String what) {
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
        answer("read");
        return NOTHING;
    }

    @Override
    public void write(byte[] key, byte[] value, long ttlMs) {
        answer("write");
    }

    @Override
    public Object run(byte[] script, byte[] key, byte[]... arguments) {
        answer("run");
        return 1L;
    }

    @Override
    public void reset() {
        done.add("reset");
    }

    @Override
    public void close() {
        done.add("close");
    }
}

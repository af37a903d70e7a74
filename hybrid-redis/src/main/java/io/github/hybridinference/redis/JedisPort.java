package io.github.hybridinference.redis;

import io.github.hybridinference.redis.RedisAddress.Form;
import io.github.hybridinference.redis.RedisFailure.Kind;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.params.SetParams;

/**
 * The port over Jedis.
 *
 * <p>The client is made with the first call and anew after {@link #reset()}, on the thread of the call, since all but the
 * standalone form connect while they are made. A connection that turns out to be stale, as all do when a server restarts,
 * takes its siblings in the pool with it, and the call is tried once more at once.
 */
final class JedisPort implements RedisPort {
    private static final long BETWEEN_BEGINNINGS_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final JedisClients clients;
    private final RedisAddress address;
    private final ReentrantLock making = new ReentrantLock();
    private final AtomicReference<@Nullable UnifiedJedis> client = new AtomicReference<>();
    private final AtomicLong beganAnewNanos = new AtomicLong(System.nanoTime() - 2 * BETWEEN_BEGINNINGS_NANOS);
    private volatile boolean closed;

    JedisPort(RedisAddress address, int connections, long timeoutNanos) {
        this.address = address;
        this.clients = new JedisClients(address, connections, timeoutNanos);
    }

    @Override
    public byte[] read(byte[] key, int maxBytes) {
        return call(jedis -> jedis.getrange(key, 0, maxBytes - 1L));
    }

    @Override
    public void write(byte[] key, byte[] value, long ttlMs) {
        call(jedis -> jedis.set(key, value, SetParams.setParams().px(ttlMs)));
    }

    @Override
    public Object run(byte[] script, List<byte[]> keys, byte[]... arguments) {
        return call(jedis -> jedis.eval(script, keys, List.of(arguments)));
    }

    private <T> T call(Function<UnifiedJedis, @Nullable T> command) {
        try {
            return tried(command);
        } catch (RedisFailure first) {
            boolean mayTryAgain = IoLimit.mayTryAgain();
            if (first.kind() == Kind.READ_ONLY && mayLeadElsewhere()) {
                reset();
            } else if (first.kind() == Kind.LOST && mayTryAgain) {
                forgetConnections();
            } else {
                throw first;
            }
            if (mayTryAgain) {
                return tried(command);
            }
            throw first;
        }
    }

    /**
     * The address, or the sentinels, may lead to another server by now, while connections to an old master that lives on
     * as a replica last for ever. Not asked too often, as it may be a replica that was meant.
     */
    private boolean mayLeadElsewhere() {
        if (address.form() == Form.CLUSTER) {
            return false;
        }
        long last = beganAnewNanos.get();
        long now = System.nanoTime();
        return now - last > BETWEEN_BEGINNINGS_NANOS && beganAnewNanos.compareAndSet(last, now);
    }

    private <T> T tried(Function<UnifiedJedis, @Nullable T> command) {
        try {
            T reply = command.apply(client());
            if (reply == null) {
                throw new RedisFailure(Kind.GARBAGE);
            }
            return reply;
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError failed) {
            // the errors are what a made-up length or depth in a reply comes to
            RedisFailure failure = JedisFailures.translate(failed);
            if (failure.kind() == Kind.GARBAGE) {
                // the connection may be in the pool again with the rest of the reply in it
                forgetConnections();
            }
            throw failure;
        }
    }

    private UnifiedJedis client() {
        UnifiedJedis current = client.get();
        return current != null ? current : make();
    }

    private UnifiedJedis make() {
        try {
            if (!making.tryLock(IoLimit.remainingMs(), TimeUnit.MILLISECONDS)) {
                throw new RedisFailure(Kind.NO_ANSWER);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RedisFailure(Kind.LOST);
        } catch (SocketTimeoutException late) {
            throw new RedisFailure(Kind.NO_ANSWER);
        }
        try {
            UnifiedJedis current = client.get();
            if (current == null) {
                if (closed) {
                    throw new RedisFailure(Kind.LOST);
                }
                current = clients.make();
                client.set(current);
            }
            return current;
        } finally {
            making.unlock();
        }
    }

    /** How many connections are lent out at the moment, to one server. */
    int lent() {
        return client.get() instanceof RedisClient single ? single.getPool().getNumActive() : 0;
    }

    private void forgetConnections() {
        if (client.get() instanceof RedisClient single && address.form() == Form.STANDALONE) {
            single.getPool().clear();
        } else if (address.form() == Form.SENTINEL) {
            reset();
        }
        // a cluster's client looks after its own
    }

    @Override
    public void reset() {
        UnifiedJedis old = client.getAndSet(null);
        if (old != null) {
            closeQuietly(old);
        }
    }

    @Override
    public void close() {
        making.lock();
        try {
            closed = true;
            reset();
        } finally {
            making.unlock();
        }
    }

    private static void closeQuietly(UnifiedJedis old) {
        try {
            old.close();
        } catch (JedisConnectionException alreadyBroken) {
            // its sockets are closed all the same
        }
    }
}

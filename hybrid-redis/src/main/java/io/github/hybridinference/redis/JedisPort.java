package io.github.hybridinference.redis;

import io.github.hybridinference.redis.JedisClients.SingleServer;
import io.github.hybridinference.redis.RedisAddress.Form;
import io.github.hybridinference.redis.RedisFailure.Kind;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClusterPipeline;
import redis.clients.jedis.JedisCluster;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * The port over Jedis.
 *
 * <p>The client is created by the first call, and again by the first call after {@link #reset()}, on the thread of that call,
 * since all forms but the standalone one connect while they are created. When a connection turns out to be stale, as all do
 * after a restart of the server, all connections in the pool are closed and the call is tried once more.
 */
final class JedisPort implements RedisPort {
    private static final byte[] NOTHING = {};
    private static final long BETWEEN_RESETS_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Supplier<UnifiedJedis> clients;
    private final RedisAddress address;
    private final ReentrantLock making = new ReentrantLock();
    private final AtomicReference<@Nullable UnifiedJedis> client = new AtomicReference<>();
    private final AtomicLong resetAtNanos = new AtomicLong(System.nanoTime() - 2 * BETWEEN_RESETS_NANOS);
    private volatile boolean closed;

    JedisPort(RedisAddress address, int connections, long timeoutNanos, Optional<SSLSocketFactory> authority) {
        this(address, new JedisClients(address, connections, timeoutNanos, authority)::make);
    }

    /**
     * Makes a port.
     *
     * @param clients makes clients for the address
     */
    JedisPort(RedisAddress address, Supplier<UnifiedJedis> clients) {
        this.address = address;
        this.clients = clients;
    }

    @Override
    public byte[] read(byte[] key, int maxBytes) {
        return call(jedis -> jedis.getrange(key, 0, maxBytes - 1L));
    }

    @Override
    @SuppressWarnings(
            "deprecation") // as in JedisClients; pipelined() of the superclass has another return type in each version
    public List<byte[]> readAll(List<byte[]> keys) {
        return call(jedis -> {
            List<byte[]> values = jedis instanceof JedisCluster cluster
                    ? bySlot(cluster, keys)
                    : jedis.mget(keys.toArray(byte[][]::new));
            if (values == null || values.size() != keys.size()) {
                throw new RedisFailure(Kind.GARBAGE);
            }
            return values.stream().map(value -> value == null ? NOTHING : value).toList();
        });
    }

    /** What a node refuses, as one that has just handed a slot over, counts as not there. */
    @SuppressWarnings("deprecation")
    private static List<byte[]> bySlot(JedisCluster cluster, List<byte[]> keys) {
        Map<Integer, List<Integer>> slots = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            slots.computeIfAbsent(JedisClusterCRC16.getSlot(keys.get(i)), slot -> new ArrayList<>())
                    .add(i);
        }
        byte[][] values = new byte[keys.size()][];
        Map<List<Integer>, Response<List<byte[]>>> replies = new HashMap<>();
        try (ClusterPipeline pipeline = cluster.pipelined()) {
            for (List<Integer> places : slots.values()) {
                replies.put(places, pipeline.mget(places.stream().map(keys::get).toArray(byte[][]::new)));
            }
            pipeline.sync();
        }
        replies.forEach((places, reply) -> {
            try {
                List<byte[]> found = reply.get();
                for (int i = 0; i < places.size(); i++) {
                    values[places.get(i)] = found.get(i);
                }
            } catch (JedisDataException refused) {
                // these keys are misses; the next look-up of one of them asks the right node
            }
        });
        return Arrays.asList(values);
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
     * Whether to connect again because the server is read-only: the address, or the sentinels, may lead to another server by
     * now, while connections to an old master that has become a replica never end. At most once a second, as the address may
     * really be that of a replica.
     */
    private boolean mayLeadElsewhere() {
        if (address.form() == Form.CLUSTER) {
            return false;
        }
        long last = resetAtNanos.get();
        long now = System.nanoTime();
        return now - last > BETWEEN_RESETS_NANOS && resetAtNanos.compareAndSet(last, now);
    }

    private <T> T tried(Function<UnifiedJedis, @Nullable T> command) {
        try {
            T reply = command.apply(client());
            if (reply == null) {
                throw new RedisFailure(Kind.GARBAGE);
            }
            return reply;
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError failed) {
            // the errors are thrown for an invented length or depth in a reply
            RedisFailure failure = JedisFailures.translate(failed);
            if (failure.kind() == Kind.GARBAGE) {
                // the connection may be in the pool again, with the rest of the reply unread
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
                current = clients.get();
                client.set(current);
            }
            return current;
        } finally {
            making.unlock();
        }
    }

    /** How many connections to a single server are in use at the moment. */
    int lent() {
        return client.get() instanceof SingleServer single ? single.pool().getNumActive() : 0;
    }

    private void forgetConnections() {
        if (client.get() instanceof SingleServer single && address.form() == Form.STANDALONE) {
            single.pool().clear();
        } else if (address.form() == Form.SENTINEL) {
            reset();
        }
        // a cluster's client replaces stale connections itself
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

package io.github.hybridinference.redis;

import static java.util.Objects.requireNonNullElse;

import io.github.hybridinference.redis.RedisAddress.Form;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Settings of a {@link RedisSignalCache}, each of which is set at most once. Not thread-safe. */
public final class RedisSignalCacheBuilder {
    private static final String DEFAULT_PREFIX = "hybrid:";
    private static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(20);
    private static final Duration DEFAULT_LEASE = Duration.ofSeconds(5);
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(366);

    private final RedisAddress address;
    private @Nullable RedisKeys keys;
    private @Nullable Duration timeout;
    private @Nullable Duration ttl;
    private @Nullable Duration lease;

    RedisSignalCacheBuilder(RedisAddress address) {
        this.address = address;
    }

    /**
     * Sets what all keys begin with; the default is {@code hybrid:}. Engines with the same prefix share answers and budget.
     *
     * @param prefix 1 to 64 letters, digits, colons, dots, dashes, underscores
     * @return this
     * @throws IllegalArgumentException for other prefixes
     * @throws IllegalStateException if it was already set
     */
    public RedisSignalCacheBuilder prefix(String prefix) {
        refuseIfSet(keys, "prefix");
        keys = new RedisKeys(prefix);
        return this;
    }

    /**
     * Sets how long Redis may take to answer, connecting included; the default is 20 ms.
     *
     * @param limit 1 ms to 1 s
     * @return this
     * @throws IllegalArgumentException out of range
     * @throws IllegalStateException if it was already set
     */
    public RedisSignalCacheBuilder timeout(Duration limit) {
        refuseIfSet(timeout, "timeout");
        timeout = inRange(limit, LONGEST_TIMEOUT, "a timeout lies between 1 ms and 1 s");
        return this;
    }

    /**
     * Sets the longest time for which an answer is kept; by default it is kept until its validity ends, and never longer.
     *
     * @param limit 1 ms to 366 days
     * @return this
     * @throws IllegalArgumentException out of range
     * @throws IllegalStateException if it was already set
     */
    public RedisSignalCacheBuilder ttl(Duration limit) {
        refuseIfSet(ttl, "ttl");
        ttl = inRange(limit, LONGEST, "a ttl lies between 1 ms and 366 days");
        return this;
    }

    /**
     * Sets how long a lease lasts; the default is 5 s. The engine that holds the lease sends the request, and the others wait
     * for its answer until the lease ends. It should be longer than the model takes, or a slow answer is paid for twice; and
     * no longer than needed, as it is also how long the others wait when the holder dies. It should be the same in the whole
     * fleet: a lease ends after the shortest length that any engine was given.
     *
     * @param length 1 ms to 366 days
     * @return this
     * @throws IllegalArgumentException out of range
     * @throws IllegalStateException if it was already set
     */
    public RedisSignalCacheBuilder lease(Duration length) {
        refuseIfSet(lease, "lease");
        lease = inRange(length, LONGEST, "a lease lasts between 1 ms and 366 days");
        return this;
    }

    /**
     * Connects. Waits up to a second for the first contact, and works without Redis until there is one.
     *
     * @return a new cache
     * @throws IllegalStateException if the application brings a version of Jedis that does not fit, with what to set
     */
    public RedisSignalCache connect() {
        return JedisSetUp.checked(this::connected);
    }

    private RedisSignalCache connected() {
        JedisRehearsal.run(address);
        RedisKeys names = keys == null ? new RedisKeys(DEFAULT_PREFIX) : keys;
        Duration limit = requireNonNullElse(timeout, DEFAULT_TIMEOUT);
        JedisPort port = new JedisPort(address, Gateway.CONNECTIONS, limit.toNanos());
        boolean keepsToLimits = address.form() != Form.CLUSTER;
        Gateway gateway = new Gateway(port, limit, keepsToLimits, Clock.systemUTC(), names.probe());
        return new RedisSignalCache(
                gateway, names, requireNonNullElse(ttl, LONGEST), requireNonNullElse(lease, DEFAULT_LEASE));
    }

    private static void refuseIfSet(@Nullable Object current, String name) {
        if (current != null) {
            throw new IllegalStateException(name + " was already set");
        }
    }

    private static Duration inRange(Duration given, Duration longest, String message) {
        if (given.compareTo(Duration.ofMillis(1)) < 0 || given.compareTo(longest) > 0) {
            throw new IllegalArgumentException(message);
        }
        return given;
    }
}

package io.github.hybridinference.redis;

import io.github.hybridinference.redis.RedisAddress.Form;
import java.time.Clock;
import java.time.Duration;

/** Settings of a {@link RedisSignalCache}. Not thread-safe. */
public final class RedisSignalCacheBuilder {
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(366);

    private final RedisAddress address;
    private RedisKeys keys = new RedisKeys("hybrid:");
    private Duration timeout = Duration.ofMillis(20);
    private Duration ttl = LONGEST;
    private Duration lease = Duration.ofSeconds(5);

    RedisSignalCacheBuilder(RedisAddress address) {
        this.address = address;
    }

    /**
     * Sets what all keys begin with; the default is {@code hybrid:}. Engines that share it share answers and budget.
     *
     * @param prefix 1 to 64 letters, digits, colons, dots, dashes, underscores
     * @return this
     * @throws IllegalArgumentException for others
     */
    public RedisSignalCacheBuilder prefix(String prefix) {
        keys = new RedisKeys(prefix);
        return this;
    }

    /**
     * Sets how long Redis may take to answer, connecting included; the default is 20 ms.
     *
     * @param limit 1 ms to 1 s
     * @return this
     * @throws IllegalArgumentException out of range
     */
    public RedisSignalCacheBuilder timeout(Duration limit) {
        timeout = inRange(limit, LONGEST_TIMEOUT, "a timeout lies between 1 ms and 1 s");
        return this;
    }

    /**
     * Sets the longest that an entry is kept; by default it is kept until its validity ends, and never for longer.
     *
     * @param limit 1 ms to 366 days
     * @return this
     * @throws IllegalArgumentException out of range
     */
    public RedisSignalCacheBuilder ttl(Duration limit) {
        ttl = inRange(limit, LONGEST, "a ttl lies between 1 ms and 366 days");
        return this;
    }

    /**
     * Sets how long the others wait for one that asks before another one does; the default is 5 s. Should be longer than
     * the model takes, or a slow answer is paid for twice; and no longer than needed, as it is also how long a question
     * lies when the one who asked it died. The same for the whole fleet: nobody waits for longer than by his own setting.
     *
     * @param length 1 ms to 366 days
     * @return this
     * @throws IllegalArgumentException out of range
     */
    public RedisSignalCacheBuilder lease(Duration length) {
        lease = inRange(length, LONGEST, "a lease lasts between 1 ms and 366 days");
        return this;
    }

    /**
     * Connects. Waits up to a second for the first contact, and works without Redis until there is one.
     *
     * @return a new cache
     */
    public RedisSignalCache connect() {
        JedisPort port = new JedisPort(address, Gateway.CONNECTIONS, timeout.toNanos());
        boolean keepsToLimits = address.form() != Form.CLUSTER;
        Gateway gateway = new Gateway(port, timeout, keepsToLimits, Clock.systemUTC(), keys.probe());
        return new RedisSignalCache(gateway, keys, ttl, lease);
    }

    private static Duration inRange(Duration given, Duration longest, String message) {
        if (given.compareTo(Duration.ofMillis(1)) < 0 || given.compareTo(longest) > 0) {
            throw new IllegalArgumentException(message);
        }
        return given;
    }
}

package io.github.hybridinference.redis;

import static java.util.Objects.requireNonNullElse;

import io.github.hybridinference.redis.RedisAddress.Form;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a {@link RedisSignalCache}, each of which is set at most once. Not thread-safe.
 *
 * @since 0.1.0
 */
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
    private @Nullable SSLSocketFactory authority;
    private @Nullable String integritySecret;
    private @Nullable String acceptedIntegritySecret;

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
     * Sets the certificate authorities that vouch for the certificates of Redis, in place of those that the JVM trusts. Other
     * connections of the process are not affected. The certificate must name the host all the same.
     *
     * @param pem a file of one or more certificates in PEM form; read at once
     * @return this
     * @throws IllegalArgumentException if the address is one without TLS, or the file cannot be read or holds no certificate
     * @throws IllegalStateException if it was already set
     */
    public RedisSignalCacheBuilder certificateAuthority(Path pem) {
        refuseIfSet(authority, "certificateAuthority");
        if (!address.tls()) {
            throw new IllegalArgumentException(
                    "a certificate authority needs an address with TLS: rediss, rediss-sentinel or rediss-cluster");
        }
        authority = Authority.of(pem);
        return this;
    }

    /**
     * Sets the secret with which answers and leases are signed (HMAC-SHA-256). Values without a valid signature are then not
     * used, so that writing to Redis does not suffice to forge an answer. By default nothing is signed. All engines of a fleet
     * need the same secret: engines with and without one neither share answers nor wait for each other. The budget is not
     * signed.
     *
     * @param secret at least 32 bytes in UTF-8, for example from {@code openssl rand -base64 32}
     * @return this
     * @throws IllegalArgumentException if it is shorter; the message does not repeat it
     * @throws IllegalStateException if it was already set
     */
    public RedisSignalCacheBuilder integritySecret(String secret) {
        refuseIfSet(integritySecret, "integritySecret");
        integritySecret = Signatures.checked(secret, "integritySecret");
        return this;
    }

    /**
     * Sets a second secret whose signatures are accepted too, for the time in which {@link #integritySecret} is replaced: first
     * all engines accept the new one, then all sign with it and accept the old one, then they are given the new one alone.
     *
     * @param secret at least 32 bytes in UTF-8
     * @return this
     * @throws IllegalArgumentException if it is shorter; the message does not repeat it
     * @throws IllegalStateException if it was already set
     */
    public RedisSignalCacheBuilder acceptedIntegritySecret(String secret) {
        refuseIfSet(acceptedIntegritySecret, "acceptedIntegritySecret");
        acceptedIntegritySecret = Signatures.checked(secret, "acceptedIntegritySecret");
        return this;
    }

    /**
     * Connects. Waits up to a second for the first contact, and works without Redis until there is one.
     *
     * @return a new cache
     * @throws IllegalStateException if the application brings a version of Jedis that does not fit, with what to set; or
     *     {@link #acceptedIntegritySecret} is set without {@link #integritySecret}
     */
    public RedisSignalCache connect() {
        if (acceptedIntegritySecret != null && integritySecret == null) {
            throw new IllegalStateException("acceptedIntegritySecret needs integritySecret, which signs");
        }
        return JedisSetUp.checked(this::connected);
    }

    private RedisSignalCache connected() {
        JedisRehearsal.run(address);
        RedisKeys given = keys == null ? new RedisKeys(DEFAULT_PREFIX) : keys;
        Optional<Signatures> signatures =
                Optional.ofNullable(integritySecret).map(secret -> new Signatures(secret, acceptedIntegritySecret));
        RedisKeys names = signatures.isPresent() ? given.signed() : given;
        Duration limit = requireNonNullElse(timeout, DEFAULT_TIMEOUT);
        JedisPort port = new JedisPort(address, Gateway.CONNECTIONS, limit.toNanos(), Optional.ofNullable(authority));
        boolean keepsToLimits = address.form() != Form.CLUSTER;
        Gateway gateway = new Gateway(port, limit, keepsToLimits, Clock.systemUTC(), names.probe());
        return new RedisSignalCache(
                gateway, names, signatures, requireNonNullElse(ttl, LONGEST), requireNonNullElse(lease, DEFAULT_LEASE));
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

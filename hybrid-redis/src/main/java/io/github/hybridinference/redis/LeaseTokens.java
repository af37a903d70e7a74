package io.github.hybridinference.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the values of leases, and tells them from others.
 *
 * <p>Without signatures each value under a lease's key counts as a lease. With them a value counts if it is signed for this key and
 * has not ended long ago: its end is part of what is signed, so that a lease that was read in Redis cannot be written there
 * again and again.
 */
final class LeaseTokens {
    /** How much the clocks of a fleet may differ, as for answers. */
    private static final Duration CLOCKS_MAY_DIFFER = Duration.ofMinutes(5);

    private static final Pattern SIGNED = Pattern.compile(RedisKeys.FORMAT + "([0-9]{1,18}):[0-9a-f-]{36}");

    private final Optional<Signatures> signatures;
    private final Forgeries forgeries;
    private final InstantSource clock;
    private final long leaseMs;

    LeaseTokens(Optional<Signatures> signatures, Forgeries forgeries, InstantSource clock, long leaseMs) {
        this.signatures = signatures;
        this.forgeries = forgeries;
        this.clock = clock;
        this.leaseMs = leaseMs;
    }

    byte[] next(byte[] key) {
        String random = UUID.randomUUID().toString();
        if (signatures.isEmpty()) {
            return RedisKeys.bytes(RedisKeys.FORMAT + random);
        }
        String content = RedisKeys.FORMAT + (clock.millis() + leaseMs) + ":" + random;
        return signatures.get().sign(key, RedisKeys.bytes(content));
    }

    /** Whether a value found under the key may be a lease that an engine holds. One that is not is counted. */
    boolean isLease(byte[] key, byte[] value) {
        if (signatures.isEmpty()) {
            return true;
        }
        boolean valid = signatures
                .get()
                .open(key, value)
                .filter(content -> isCurrent(new String(content, StandardCharsets.UTF_8)))
                .isPresent();
        if (!valid) {
            forgeries.found();
        }
        return valid;
    }

    private boolean isCurrent(String content) {
        Matcher parts = SIGNED.matcher(content);
        return parts.matches() && clock.millis() - Long.parseLong(parts.group(1)) < CLOCKS_MAY_DIFFER.toMillis();
    }
}

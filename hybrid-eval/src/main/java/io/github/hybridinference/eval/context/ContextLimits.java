package io.github.hybridinference.eval.context;

import java.time.Duration;

/**
 * How long the figures of a source are valid, and how long it may take.
 *
 * @param ttl how long fetched figures are valid, from their arrival
 * @param waitAtMost how long a snapshot waits for figures that are being fetched; it then proceeds without them
 * @param fetchTimeout how long a fetch may take, the body included; one that outlasts the wait supplies the next
 *     snapshot
 * @since 0.1.0
 */
public record ContextLimits(Duration ttl, Duration waitAtMost, Duration fetchTimeout) {
    /** Figures are valid for 5 minutes, a snapshot waits at most 50 ms, a fetch takes at most 5 s. */
    public static final ContextLimits STANDARD =
            new ContextLimits(Duration.ofMinutes(5), Duration.ofMillis(50), Duration.ofSeconds(5));

    /**
     * Checks that the limits are positive; only the wait may be zero.
     *
     * @param ttl how long fetched figures are valid
     * @param waitAtMost how long a snapshot waits
     * @param fetchTimeout how long a fetch may take
     */
    public ContextLimits {
        if (ttl.isNegative() || ttl.isZero() || fetchTimeout.isNegative() || fetchTimeout.isZero()) {
            throw new IllegalArgumentException("ttl and fetchTimeout must be positive");
        }
        if (waitAtMost.isNegative()) {
            throw new IllegalArgumentException("waitAtMost must not be negative");
        }
    }
}

package io.github.hybridinference.eval.context;

import java.time.Duration;

/**
 * How long a source's figures serve, and how long it may take.
 *
 * @param ttl how long fetched figures serve, from their arrival
 * @param waitAtMost how long a snapshot waits for figures that are being fetched; it then goes on without them
 * @param fetchTimeout how long a fetch may take, the body included; one that outlasts the wait serves the next snapshot
 */
public record ContextLimits(Duration ttl, Duration waitAtMost, Duration fetchTimeout) {
    /** Figures serve 5 minutes, a snapshot waits 50 ms, a fetch may take 5 s. */
    public static final ContextLimits STANDARD =
            new ContextLimits(Duration.ofMinutes(5), Duration.ofMillis(50), Duration.ofSeconds(5));

    /**
     * Checks that the figures are positive, the wait excepted, which may be zero.
     *
     * @param ttl how long fetched figures serve
     * @param waitAtMost how long a snapshot waits
     * @param fetchTimeout how long a fetch may take
     */
    public ContextLimits {
        if (ttl.isNegative() || ttl.isZero() || fetchTimeout.isNegative() || fetchTimeout.isZero()) {
            throw new IllegalArgumentException("ttl and fetchTimeout are positive");
        }
        if (waitAtMost.isNegative()) {
            throw new IllegalArgumentException("waitAtMost is not negative");
        }
    }
}

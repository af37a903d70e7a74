package io.github.hybridinference.model;

import java.util.Optional;

/**
 * Why an answer is less than it could have been. The set is closed; each entry says its cause and its cure.
 *
 * <p>All come with {@link Source#FALLBACK}, except {@link #NO_DATA} and {@link #INTERNAL} on a simple scenario, which
 * come with {@link Source#LOCAL}.
 */
public enum Degradation {
    /** The snapshot lacks RSI or enough history for any rule. Cure: send the figure, or wait for 100 bars. */
    NO_DATA,
    /**
     * The engine has a model that was switched off when it was built. Cure: {@code builder().remoteEnabled(true)}. An engine
     * without a model is not degraded.
     */
    NO_REMOTE,
    /** The deadline passed before the model answered. Cure: a longer timeout; see {@link Inference#revision()}. */
    TIMEOUT,
    /** The model's service failed or could not be reached, retries included. Cure: none on this side. */
    UNAVAILABLE,
    /** The service limited the rate and no retry fitted the deadline. Cure: fewer calls, a longer timeout. */
    RATE_LIMITED,
    /** The service refused the request as malformed (400, 404, 422). Cure: check model name and endpoint; report a bug. */
    REJECTED,
    /** The service refused the API key (401, 403). Cure: set a valid key; the breaker opens at once. */
    UNAUTHORIZED,
    /** The account's balance is empty (402). Cure: top up; the breaker opens at once. */
    UNPAID,
    /** The reply was blank, cut off, malformed, out of range or contradicted what was sent. Cure: see the causes in the statistics. */
    BAD_REPLY,
    /** The call could have passed the budget's cap, or its price is unknown. Cure: a higher cap, or a price. */
    BUDGET,
    /**
     * The budget's account is kept elsewhere and cannot be reached, so what may still be spent is unknown. Cure: bring the
     * account's store back, see the component {@code budget_account} in the health report; or allow a local share.
     */
    BUDGET_UNREACHABLE,
    /** Recent calls failed and the circuit breaker spares everyone the wait. Cure: none; it tries again by itself. */
    BREAKER_OPEN,
    /** Too many calls are in flight already. Cure: raise the limit of calls in flight, or send less. */
    SATURATED,
    /** The anonymizer or the egress check refused to let the data out. Cure: report a bug; nothing was sent. */
    PRIVACY,
    /** The calling thread was interrupted while it waited; its interrupt flag is set again. Cure: the caller's own. */
    INTERRUPTED,
    /** The engine was closed while the inference was under way. Cure: none needed. */
    CLOSED,
    /** A replayed model has no recording of this request. Cure: record it, or replay with what was recorded. */
    NOT_RECORDED,
    /** A part of the library or a user-supplied part threw. Cure: see the log; it names the part, never the data. */
    INTERNAL;

    private final Optional<Degradation> asOptional = Optional.of(this);

    Optional<Degradation> asOptional() {
        return asOptional;
    }
}

package io.github.hybridinference.model;

import java.util.Optional;

/**
 * Why an answer is less than it could have been. The set is closed; each entry says its cause and its cure.
 *
 * <p>All come with {@link Source#FALLBACK}, except {@link #NO_DATA} and {@link #INTERNAL} on a simple scenario, which
 * come with {@link Source#LOCAL}.
 *
 * @since 0.1.0
 */
public enum Degradation {
    /** The snapshot lacks RSI or enough history for any rule. Cure: send the figure, or wait for 100 bars. */
    NO_DATA("the snapshot lacks RSI or enough history for any rule", "send the figure, or wait for 100 bars"),
    /**
     * The engine has a model that was switched off when it was built. Cure: {@code builder().remoteEnabled(true)}. An engine
     * without a model is not degraded.
     */
    NO_REMOTE("the model was switched off when the engine was built", "build it with remoteEnabled(true)"),
    /**
     * The models were paused by {@link io.github.hybridinference.InferenceEngine#pauseRemote}. Cure:
     * {@link io.github.hybridinference.InferenceEngine#resumeRemote}.
     */
    PAUSED("the models are paused", "call resumeRemote()"),
    /** The deadline passed before the model answered. Cure: a longer timeout; see {@link Inference#revision()}. */
    TIMEOUT("the deadline passed before the model answered", "set a longer timeout, or find out why the model is slow"),
    /** The model's service failed or could not be reached, retries included. Cure: none on this side. */
    UNAVAILABLE(
            "the model's service failed or could not be reached", "see its component and the service's status page"),
    /** The service limited the rate and no retry fitted the deadline. Cure: fewer calls, a longer timeout. */
    RATE_LIMITED("the model's service limits the rate", "make fewer calls, or set a longer timeout"),
    /** The service refused the request as malformed (400, 404, 422). Cure: check model name and endpoint; report a bug. */
    REJECTED("the model's service refused the request as malformed", "check the model's name and the endpoint"),
    /** The service refused the API key (401, 403). Cure: set a valid key; the breaker opens at once. */
    UNAUTHORIZED("the model's service refused the API key", "set a valid key"),
    /** The account's balance is empty (402). Cure: top up; the breaker opens at once. */
    UNPAID("the account's balance is empty", "top it up"),
    /** The reply was blank, cut off, malformed, out of range or contradicted what was sent. Cure: see the causes in the statistics. */
    BAD_REPLY("the model's replies could not be used", "see the reply problems in the statistics"),
    /** The call could have passed the budget's cap, or its price is unknown. Cure: a higher cap, or a price. */
    BUDGET("the budget's cap is reached, or a price is unknown", "raise the cap, or set the model's prices"),
    /**
     * The budget's account is kept elsewhere and cannot be reached, so what may still be spent is unknown. Cure: bring the
     * account's store back, see the component {@code budget_account} in the health report; or allow a local share.
     */
    BUDGET_UNREACHABLE(
            "the budget's account cannot be reached", "bring its store back, see the component budget_account"),
    /** Recent calls failed and the circuit breaker spares everyone the wait. Cure: none; it tries again by itself. */
    BREAKER_OPEN(
            "recent calls failed and the circuit breaker is open",
            "it tries again by itself; see the model's component"),
    /** As many calls as allowed wait for their turn already. Cure: raise the limits of calls and of those that wait, or send less. */
    SATURATED("too many calls wait for their turn", "raise maxCallsInFlight or maxWaiting, or send less"),
    /** The anonymizer or the egress check refused to let the data out. Cure: report a bug; nothing was sent. */
    PRIVACY("the anonymizer or the egress check let nothing out", "see the log, and report a bug"),
    /** The calling thread was interrupted while it waited; its interrupt flag is set again. Cure: the caller's own. */
    INTERRUPTED("the calling thread was interrupted", "find out who interrupts it"),
    /** The engine was closed while the inference was under way. Cure: none needed. */
    CLOSED("the engine was closed", "none is needed"),
    /** A replayed model has no recording of this request. Cure: record it, or replay with what was recorded. */
    NOT_RECORDED("a replayed model has no recording of the request", "record it, or replay with what was recorded"),
    /** A part of the library or a user-supplied part threw. Cure: see the log; it names the part, never the data. */
    INTERNAL("a part of the engine threw", "see the log, which names the part");

    private final Optional<Degradation> asOptional = Optional.of(this);
    private final String cause;
    private final String cure;

    Degradation(String cause, String cure) {
        this.cause = cause;
        this.cure = cure;
    }

    /**
     * Returns what happened.
     *
     * @return a clause for reports, without a full stop
     */
    public String cause() {
        return cause;
    }

    /**
     * Returns what helps.
     *
     * @return a clause for reports, without a full stop
     */
    public String cure() {
        return cure;
    }

    Optional<Degradation> asOptional() {
        return asOptional;
    }
}

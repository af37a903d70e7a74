package io.github.hybridinference.testkit;

import io.github.hybridinference.model.Degradation;

/**
 * What can go wrong with a model, by name: {@link FakeModel} and the stand-in can show each.
 *
 * <p>The engine repeats what may pass by itself, and answers with {@link #degradation()} if every attempt meets the fault.
 *
 * @since 0.1.0
 */
public enum Fault {
    /** No reply until the engine gives up. */
    HANG(Degradation.TIMEOUT),
    /** The connection is reset before a reply comes. Retried. */
    CONNECTION_RESET(Degradation.UNAVAILABLE),
    /** Status 500. Retried. */
    SERVER_ERROR(Degradation.UNAVAILABLE),
    /** Status 503. Retried. */
    OVERLOADED(Degradation.UNAVAILABLE),
    /** Status 429 with Retry-After: 1, that is one second. Retried after that time if it fits the deadline. */
    RATE_LIMITED(Degradation.RATE_LIMITED),
    /** Status 400. */
    BAD_REQUEST(Degradation.REJECTED),
    /** Status 401: the key is refused. The breaker opens. */
    UNAUTHORIZED(Degradation.UNAUTHORIZED),
    /** Status 402: the balance is empty. The breaker opens. */
    UNPAID(Degradation.UNPAID),
    /** Nothing but white space. Retried. */
    BLANK(Degradation.BAD_REPLY),
    /** Cut off in the middle of the JSON object. Retried. */
    TRUNCATED(Degradation.BAD_REPLY),
    /** The provider ran out of capacity in the middle of the reply. Retried. */
    OUT_OF_RESOURCES(Degradation.BAD_REPLY),
    /** The provider filtered the reply. */
    CONTENT_FILTERED(Degradation.BAD_REPLY),
    /** Prose in place of an answer: the model declines. */
    REFUSAL(Degradation.BAD_REPLY),
    /** A JSON object that is not well-formed. */
    MALFORMED(Degradation.BAD_REPLY),
    /** A confidence of 7.5. */
    OUT_OF_RANGE(Degradation.BAD_REPLY),
    /** Evidence that is another RSI than was sent; without an RSI in the request, a plain answer. */
    CONTRADICTING(Degradation.BAD_REPLY);

    private final Degradation degradation;

    Fault(Degradation degradation) {
        this.degradation = degradation;
    }

    /**
     * Returns what the caller of an engine sees if every attempt meets this fault.
     *
     * @return the degradation of the fallback answer
     */
    public Degradation degradation() {
        return degradation;
    }
}

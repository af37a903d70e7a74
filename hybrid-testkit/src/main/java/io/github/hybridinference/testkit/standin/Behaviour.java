package io.github.hybridinference.testkit.standin;

import io.github.hybridinference.model.TradingSignal;
import io.github.hybridinference.testkit.Fault;
import io.github.hybridinference.testkit.FaultyReplies;
import io.github.hybridinference.testkit.Signals;
import java.time.Duration;
import java.util.Map;

/**
 * How the stand-in treats one chat completion call. Immutable.
 *
 * <p>Created by the static methods and delayed by {@link #after}. "The reply" below is the complete, well-formed reply
 * that {@link #answer()} sends.
 *
 * @since 0.1.0
 */
public sealed interface Behaviour {

    /**
     * The reply, at once.
     *
     * @return the behaviour
     */
    static Behaviour answer() {
        return new Answer();
    }

    /**
     * A well-formed reply with the given advice.
     *
     * @param signal what the model says
     * @return the behaviour
     */
    static Behaviour signal(TradingSignal signal) {
        return content(Signals.replyText(signal), "stop");
    }

    /**
     * A fault by its name.
     *
     * @param fault what goes wrong
     * @return the behaviour
     */
    static Behaviour of(Fault fault) {
        return switch (fault) {
            case HANG -> hang();
            case CONNECTION_RESET -> reset();
            case SERVER_ERROR -> failing(500, "server_error", Map.of());
            case OVERLOADED -> failing(503, "overloaded_error", Map.of());
            case RATE_LIMITED -> failing(429, "rate_limit_error", Map.of("retry-after", "1"));
            case BAD_REQUEST -> failing(400, "invalid_request_error", Map.of());
            case UNAUTHORIZED -> failing(401, "authentication_error", Map.of());
            case UNPAID -> failing(402, "insufficient_balance", Map.of());
            case BLANK -> content("   ", "stop");
            case TRUNCATED -> truncated();
            case OUT_OF_RESOURCES -> content("", "insufficient_system_resource");
            case CONTENT_FILTERED -> content("", "content_filter");
            case REFUSAL, MALFORMED, OUT_OF_RANGE -> content(FaultyReplies.text(fault), "stop");
            case CONTRADICTING -> new Contradiction();
        };
    }

    private static Behaviour failing(int code, String type, Map<String, String> headers) {
        return status(code, headers, JsonResponses.error(type, "A simulated fault."));
    }

    /**
     * A well-formed reply with the given content and finish reason.
     *
     * @param content the text of the message
     * @param finishReason the finish reason, which may be one that the service never sends
     * @return the behaviour
     */
    static Behaviour content(String content, String finishReason) {
        return new Content(content, finishReason);
    }

    /**
     * The reply, with its content cut in the middle and the finish reason "length".
     *
     * @return the behaviour
     */
    static Behaviour truncated() {
        return new Truncated();
    }

    /**
     * The given status, headers and body in place of a reply.
     *
     * @param code the status, 200 to 599
     * @param headers the headers besides those for length and connection; without a content type it is JSON
     * @param body the body
     * @return the behaviour
     * @throws IllegalArgumentException if the status is out of range
     */
    static Behaviour status(int code, Map<String, String> headers, String body) {
        if (code < 200 || code > 599) {
            throw new IllegalArgumentException("a final status lies between 200 and 599");
        }
        return new Status(code, Map.copyOf(headers), body);
    }

    /**
     * No reply until the client gives up or the stand-in is closed.
     *
     * @return the behaviour
     */
    static Behaviour hang() {
        return new Hang();
    }

    /**
     * A connection reset before the first byte.
     *
     * @return the behaviour
     */
    static Behaviour reset() {
        return new Reset(false);
    }

    /**
     * A connection reset in the middle of the body.
     *
     * @return the behaviour
     */
    static Behaviour resetMidBody() {
        return new Reset(true);
    }

    /**
     * The reply with its headers at once and its body one byte per interval.
     *
     * @param interval the time between two bytes, not negative
     * @return the behaviour
     */
    static Behaviour drip(Duration interval) {
        return new Drip(checked(interval));
    }

    /**
     * The headers at once, then blank lines one per interval, then the reply: what the service sends while a request waits.
     *
     * @param lines the number of blank lines
     * @param interval the time between two lines, not negative
     * @return the behaviour
     */
    static Behaviour blankLines(int lines, Duration interval) {
        return new BlankLines(lines, checked(interval), true);
    }

    /**
     * The headers at once, then blank lines one per interval, then the end of the connection without a reply.
     *
     * @param lines the number of blank lines
     * @param interval the time between two lines, not negative
     * @return the behaviour
     */
    static Behaviour blankLinesThenClose(int lines, Duration interval) {
        return new BlankLines(lines, checked(interval), false);
    }

    /**
     * The same behaviour after a delay, which occupies no thread.
     *
     * @param delay the delay, not negative
     * @return the behaviour
     */
    default Behaviour after(Duration delay) {
        return new After(checked(delay), this);
    }

    /** See {@link Behaviour#answer()}. */
    record Answer() implements Behaviour {}

    /**
     * See {@link Behaviour#content}.
     *
     * @param content the text of the message
     * @param finishReason the finish reason
     */
    record Content(String content, String finishReason) implements Behaviour {}

    /** See {@link Fault#CONTRADICTING}. */
    record Contradiction() implements Behaviour {}

    /** See {@link Behaviour#truncated()}. */
    record Truncated() implements Behaviour {}

    /**
     * See {@link Behaviour#status}.
     *
     * @param code the status
     * @param headers its headers
     * @param body its body
     */
    record Status(int code, Map<String, String> headers, String body) implements Behaviour {}

    /** See {@link Behaviour#hang()}. */
    record Hang() implements Behaviour {}

    /**
     * See {@link Behaviour#reset()} and {@link Behaviour#resetMidBody()}.
     *
     * @param midBody whether half of the reply is sent first
     */
    record Reset(boolean midBody) implements Behaviour {}

    /**
     * See {@link Behaviour#drip}.
     *
     * @param interval the time between two bytes
     */
    record Drip(Duration interval) implements Behaviour {}

    /**
     * See {@link Behaviour#blankLines} and {@link Behaviour#blankLinesThenClose}.
     *
     * @param lines the number of lines
     * @param interval the time between two of them
     * @param thenReply whether the reply follows, or the end of the connection
     */
    record BlankLines(int lines, Duration interval, boolean thenReply) implements Behaviour {}

    /**
     * See {@link Behaviour#after}.
     *
     * @param delay the delay
     * @param then the behaviour after it
     */
    record After(Duration delay, Behaviour then) implements Behaviour {}

    private static Duration checked(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("a duration must not be negative");
        }
        return duration;
    }
}

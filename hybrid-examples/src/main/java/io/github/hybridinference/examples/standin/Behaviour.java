package io.github.hybridinference.examples.standin;

import java.time.Duration;
import java.util.Map;

/**
 * How the stand-in treats one chat completion call. Immutable.
 *
 * <p>Made by the static methods, delayed by {@link #after}. "The reply" below is the complete, well-formed reply that
 * {@link #answer()} sends.
 */
public sealed interface Behaviour {

    /** The reply, at once. */
    static Behaviour answer() {
        return new Answer();
    }

    /** A well-formed reply whose message holds the given content and whose choice ends for the given reason. */
    static Behaviour content(String content, String finishReason) {
        return new Content(content, finishReason);
    }

    /** The reply cut in the middle of its content, which ends for the reason "length". */
    static Behaviour truncated() {
        return new Truncated();
    }

    /** The given status, headers and body in place of a reply; the content type is JSON unless a header says otherwise. */
    static Behaviour status(int code, Map<String, String> headers, String body) {
        if (code < 200 || code > 599) {
            throw new IllegalArgumentException("a final status lies between 200 and 599");
        }
        return new Status(code, Map.copyOf(headers), body);
    }

    /** Nothing, until the client gives up or the stand-in is closed. */
    static Behaviour hang() {
        return new Hang();
    }

    /** A connection reset before the first byte. */
    static Behaviour reset() {
        return new Reset(false);
    }

    /** A connection reset in the middle of the body. */
    static Behaviour resetMidBody() {
        return new Reset(true);
    }

    /** The reply with its headers at once and its body one byte per interval. */
    static Behaviour drip(Duration interval) {
        return new Drip(checked(interval));
    }

    /** The headers at once, then blank lines one per interval, then the reply: what a waiting request really sees. */
    static Behaviour blankLines(int lines, Duration interval) {
        return new BlankLines(lines, checked(interval), true);
    }

    /** The headers at once, then blank lines one per interval, then the end of the connection without a reply. */
    static Behaviour blankLinesThenClose(int lines, Duration interval) {
        return new BlankLines(lines, checked(interval), false);
    }

    /** The same behaviour, begun later; waits on a timer, not on a thread. */
    default Behaviour after(Duration delay) {
        return new After(checked(delay), this);
    }

    /** See {@link #answer()}. */
    record Answer() implements Behaviour {}

    /** See {@link #content}. */
    record Content(String content, String finishReason) implements Behaviour {}

    /** See {@link #truncated()}. */
    record Truncated() implements Behaviour {}

    /** See {@link #status}. */
    record Status(int code, Map<String, String> headers, String body) implements Behaviour {}

    /** See {@link #hang()}. */
    record Hang() implements Behaviour {}

    /** See {@link #reset()} and {@link #resetMidBody()}. */
    record Reset(boolean midBody) implements Behaviour {}

    /** See {@link #drip}. */
    record Drip(Duration interval) implements Behaviour {}

    /** See {@link #blankLines} and {@link #blankLinesThenClose}. */
    record BlankLines(int lines, Duration interval, boolean thenReply) implements Behaviour {}

    /** See {@link #after}. */
    record After(Duration delay, Behaviour then) implements Behaviour {}

    private static Duration checked(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("a duration must not be negative");
        }
        return duration;
    }
}

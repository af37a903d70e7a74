package io.github.hybridinference.model;

import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * An absolute point in time by which something must be over.
 *
 * <p>It is made once, where a request enters, and passed down, so that the time-outs of the parts cannot add up to more
 * than the whole. It runs on a nano clock of its own (by default {@link System#nanoTime()}), independent of the wall
 * clock. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class Deadline {
    /** A century: far enough to mean "never" and near enough that nano arithmetic cannot overflow. */
    private static final long LONGEST_NANOS = Duration.ofDays(36_500).toNanos();

    private final LongSupplier nanoClock;
    private final long atNanos;

    private Deadline(LongSupplier nanoClock, long atNanos) {
        this.nanoClock = nanoClock;
        this.atNanos = atNanos;
    }

    /**
     * Makes a deadline that passes {@code timeout} from now.
     *
     * @param timeout the time left; zero or negative makes a deadline that has already passed
     * @return the deadline
     */
    public static Deadline after(Duration timeout) {
        return after(timeout, System::nanoTime);
    }

    /**
     * Makes a deadline that passes {@code timeout} from now on the given clock.
     *
     * @param timeout the time left; zero or negative makes a deadline that has already passed
     * @param nanoClock a monotonic clock in nanoseconds, thread-safe
     * @return the deadline
     */
    public static Deadline after(Duration timeout, LongSupplier nanoClock) {
        return afterNanos(nanosOf(timeout), Objects.requireNonNull(nanoClock, "nanoClock"));
    }

    /**
     * Makes a deadline that passes {@code nanos} from now on the given clock.
     *
     * @param nanos the time left in nanoseconds
     * @param nanoClock a monotonic clock in nanoseconds, thread-safe
     * @return the deadline
     */
    public static Deadline afterNanos(long nanos, LongSupplier nanoClock) {
        Objects.requireNonNull(nanoClock, "nanoClock");
        return new Deadline(nanoClock, nanoClock.getAsLong() + clamp(nanos));
    }

    /**
     * Returns the time left.
     *
     * @return nanoseconds; zero or negative once the deadline has passed
     */
    public long remainingNanos() {
        return atNanos - nanoClock.getAsLong();
    }

    /**
     * Returns the time left.
     *
     * @return never negative
     */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, remainingNanos()));
    }

    /**
     * Tells whether the deadline has passed.
     *
     * @return true from the moment no time is left
     */
    public boolean isExpired() {
        return remainingNanos() <= 0;
    }

    /**
     * Returns whichever of the two passes first.
     *
     * @param other the other deadline, on any clock
     * @return this or {@code other}
     */
    public Deadline earlier(Deadline other) {
        return remainingNanos() <= other.remainingNanos() ? this : other;
    }

    private static long nanosOf(Duration timeout) {
        try {
            return Objects.requireNonNull(timeout, "timeout").toNanos();
        } catch (ArithmeticException tooLong) {
            return timeout.isNegative() ? -LONGEST_NANOS : LONGEST_NANOS;
        }
    }

    private static long clamp(long nanos) {
        return Math.max(-LONGEST_NANOS, Math.min(LONGEST_NANOS, nanos));
    }

    @Override
    public String toString() {
        return "Deadline[in " + remainingNanos() / 1_000_000 + " ms]";
    }
}

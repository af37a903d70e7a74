package io.github.hybridinference.model;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The length of a bar: a closed set, so that it can be part of a feature's name.
 *
 * @since 0.1.0
 */
public enum Timeframe {
    /** One minute. */
    M1(1, 'm'),
    /** Five minutes. */
    M5(5, 'm'),
    /** Fifteen minutes. */
    M15(15, 'm'),
    /** Thirty minutes. */
    M30(30, 'm'),
    /** One hour. */
    H1(1, 'h'),
    /** Two hours. */
    H2(2, 'h'),
    /** Four hours. */
    H4(4, 'h'),
    /** One day. */
    D1(1, 'd'),
    /** One week. */
    W1(1, 'w');

    private static final Timeframe[] ALL = values();

    private final String code;
    private final long millis;
    private final double sqrtHours;

    Timeframe(int amount, char unit) {
        this.code = amount + String.valueOf(unit);
        this.millis = amount * minutesOf(unit) * 60_000L;
        this.sqrtHours = Math.sqrt(millis / 3_600_000.0);
    }

    /**
     * Returns the usual short spelling.
     *
     * @return for example {@code 15m}, {@code 4h}, {@code 1d}
     */
    public String code() {
        return code;
    }

    /**
     * Returns the length of one bar.
     *
     * @return a positive duration
     */
    public Duration duration() {
        return Duration.ofMillis(millis);
    }

    /**
     * Returns the length of one bar in milliseconds.
     *
     * @return a positive number of milliseconds
     */
    public long durationMs() {
        return millis;
    }

    /**
     * Returns the square root of this timeframe in hours, the factor by which a volatility measured on hourly bars
     * grows on these if returns are independent (the square-root-of-time rule).
     *
     * @return 1 for {@link #H1}, 2 for {@link #H4}, about 0.129 for {@link #M1}
     */
    public double sqrtHours() {
        return sqrtHours;
    }

    /**
     * Finds the timeframe spelled like {@code 1h} or {@code 1H}.
     *
     * @param code the spelling, in any case
     * @return the timeframe, or empty for a spelling outside the set
     */
    public static Optional<Timeframe> find(String code) {
        for (Timeframe timeframe : ALL) {
            if (timeframe.code.equalsIgnoreCase(code)) {
                return Optional.of(timeframe);
            }
        }
        return Optional.empty();
    }

    /** The timeframe of that length, whatever its unit: 24 hours are a day. */
    static @Nullable Timeframe of(int amount, char unit) {
        long millis = amount * minutesOf(unit) * 60_000L;
        for (Timeframe timeframe : ALL) {
            if (timeframe.millis == millis) {
                return timeframe;
            }
        }
        return null;
    }

    private static long minutesOf(char unit) {
        return switch (unit) {
            case 'm' -> 1;
            case 'h' -> 60;
            case 'd' -> 1_440;
            case 'w' -> 10_080;
            default -> throw new AssertionError();
        };
    }
}

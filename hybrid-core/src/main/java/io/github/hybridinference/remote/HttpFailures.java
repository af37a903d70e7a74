package io.github.hybridinference.remote;

import io.github.hybridinference.remote.RemoteException.Reason;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns an HTTP status other than 2xx into a failure. The body is not used, since it may contain anything. */
public final class HttpFailures {
    private static final Duration LONGEST_WAIT = Duration.ofDays(365);
    private static final double LONGEST_WAIT_MS = (double) LONGEST_WAIT.toMillis();

    private HttpFailures() {}

    /**
     * Makes the exception of a status, with the wait that the service asks for and its id of the request.
     *
     * @param status the HTTP status, not 2xx
     * @param headers returns a header by its name in any case, or null
     * @param clock the wall clock, for a {@code Retry-After} that is a date in a response without one
     * @return the exception
     */
    public static RemoteException of(int status, Function<String, @Nullable String> headers, Clock clock) {
        return RemoteException.ofStatus(reason(status), status, retryAfter(headers, clock), requestId(headers));
    }

    /**
     * Finds the service's id of the request.
     *
     * @param headers returns a header by its name in any case, or null
     * @return empty if there is none
     */
    public static Optional<String> requestId(Function<String, @Nullable String> headers) {
        return Optional.ofNullable(headers.apply("x-request-id"))
                .or(() -> Optional.ofNullable(headers.apply("x-ds-trace-id")));
    }

    private static Reason reason(int status) {
        return switch (status) {
            case 401, 403 -> Reason.UNAUTHORIZED;
            case 402 -> Reason.UNPAID;
            case 408, 409, 425 -> Reason.UNAVAILABLE;
            case 429 -> Reason.RATE_LIMITED;
            // redirects are not followed, since they could send the key to any host
            default -> status >= 300 && status < 500 ? Reason.REJECTED : Reason.UNAVAILABLE;
        };
    }

    private static Optional<Duration> retryAfter(Function<String, @Nullable String> headers, Clock clock) {
        String millis = headers.apply("retry-after-ms");
        if (millis != null) {
            return amount(millis, 1);
        }
        String after = headers.apply("retry-after");
        if (after == null) {
            return Optional.empty();
        }
        return amount(after, 1_000).or(() -> untilDate(after, headers.apply("date"), clock));
    }

    /** A non-negative number of units, or empty if the text is anything else. */
    private static Optional<Duration> amount(String text, double unitMillis) {
        try {
            double amount = Double.parseDouble(text.strip()) * unitMillis;
            return amount >= 0
                    ? Optional.of(Duration.ofMillis((long) Math.ceil(Math.min(amount, LONGEST_WAIT_MS))))
                    : Optional.empty();
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }

    /** The time until a date, counted from the response's Date header if it has one, since the clocks may differ. */
    private static Optional<Duration> untilDate(String text, @Nullable String serviceNow, Clock clock) {
        Instant now = date(serviceNow).orElseGet(clock::instant);
        return date(text)
                .map(at -> Duration.between(now, at))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
                .map(wait -> wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    }

    private static Optional<Instant> date(@Nullable String text) {
        try {
            return Optional.ofNullable(text)
                    .map(known -> ZonedDateTime.parse(known.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }
}

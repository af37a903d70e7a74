package io.github.hybridinference.remote;

import io.github.hybridinference.remote.RemoteException.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns an HTTP status other than 2xx into a failure. Of a body, which may contain anything, nothing is passed on; that of a
 * 400 is searched for the few sentences by which known services refuse a request that does not ask for a stream.
 *
 * @since 0.1.0
 */
public final class HttpFailures {
    /** Errors reported with status 200, and the status that says the same. */
    private static final Map<String, Integer> REPORTED = Map.ofEntries(
            Map.entry("insufficient_quota", 402),
            Map.entry("insufficient_user_quota", 402),
            Map.entry("insufficient_balance", 402),
            Map.entry("billing_hard_limit_reached", 402),
            Map.entry("arrearage", 402),
            Map.entry("1008", 402), // MiniMax: the balance is empty
            Map.entry("1113", 402), // GLM: the account is in arrears
            Map.entry("invalid_api_key", 401),
            Map.entry("authentication_error", 401),
            Map.entry("invalid_authentication_error", 401),
            Map.entry("1004", 401), // MiniMax
            Map.entry("2049", 401), // MiniMax
            Map.entry("permission_error", 403),
            Map.entry("model_not_found", 404),
            Map.entry("invalid_request_error", 400),
            Map.entry("2013", 400), // MiniMax
            Map.entry("rate_limit_exceeded", 429),
            Map.entry("rate_limit_error", 429),
            Map.entry("1002", 429), // MiniMax
            Map.entry("1302", 429), // GLM
            Map.entry("1305", 429)); // GLM

    /** What Qwen says of its models that think. */
    private static final Pattern THINKING_ONLY_STREAMED =
            Pattern.compile("enable_thinking must be (set to )?false for non-?stream");

    /** What services say whose models, or some of them, only stream. */
    private static final Pattern ONLY_STREAMED = Pattern.compile("only supports? (the )?stream"
            + "|\\bstream (parameter )?(must|should) be (set to )?true"
            + "|non-?stream(ing)? (mode |requests? |calls? )?(is|are) not supported"
            + "|does not support non-?stream");

    private static final int MOST_SEARCHED = 16_384;
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
        boolean blocked = status == 403 && isFromFirewall(headers);
        RemoteException failure = RemoteException.ofStatus(
                blocked ? Reason.REJECTED : reason(status),
                bounded(status),
                retryAfter(headers, clock),
                requestId(headers));
        return switch (status) {
            case 301, 302, 303, 307, 308 -> failure.because(FailureCause.REDIRECT, redirectHost(headers));
            case 404 -> failure.because(FailureCause.NOT_FOUND);
            case 407 -> failure.because(FailureCause.PROXY_REFUSED);
            case 413 -> failure.because(FailureCause.REQUEST_TOO_LARGE);
            case 401, 402, 429 -> failure; // the reason says it
            case 403 -> blocked ? failure.because(FailureCause.BLOCKED) : failure;
            default -> failure.because(FailureCause.STATUS);
        };
    }

    /**
     * Makes the exception of a status, with the cause that the body tells, if it is one of those known.
     *
     * @param status the HTTP status, not 2xx
     * @param headers returns a header by its name in any case, or null
     * @param body the bytes of the body, untrusted
     * @param length how many of them count; 0 for a body that was not read
     * @param clock the wall clock
     * @return the exception
     */
    public static RemoteException of(
            int status, Function<String, @Nullable String> headers, byte[] body, int length, Clock clock) {
        RemoteException failure = of(status, headers, clock);
        if (status != 400) {
            return failure;
        }
        String text = new String(body, 0, Math.min(length, MOST_SEARCHED), StandardCharsets.ISO_8859_1)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[`'\"*\\\\]", "");
        if (THINKING_ONLY_STREAMED.matcher(text).find()) {
            return failure.because(FailureCause.THINKING_ONLY_STREAMED);
        }
        return ONLY_STREAMED.matcher(text).find() ? failure.because(FailureCause.EVENT_STREAM) : failure;
    }

    /**
     * Makes the exception of an error that a service reports with status 200: in an {@code error} object or, as MiniMax
     * does, in {@code base_resp}.
     *
     * @param code the code or the type of the error as the service spells it, or null; a number is a status or one of the
     *     codes of a provider
     * @param headers returns a header by its name in any case, or null
     * @param clock the wall clock
     * @return UNAVAILABLE if the code is not known
     */
    public static RemoteException ofReported(
            @Nullable String code, Function<String, @Nullable String> headers, Clock clock) {
        Integer status = REPORTED.get(String.valueOf(code).toLowerCase(Locale.ROOT));
        if (status == null && code != null && code.matches("[45][0-9][0-9]")) {
            status = Integer.valueOf(code);
        }
        return status == null
                ? RemoteException.ofStatus(Reason.UNAVAILABLE, 200, Optional.empty(), requestId(headers))
                        .because(FailureCause.STATUS)
                : of(status, headers, clock);
    }

    /** The firewall's page is text; the service's own refusals are JSON. */
    private static boolean isFromFirewall(Function<String, @Nullable String> headers) {
        String type = headers.apply("content-type");
        return "cloudflare".equalsIgnoreCase(headers.apply("server"))
                && (type == null || !type.toLowerCase(Locale.ROOT).contains("json"));
    }

    private static Optional<String> redirectHost(Function<String, @Nullable String> headers) {
        try {
            return Optional.ofNullable(headers.apply("location"))
                    .map(location -> URI.create(location.strip()).getAuthority());
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
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

    /** A status as HTTP allows it: it appears in messages. */
    private static int bounded(int status) {
        return Math.max(100, Math.min(599, status));
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
        Optional<Duration> precise = millis == null ? Optional.empty() : amount(millis, 1);
        if (precise.isPresent()) {
            return precise;
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

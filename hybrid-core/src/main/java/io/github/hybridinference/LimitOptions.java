package io.github.hybridinference;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The builder's options that bound time, tries and calls. */
abstract sealed class LimitOptions extends RuntimeOptions permits CacheOptions {
    private static final Duration LONGEST = Duration.ofHours(1);

    @Nullable Duration timeout;

    @Nullable Duration remoteTimeout;

    @Nullable Duration breakerOpenFor;

    int maxAttempts = 3;
    int maxCallsInFlight = 256;
    int maxConsecutiveFailures = 5;

    /**
     * Sets how long an inference may take, retries and parsing included; the default is 3 seconds.
     *
     * @param whole positive, at most an hour
     * @return this builder
     */
    public InferenceEngineBuilder timeout(Duration whole) {
        timeout = once(timeout, positive(whole, "timeout"), "timeout");
        return self();
    }

    /**
     * Sets how long a question to the model may go on after its callers were answered, for the cache and for
     * {@code revision()}; the default is 10 seconds, or the timeout if that is longer.
     *
     * @param whole positive, at most an hour, not shorter than the timeout
     * @return this builder
     */
    public InferenceEngineBuilder remoteTimeout(Duration whole) {
        remoteTimeout = once(remoteTimeout, positive(whole, "remoteTimeout"), "remoteTimeout");
        return self();
    }

    /**
     * Sets how often a question is tried; the default is 3.
     *
     * @param attempts 1 to 10, the first one included
     * @return this builder
     */
    public InferenceEngineBuilder maxAttempts(int attempts) {
        require(attempts >= 1 && attempts <= 10, "maxAttempts is 1 to 10");
        maxAttempts = attempts;
        return self();
    }

    /**
     * Sets how many questions may be with the models at once; more are answered by the rules. The default is 256.
     *
     * @param calls positive
     * @return this builder
     */
    public InferenceEngineBuilder maxCallsInFlight(int calls) {
        require(calls > 0, "maxCallsInFlight is positive");
        maxCallsInFlight = calls;
        return self();
    }

    /**
     * Sets after how many failed questions in a row a model's breaker opens; the default is 5. It also opens when half
     * of the last 20 questions failed, and at once when the key or the balance is refused.
     *
     * @param failures positive
     * @return this builder
     */
    public InferenceEngineBuilder maxConsecutiveFailures(int failures) {
        require(failures > 0, "maxConsecutiveFailures is positive");
        maxConsecutiveFailures = failures;
        return self();
    }

    /**
     * Sets how long an open breaker bars a model before it lets a few questions through to see; the default is 30
     * seconds.
     *
     * @param wait positive, at most an hour
     * @return this builder
     */
    public InferenceEngineBuilder breakerOpenFor(Duration wait) {
        breakerOpenFor = once(breakerOpenFor, positive(wait, "breakerOpenFor"), "breakerOpenFor");
        return self();
    }

    private static Duration positive(Duration duration, String name) {
        require(
                !duration.isNegative() && !duration.isZero() && duration.compareTo(LONGEST) <= 0,
                name + " is positive and at most an hour");
        return duration;
    }
}

package io.github.hybridinference.testkit.assertj;

import io.github.hybridinference.EngineStats;
import io.github.hybridinference.budget.Money;
import io.github.hybridinference.model.Degradation;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about what an engine counted.
 *
 * @since 0.1.0
 */
public final class EngineStatsAssert extends AbstractAssert<EngineStatsAssert, EngineStats> {
    EngineStatsAssert(@Nullable EngineStats actual) {
        super(actual, EngineStatsAssert.class);
    }

    /**
     * Verifies how many inferences were asked for.
     *
     * @param expected their number
     * @return this assertion
     */
    public EngineStatsAssert hasInferences(long expected) {
        return check("inferences", expected, stats().totalRequests());
    }

    /**
     * Verifies how many the rules answered because they suffice.
     *
     * @param expected their number
     * @return this assertion
     */
    public EngineStatsAssert hasLocalAnswers(long expected) {
        return check("local answers", expected, stats().localCalls());
    }

    /**
     * Verifies how many the model answered, those who joined an in-flight call included.
     *
     * @param expected their number
     * @return this assertion
     */
    public EngineStatsAssert hasRemoteAnswers(long expected) {
        return check("remote answers", expected, stats().remoteAnswers());
    }

    /**
     * Verifies how many were answered from the cache.
     *
     * @param expected their number
     * @return this assertion
     */
    public EngineStatsAssert hasCacheHits(long expected) {
        return check("cache hits", expected, stats().cacheHits());
    }

    /**
     * Verifies how many the rules answered in place of the model.
     *
     * @param expected their number
     * @return this assertion
     */
    public EngineStatsAssert hasFallbacks(long expected) {
        return check("fallbacks", expected, stats().fallbackCalls());
    }

    /**
     * Verifies how many calls went to a model, each counted once however many attempts it took.
     *
     * @param expected their number
     * @return this assertion
     */
    public EngineStatsAssert hasRemoteCalls(long expected) {
        return check("remote calls", expected, stats().remoteCalls());
    }

    /**
     * Verifies how many attempts were sent, retries included.
     *
     * @param expected their number
     * @return this assertion
     */
    public EngineStatsAssert hasAttempts(long expected) {
        return check("attempts", expected, stats().upstreamAttempts());
    }

    /**
     * Verifies how many answers were degraded for a reason.
     *
     * @param cause the reason
     * @param expected their number
     * @return this assertion
     */
    public EngineStatsAssert hasDegradations(Degradation cause, long expected) {
        return check("answers with " + cause, expected, stats().degradations().getOrDefault(cause, 0L));
    }

    /**
     * Verifies what was spent.
     *
     * @param usd the highest cost, in US dollars as a plain decimal number, such as {@code "0.01"}
     * @return this assertion
     * @throws IllegalArgumentException if that is no positive amount
     */
    public EngineStatsAssert hasCostAtMost(String usd) {
        long spent = stats().totalCostNanoUsd();
        if (spent > Money.nanoUsd(usd)) {
            throw failure("%nExpecting a cost of at most %s US dollars, but it is %s", usd, Money.usd(spent));
        }
        return this;
    }

    private EngineStatsAssert check(String what, long expected, long found) {
        if (expected != found) {
            throw failureWithActualExpected(
                    found, expected, "%nExpecting %s %s, but counted %s", expected, what, found);
        }
        return this;
    }

    private EngineStats stats() {
        isNotNull();
        return Objects.requireNonNull(actual);
    }
}

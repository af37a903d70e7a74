package io.github.hybridinference;

import io.github.hybridinference.budget.BudgetState;
import io.github.hybridinference.budget.Money;
import io.github.hybridinference.cache.CacheState;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.DropCause;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.remote.FailureCause;
import io.github.hybridinference.remote.ReplyProblem;
import java.util.Map;
import java.util.Set;

/**
 * What an engine counted since it was built.
 *
 * <p>At any moment of rest {@code totalRequests = localCalls + cacheHits + remoteAnswers + fallbackCalls + cancelled}.
 *
 * @param totalRequests inferences asked for
 * @param localCalls answered by the rules because they suffice or there is no model
 * @param cacheHits answered from the cache
 * @param remoteAnswers answered by the model, those who joined an in-flight call included
 * @param fallbackCalls answered by the rules in place of the model
 * @param cancelled given up by the caller before an answer
 * @param errors faults of our own or of user-supplied parts
 * @param remoteCalls calls for which a model was asked, at least once
 * @param upstreamAttempts attempts sent to a model, retries included
 * @param coalesced inferences that joined an in-flight call
 * @param consecutiveFailures calls in a row that failed, of the first model
 * @param totalTokens tokens consumed, as far as it was seen
 * @param totalCostNanoUsd what was spent, in billionths of a US dollar: the costs that were seen, and
 *     {@code unseenCostNanoUsd}; the budget is charged the same sum
 * @param unseenCostNanoUsd of that, what was charged for attempts whose cost was never seen: their full reservations
 * @param unpricedCalls attempts whose cost was never seen or has no price
 * @param droppedFields fields of callers' maps that were not taken, by cause
 * @param sensitiveFieldsBlocked those among them with a sensitive name
 * @param suspectUnits names of the catalogue whose figures have had the values of another unit so often that they are
 *     left out, such as an RSI between 0 and 1
 * @param degradations answers with a degradation, by cause
 * @param replyProblems replies not believed, by problem
 * @param failureCauses failed attempts of which more is known than the reason, by cause
 * @param latency how long callers waited, by source
 * @param budget how the budget stands
 * @param cache how the cache stands
 * @since 0.1.0
 */
public record EngineStats(
        long totalRequests,
        long localCalls,
        long cacheHits,
        long remoteAnswers,
        long fallbackCalls,
        long cancelled,
        long errors,
        long remoteCalls,
        long upstreamAttempts,
        long coalesced,
        long consecutiveFailures,
        long totalTokens,
        long totalCostNanoUsd,
        long unseenCostNanoUsd,
        long unpricedCalls,
        Map<DropCause, Long> droppedFields,
        long sensitiveFieldsBlocked,
        Set<String> suspectUnits,
        Map<Degradation, Long> degradations,
        Map<ReplyProblem, Long> replyProblems,
        Map<FailureCause, Long> failureCauses,
        Map<Source, Latency> latency,
        BudgetState budget,
        CacheState cache) {
    /**
     * How long callers waited; percentiles are exact to about 3 %.
     *
     * @param count how many
     * @param p50Nanos the median, 0 without any
     * @param p99Nanos the 99th percentile
     * @param maxNanos the longest
     */
    public record Latency(long count, long p50Nanos, long p99Nanos, long maxNanos) {}

    /**
     * Returns the share of requests answered from the cache.
     *
     * @return percent of all requests, 0 without any
     */
    public double cacheHitRatePct() {
        return percentOfRequests(cacheHits);
    }

    /**
     * Returns the share of requests for which a model was asked.
     *
     * @return percent of all requests, 0 without any
     */
    public double remoteUsageRatePct() {
        return percentOfRequests(remoteCalls);
    }

    /**
     * Returns what 1,000 requests cost.
     *
     * @return US dollars, 0 without any
     */
    public double costPer1000RequestsUsd() {
        return totalRequests == 0 ? 0 : Money.usd(totalCostNanoUsd) / totalRequests * 1_000;
    }

    private double percentOfRequests(long part) {
        return totalRequests == 0 ? 0 : 100.0 * part / totalRequests;
    }
}

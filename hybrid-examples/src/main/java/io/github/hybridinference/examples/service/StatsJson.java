package io.github.hybridinference.examples.service;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.hybridinference.EngineStats;
import io.github.hybridinference.budget.BudgetState;
import io.github.hybridinference.budget.Money;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.DropCause;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.remote.FailureCause;
import io.github.hybridinference.remote.ReplyProblem;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The statistics as JSON: the names of the original service first, then further ones. {@code failure_causes} counts failed
 * attempts by cause, {@code reply_problems} unusable replies, and {@code cures} says what to do about each of them; {@code http}
 * counts what happens at the door.
 */
record StatsJson(
        long totalRequests,
        long cacheHits,
        long deepseekCalls,
        long localCalls,
        long fallbackCalls,
        long errors,
        double cacheHitRate,
        double deepseekUsageRate,
        long consecutiveFailures,
        DeepseekStats deepseekStats,
        long remoteAnswers,
        long cancelled,
        long coalescedRequests,
        Map<Degradation, Long> degradations,
        Map<FailureCause, Long> failureCauses,
        Map<ReplyProblem, Long> replyProblems,
        Map<String, String> cures,
        Map<String, Latency> latencyMs,
        long fieldsDropped,
        Map<DropCause, Long> fieldsDroppedByCause,
        Set<String> suspectUnits,
        long sensitiveFieldsBlocked,
        BudgetUsd budget,
        @JsonProperty("cost_per_1000_requests") double costPer1000Requests,
        HttpMeters.HttpStats http) {

    private static final double NANOS_PER_MS = 1e6;

    /** What the model consumed. {@code unseen_cost} is the part of {@code total_cost} charged for replies never seen. */
    record DeepseekStats(double totalCost, double unseenCost, long totalTokens, long unpricedCalls) {}

    /** How long callers waited. */
    record Latency(double p50, double p99) {}

    /** The budget in US dollars; no cap is null. */
    record BudgetUsd(@Nullable Double capUsd, double spentUsd, double reservedUsd) {}

    static StatsJson of(EngineStats stats, HttpMeters.HttpStats http) {
        return new StatsJson(
                stats.totalRequests(),
                stats.cacheHits(),
                stats.remoteCalls(),
                stats.localCalls(),
                stats.fallbackCalls(),
                stats.errors() + http.errors(),
                stats.cacheHitRatePct(),
                stats.remoteUsageRatePct(),
                stats.consecutiveFailures(),
                new DeepseekStats(
                        Money.usd(stats.totalCostNanoUsd()),
                        Money.usd(stats.unseenCostNanoUsd()),
                        stats.totalTokens(),
                        stats.unpricedCalls()),
                stats.remoteAnswers(),
                stats.cancelled(),
                stats.coalesced(),
                ordered(stats.degradations(), Degradation.class),
                ordered(stats.failureCauses(), FailureCause.class),
                ordered(stats.replyProblems(), ReplyProblem.class),
                cures(stats),
                latencies(stats),
                stats.droppedFields().values().stream()
                        .mapToLong(Long::longValue)
                        .sum(),
                ordered(stats.droppedFields(), DropCause.class),
                stats.suspectUnits(),
                stats.sensitiveFieldsBlocked(),
                budget(stats.budget()),
                stats.costPer1000RequestsUsd(),
                http);
    }

    private static <E extends Enum<E>> Map<E, Long> ordered(Map<E, Long> counts, Class<E> type) {
        Map<E, Long> ordered = new EnumMap<>(type);
        ordered.putAll(counts);
        return ordered;
    }

    /** What to do about each cause and each problem that occurred. */
    private static Map<String, String> cures(EngineStats stats) {
        Map<String, String> cures = new TreeMap<>();
        stats.failureCauses()
                .keySet()
                .forEach(cause -> cures.put(cause.name(), cause.sentence() + "; " + cause.cure()));
        stats.replyProblems().keySet().forEach(problem -> cures.put(problem.name(), problem.cure()));
        return cures;
    }

    private static Map<String, Latency> latencies(EngineStats stats) {
        Map<String, Latency> bySource = new LinkedHashMap<>();
        for (Source source : Source.values()) {
            EngineStats.Latency latency = stats.latency().get(source);
            if (latency != null) {
                bySource.put(
                        source.name().toLowerCase(Locale.ROOT),
                        new Latency(latency.p50Nanos() / NANOS_PER_MS, latency.p99Nanos() / NANOS_PER_MS));
            }
        }
        return bySource;
    }

    private static BudgetUsd budget(BudgetState state) {
        return new BudgetUsd(
                state.capNanoUsd().isPresent() ? Money.usd(state.capNanoUsd().getAsLong()) : null,
                Money.usd(state.spentNanoUsd()),
                Money.usd(state.reservedNanoUsd()));
    }
}

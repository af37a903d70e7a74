package io.github.hybridinference.spring;

import io.github.hybridinference.EngineHealth;
import io.github.hybridinference.EngineHealth.Component;
import io.github.hybridinference.EngineHealth.Status;
import io.github.hybridinference.EngineStats;
import io.github.hybridinference.budget.BudgetState;
import io.github.hybridinference.budget.Money;
import io.github.hybridinference.cache.CacheState;
import io.github.hybridinference.remote.FailureCause;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Health and statistics of an engine as maps of plain values, which every version of Jackson writes alike. For the starters.
 *
 * @since 0.1.0
 */
public final class EngineReport {
    private static final double NANOS_PER_MS = 1e6;

    private EngineReport() {}

    /**
     * Describes each part that is used: its status, and if there is something to say, why, since when, when it is tried again, and
     * what to do.
     *
     * @param health the engine's health
     * @return by the name of the part
     */
    public static Map<String, Object> parts(EngineHealth health) {
        Map<String, Object> parts = new LinkedHashMap<>();
        for (Component part : health.components()) {
            if (part.status() == Status.DISABLED) {
                continue;
            }
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("status", part.status().name());
            if (part.status() != Status.HEALTHY) {
                details.put("cause", part.detail());
                part.since().ifPresent(at -> details.put("since", at.toString()));
                part.nextTry().ifPresent(at -> details.put("nextTry", at.toString()));
                details.put("cure", cure(part));
            }
            parts.put(part.name(), details);
        }
        return parts;
    }

    private static String cure(Component part) {
        return switch (part.name()) {
            case "local_model" -> "None: the application is shutting down.";
            case "cache" ->
                "Check hybrid.redis.* and that Redis can be reached; the engine works without it until then.";
            case "budget" -> "None until the next day; a higher hybrid.budget.per-day lets more through.";
            case "budget_account" -> "Check that Redis can be reached; hybrid.budget.local-share allows for outages.";
            case "prices" -> "Set prices for the model in hybrid.models, or take hybrid.budget.per-day away.";
            case "remote" -> "None: the application has switched its models off.";
            default -> modelCure(part.detail());
        };
    }

    private static String modelCure(String cause) {
        for (FailureCause known : FailureCause.values()) {
            if (cause.contains("; " + known.cure())) {
                return known.cure().substring(0, 1).toUpperCase(Locale.ROOT)
                        + known.cure().substring(1) + ".";
            }
        }
        if (cause.contains("UNAUTHORIZED")) {
            return "Set a valid api-key for this model in hybrid.models.";
        }
        if (cause.contains("UNPAID")) {
            return "Top up the balance of the account.";
        }
        return "None if the service recovers, as the model is tried again; else check its base-url and name in hybrid.models.";
    }

    /**
     * Describes what an engine has counted.
     *
     * @param stats the engine's statistics
     * @return amounts in US dollars, times in milliseconds
     */
    static Map<String, Object> counts(EngineStats stats) {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("inferences", inferences(stats));
        counts.put("model", model(stats));
        counts.put("cost", cost(stats));
        counts.put("budget", budget(stats.budget()));
        counts.put("cache", cache(stats.cache()));
        counts.put("latency", latency(stats));
        counts.put("degradations", byName(stats.degradations()));
        counts.put("failureCauses", byName(stats.failureCauses()));
        counts.put("replyProblems", byName(stats.replyProblems()));
        counts.put("cures", cures(stats));
        counts.put("droppedFields", byName(stats.droppedFields()));
        counts.put("suspectUnits", stats.suspectUnits());
        counts.put("errors", stats.errors());
        return counts;
    }

    /** What to do about each cause and each problem that occurred. */
    private static Map<String, String> cures(EngineStats stats) {
        Map<String, String> cures = new TreeMap<>();
        stats.failureCauses().keySet().forEach(cause -> cures.put(cause.name(), cause.cure()));
        stats.replyProblems().keySet().forEach(problem -> cures.put(problem.name(), problem.cure()));
        return cures;
    }

    private static Map<String, Object> inferences(EngineStats stats) {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("total", stats.totalRequests());
        counts.put("local", stats.localCalls());
        counts.put("cache", stats.cacheHits());
        counts.put("remote", stats.remoteAnswers());
        counts.put("fallback", stats.fallbackCalls());
        counts.put("cancelled", stats.cancelled());
        return counts;
    }

    private static Map<String, Object> model(EngineStats stats) {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("calls", stats.remoteCalls());
        counts.put("attempts", stats.upstreamAttempts());
        counts.put("joined", stats.coalesced());
        counts.put("consecutiveFailures", stats.consecutiveFailures());
        counts.put("tokens", stats.totalTokens());
        counts.put("usagePercent", stats.remoteUsageRatePct());
        return counts;
    }

    private static Map<String, Object> cost(EngineStats stats) {
        Map<String, Object> sums = new LinkedHashMap<>();
        sums.put("totalUsd", Money.usd(stats.totalCostNanoUsd()));
        sums.put("unseenUsd", Money.usd(stats.unseenCostNanoUsd()));
        sums.put("per1000InferencesUsd", stats.costPer1000RequestsUsd());
        sums.put("unpricedCalls", stats.unpricedCalls());
        return sums;
    }

    private static Map<String, Object> budget(BudgetState budget) {
        Map<String, Object> state = new LinkedHashMap<>();
        budget.capNanoUsd().ifPresent(cap -> state.put("capUsd", Money.usd(cap)));
        state.put("spentUsd", Money.usd(budget.spentNanoUsd()));
        state.put("reservedUsd", Money.usd(budget.reservedNanoUsd()));
        budget.trouble().ifPresent(trouble -> state.put("trouble", trouble));
        return state;
    }

    private static Map<String, Object> cache(CacheState cache) {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("entries", cache.entries());
        state.put("hits", cache.hits());
        state.put("misses", cache.misses());
        state.put("unreadable", cache.unreadable());
        state.put("forged", cache.forged());
        cache.trouble().ifPresent(trouble -> state.put("trouble", trouble));
        return state;
    }

    private static Map<String, Object> latency(EngineStats stats) {
        Map<String, Object> bySource = new TreeMap<>();
        stats.latency().forEach((source, latency) -> {
            Map<String, Object> times = new LinkedHashMap<>();
            times.put("count", latency.count());
            times.put("p50Ms", latency.p50Nanos() / NANOS_PER_MS);
            times.put("p99Ms", latency.p99Nanos() / NANOS_PER_MS);
            times.put("maxMs", latency.maxNanos() / NANOS_PER_MS);
            bySource.put(source.name().toLowerCase(Locale.ROOT), times);
        });
        return bySource;
    }

    private static Map<String, Long> byName(Map<? extends Enum<?>, Long> counts) {
        Map<String, Long> named = new TreeMap<>();
        counts.forEach((key, count) -> named.put(key.name(), count));
        return named;
    }
}

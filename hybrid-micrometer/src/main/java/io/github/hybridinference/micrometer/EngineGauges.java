package io.github.hybridinference.micrometer;

import io.github.hybridinference.EngineHealth.Component;
import io.github.hybridinference.EngineStats;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.budget.BudgetState;
import io.github.hybridinference.budget.Money;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Meters whose values are read from an engine whenever the registry is read. */
final class EngineGauges {
    private static final Set<String> NOT_MODELS =
            Set.of("local_model", "remote", "cache", "budget", "budget_account", "prices");

    private EngineGauges() {}

    static void register(InferenceEngine engine, MeterRegistry registry) {
        breakers(engine, registry);
        budget(engine, registry, "cap", "What may be spent in the period; NaN without a cap", EngineGauges::capUsd);
        budget(engine, registry, "spent", "Spent in the period", state -> Money.usd(state.spentNanoUsd()));
        budget(
                engine,
                registry,
                "reserved",
                "Set aside for attempts under way",
                state -> Money.usd(state.reservedNanoUsd()));
        Gauge.builder("hybrid.cache.entries", engine, of -> of.stats().cache().entries())
                .description("Answers remembered in this process")
                .register(registry);
        lookUps(engine, registry, "hit", of -> of.stats().cache().hits());
        lookUps(engine, registry, "miss", of -> of.stats().cache().misses());
        count(engine, registry, "hybrid.coalesced", "Inferences that joined an in-flight call", EngineStats::coalesced);
        count(engine, registry, "hybrid.errors", "Faults of our own or of user-supplied parts", EngineStats::errors);
        count(
                engine,
                registry,
                "hybrid.fields.dropped",
                "Fields of callers' maps that were not taken",
                stats -> stats.droppedFields().values().stream()
                        .mapToLong(Long::longValue)
                        .sum());
        count(
                engine,
                registry,
                "hybrid.fields.sensitive",
                "Those of them with a sensitive name",
                EngineStats::sensitiveFieldsBlocked);
    }

    private static void breakers(InferenceEngine engine, MeterRegistry registry) {
        for (Component part : engine.health().components()) {
            String model = part.name();
            if (!NOT_MODELS.contains(model)) {
                Gauge.builder("hybrid.breaker.state", engine, of -> breakerState(of, model))
                        .description("0 closed, 1 trying again, 2 open")
                        .tag("model", model)
                        .register(registry);
            }
        }
    }

    private static double breakerState(InferenceEngine engine, String model) {
        return engine.health()
                .component(model)
                .map(part -> switch (part.status()) {
                    case HEALTHY -> 0.0;
                    case DEGRADED -> 1.0;
                    case UNHEALTHY -> 2.0;
                    case DISABLED -> Double.NaN;
                })
                .orElse(Double.NaN);
    }

    private static void budget(
            InferenceEngine engine,
            MeterRegistry registry,
            String figure,
            String description,
            ToDoubleFunction<BudgetState> value) {
        Gauge.builder(
                        "hybrid.budget." + figure,
                        engine,
                        of -> value.applyAsDouble(of.stats().budget()))
                .description(description)
                .baseUnit("usd")
                .register(registry);
    }

    private static double capUsd(BudgetState state) {
        return state.capNanoUsd().isPresent() ? Money.usd(state.capNanoUsd().getAsLong()) : Double.NaN;
    }

    private static void lookUps(
            InferenceEngine engine, MeterRegistry registry, String result, ToDoubleFunction<InferenceEngine> value) {
        FunctionCounter.builder("hybrid.cache.lookups", engine, value)
                .description("Look-ups in the cache")
                .tag("result", result)
                .register(registry);
    }

    private static void count(
            InferenceEngine engine,
            MeterRegistry registry,
            String name,
            String description,
            ToDoubleFunction<EngineStats> value) {
        FunctionCounter.builder(name, engine, of -> value.applyAsDouble(of.stats()))
                .description(description)
                .register(registry);
    }
}

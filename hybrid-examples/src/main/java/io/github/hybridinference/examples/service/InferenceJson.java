package io.github.hybridinference.examples.service;

import io.github.hybridinference.budget.Money;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Provenance;
import io.github.hybridinference.model.TradingSignal;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** An answer as JSON; the names are part of the interface, in snake case. */
record InferenceJson(
        String decisionId,
        String signal,
        double confidence,
        String riskLevel,
        @Nullable Double stopLossPct,
        @Nullable Double takeProfitPct,
        String reasoning,
        String source,
        String scenario,
        String scenarioReason,
        @Nullable String degradation,
        @Nullable String model,
        @Nullable String promptVersion,
        double latencyMs,
        @Nullable Double costUsd,
        long tokens,
        String validUntil,
        int fieldsDropped) {

    private static final double NANOS_PER_MS = 1e6;

    static InferenceJson of(Inference answer, int fieldsDropped) {
        TradingSignal signal = answer.signal();
        OptionalLong cost = answer.usage().costNanoUsd();
        return new InferenceJson(
                answer.decisionId(),
                signal.action().name(),
                Math.round(signal.confidence() * 10_000) / 10_000.0,
                signal.risk().name().toLowerCase(Locale.ROOT),
                boxed(signal.stopLossPct()),
                boxed(signal.takeProfitPct()),
                signal.reasoning(),
                answer.source().name(),
                answer.scenario().kind().name(),
                answer.scenario().reason().name(),
                answer.degradation().map(Degradation::name).orElse(null),
                answer.provenance().map(Provenance::model).orElse(null),
                answer.provenance().map(Provenance::promptVersion).orElse(null),
                answer.latencyNanos() / NANOS_PER_MS,
                cost.isPresent() ? Money.usd(cost.getAsLong()) : null,
                answer.usage().totalTokens(),
                answer.validUntil().toString(),
                fieldsDropped);
    }

    private static @Nullable Double boxed(OptionalDouble percent) {
        return percent.isPresent() ? percent.getAsDouble() : null;
    }
}

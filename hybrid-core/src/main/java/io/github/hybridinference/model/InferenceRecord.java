package io.github.hybridinference.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An answer as plain data, to be written as JSON or put into a table: texts and numbers, and the evidence as an object of numbers.
 *
 * <p>Jackson 2, Jackson 3 and Gson write and read it as it is, without a module or an annotation. The components are named
 * as in JSON, in snake case, since that is the one way that all three understand. Names and types are stable: later
 * versions only add components.
 *
 * @param decision_id the identity of the decision, shared by an answer and its revision
 * @param signal the action: {@code BUY}, {@code SELL} or {@code HOLD}
 * @param confidence how sure, in [0, 1], rounded to four decimals
 * @param risk_level {@code low}, {@code medium} or {@code high}
 * @param stop_loss_pct distance of a protective stop in percent of the price, or null
 * @param take_profit_pct distance of a target in percent of the price, or null
 * @param reasoning one or a few sentences, which quote figures; never a model's text
 * @param source {@link Source} by name
 * @param scenario {@link Scenario.Kind} by name: {@code SIMPLE} or {@code COMPLEX}
 * @param scenario_reason {@link Scenario.Reason} by name
 * @param degradation {@link Degradation} by name, or null for a full answer
 * @param model the model that answered, or null if the rules did
 * @param prompt_version the version of the prompt it was asked with, or null if the rules answered
 * @param latency_ms how long the caller waited, in milliseconds
 * @param cost_usd what the answer cost this caller, all attempts of its call, in US dollars; null if that is not known,
 *     which is not zero: there is no price, a cost was not seen, or the call still goes on
 * @param tokens what the answer consumed for this caller, in tokens
 * @param valid_until until when the answer holds: ISO 8601 in UTC, for example {@code 2026-11-28T12:00:00Z}
 * @param fields_dropped how many of the caller's fields the snapshot did not take
 * @param system_fingerprint the model's version and what it runs on, as its service marks it, or null if it does not
 * @param evidence the figures that the model relied on, verified: value by name, in the model's order; empty if it named
 *     none or the rules answered
 * @param commentary the model's own words, which are not verified and must be shown as such; empty if there are none
 * @since 0.1.0
 */
@SuppressWarnings("MemberName") // the names of the JSON
public record InferenceRecord(
        String decision_id,
        String signal,
        double confidence,
        String risk_level,
        @Nullable Double stop_loss_pct,
        @Nullable Double take_profit_pct,
        String reasoning,
        String source,
        String scenario,
        String scenario_reason,
        @Nullable String degradation,
        @Nullable String model,
        @Nullable String prompt_version,
        double latency_ms,
        @Nullable Double cost_usd,
        long tokens,
        String valid_until,
        int fields_dropped,
        @Nullable String system_fingerprint,
        Map<String, Double> evidence,
        String commentary) {
    private static final double CONFIDENCE_STEPS = 10_000;
    private static final double NANOS_PER_MS = 1e6;
    private static final double NANOS_PER_USD = 1e9;

    /**
     * Checks that all are there that every answer has. Evidence and commentary that are null, as in records of before there
     * were any, are read as empty.
     *
     * @param decision_id the identity of the decision
     * @param signal the action
     * @param confidence how sure
     * @param risk_level how risky
     * @param stop_loss_pct distance of a stop
     * @param take_profit_pct distance of a target
     * @param reasoning one or a few sentences
     * @param source where the answer came from
     * @param scenario simple or complex
     * @param scenario_reason why
     * @param degradation why the answer is less than it could have been
     * @param model the model that answered
     * @param prompt_version the version of its prompt
     * @param latency_ms how long the caller waited
     * @param cost_usd what it cost
     * @param tokens what it consumed
     * @param valid_until until when it holds
     * @param fields_dropped how many fields were not taken
     * @param system_fingerprint the model's version
     * @param evidence the figures that the model relied on, or null
     * @param commentary the model's own words, or null
     * @throws NullPointerException if one is missing; the message names it
     */
    public InferenceRecord {
        Objects.requireNonNull(decision_id, "decision_id");
        Objects.requireNonNull(signal, "signal");
        Objects.requireNonNull(risk_level, "risk_level");
        Objects.requireNonNull(reasoning, "reasoning");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(scenario, "scenario");
        Objects.requireNonNull(scenario_reason, "scenario_reason");
        Objects.requireNonNull(valid_until, "valid_until");
        evidence = evidence == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(evidence));
        commentary = commentary == null ? "" : commentary;
    }

    static InferenceRecord of(
            String decisionId,
            TradingSignal signal,
            Source source,
            Scenario scenario,
            @Nullable Degradation degradation,
            @Nullable Provenance provenance,
            Usage usage,
            long latencyNanos,
            String validUntil,
            int fieldsDropped) {
        OptionalLong cost = usage.costNanoUsd();
        return new InferenceRecord(
                decisionId,
                signal.action().name(),
                Math.round(signal.confidence() * CONFIDENCE_STEPS) / CONFIDENCE_STEPS,
                signal.risk().name().toLowerCase(Locale.ROOT),
                boxed(signal.stopLossPct()),
                boxed(signal.takeProfitPct()),
                signal.reasoning(),
                source.name(),
                scenario.kind().name(),
                scenario.reason().name(),
                degradation == null ? null : degradation.name(),
                provenance == null ? null : provenance.model(),
                provenance == null ? null : provenance.promptVersion(),
                latencyNanos / NANOS_PER_MS,
                cost.isPresent() ? cost.getAsLong() / NANOS_PER_USD : null,
                usage.totalTokens(),
                validUntil,
                fieldsDropped,
                provenance == null ? null : provenance.fingerprint(),
                byName(signal.evidence()),
                signal.commentary());
    }

    private static Map<String, Double> byName(List<Evidence> evidence) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (Evidence figure : evidence) {
            values.put(figure.name(), figure.value());
        }
        return values;
    }

    private static @Nullable Double boxed(OptionalDouble percent) {
        return percent.isPresent() ? percent.getAsDouble() : null;
    }

    /** All but reasoning, evidence and commentary: figures and a model's text have no place in a log. */
    @Override
    public String toString() {
        return "InferenceRecord[decision_id=" + decision_id + ", signal=" + signal + ", confidence=" + confidence
                + ", risk_level=" + risk_level + ", stop_loss_pct=" + stop_loss_pct + ", take_profit_pct="
                + take_profit_pct + ", source=" + source + ", scenario=" + scenario + ", scenario_reason="
                + scenario_reason + ", degradation=" + degradation + ", model=" + model + ", prompt_version="
                + prompt_version + ", latency_ms=" + latency_ms + ", cost_usd=" + cost_usd + ", tokens=" + tokens
                + ", valid_until=" + valid_until + ", fields_dropped=" + fields_dropped + ", system_fingerprint="
                + system_fingerprint + "]";
    }
}

package io.github.hybridinference.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one snapshot: the signal, and everything needed to know what it is worth.
 *
 * <p>A considered HOLD and "we could not ask" are never alike: the second has a {@link #degradation()}. Immutable and
 * thread-safe. Made by an engine; the static methods serve those who test code that uses one.
 *
 * <p>{@link #toRecord()} gives the answer as plain data. Jackson writes an answer as that record; for Gson and others, write
 * the record.
 *
 * @since 0.1.0
 */
public final class Inference {
    /** Fallback answers are never surer than this: the rules were found not to suffice. */
    public static final double FALLBACK_CONFIDENCE_CAP = 0.5;

    private static final CompletionStage<Optional<Inference>> NO_REVISION =
            CompletableFuture.completedStage(Optional.empty());

    private static final VarHandle ID;

    static {
        try {
            ID = MethodHandles.lookup().findVarHandle(Inference.class, "id", Object.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final RuleVerdict rules;
    private final Scenario scenario;
    private final Source source;
    private final @Nullable Degradation degradation;
    private final @Nullable TradingSignal signal;

    /** The {@link Provenance} of a model's answer, the {@link Usage} of a fallback: one field, as a local answer needs none. */
    private final @Nullable Object origin;

    private final CompletionStage<Optional<Inference>> revision;
    private final long validUntilMs;
    private final long latencyNanos;
    private final int fieldsDropped;

    /** The decision id, or the supplier that will give it when it is asked for. */
    private volatile Object id;

    private Inference(
            Object id,
            RuleVerdict rules,
            Scenario scenario,
            Source source,
            @Nullable Degradation degradation,
            @Nullable TradingSignal signal,
            @Nullable Object origin,
            @Nullable CompletionStage<Optional<Inference>> revision,
            long validUntilMs,
            long latencyNanos,
            int fieldsDropped) {
        this.id = id;
        this.rules = rules;
        this.scenario = scenario;
        this.source = source;
        this.degradation = degradation;
        this.signal = signal;
        this.origin = origin;
        this.revision = revision == null ? NO_REVISION : revision;
        this.validUntilMs = validUntilMs;
        this.latencyNanos = latencyNanos;
        this.fieldsDropped = fieldsDropped;
    }

    /**
     * Makes an answer of the rules to a simple scenario.
     *
     * @param ids gives the decision id when it is first asked for
     * @param rules the rules' verdict
     * @param scenario why the rules suffice
     * @param degradation NO_DATA or INTERNAL, or null
     * @param validUntilMs until when it holds, in milliseconds since 1970-01-01T00:00Z
     * @param latencyNanos how long it took
     * @return the answer
     */
    public static Inference local(
            Supplier<String> ids,
            RuleVerdict rules,
            Scenario scenario,
            @Nullable Degradation degradation,
            long validUntilMs,
            long latencyNanos) {
        return new Inference(
                ids, rules, scenario, Source.LOCAL, degradation, null, null, null, validUntilMs, latencyNanos, 0);
    }

    /**
     * Makes an answer of the model, fresh or remembered.
     *
     * @param ids gives the decision id when it is first asked for
     * @param source REMOTE or CACHE
     * @param rules what the rules would have said
     * @param scenario why the model was asked
     * @param signal the model's advice
     * @param provenance who answered
     * @param validUntilMs until when it holds, in milliseconds since 1970-01-01T00:00Z
     * @param latencyNanos how long it took
     * @return the answer
     */
    public static Inference ofModel(
            Supplier<String> ids,
            Source source,
            RuleVerdict rules,
            Scenario scenario,
            TradingSignal signal,
            Provenance provenance,
            long validUntilMs,
            long latencyNanos) {
        if (source != Source.REMOTE && source != Source.CACHE) {
            throw new IllegalArgumentException("source of a model's answer must be REMOTE or CACHE, but is " + source);
        }
        return new Inference(
                ids, rules, scenario, source, null, signal, provenance, null, validUntilMs, latencyNanos, 0);
    }

    /**
     * Makes an answer of the rules in place of the model's. Its confidence is capped at
     * {@value #FALLBACK_CONFIDENCE_CAP}.
     *
     * @param ids gives the decision id when it is first asked for
     * @param rules the rules' verdict
     * @param scenario why the model was wanted
     * @param degradation why it did not answer
     * @param revision completes with the model's late answer, or null if none can come
     * @param validUntilMs until when it holds, in milliseconds since 1970-01-01T00:00Z
     * @param latencyNanos how long it took
     * @return the answer
     */
    public static Inference fallback(
            Supplier<String> ids,
            RuleVerdict rules,
            Scenario scenario,
            Degradation degradation,
            @Nullable CompletionStage<Optional<Inference>> revision,
            long validUntilMs,
            long latencyNanos) {
        return fallback(ids, rules, scenario, degradation, Usage.NONE, revision, validUntilMs, latencyNanos);
    }

    /**
     * Makes the same for a caller who is charged for attempts that failed.
     *
     * @param ids gives the decision id when it is first asked for
     * @param rules the rules' verdict
     * @param scenario why the model was wanted
     * @param degradation why it did not answer
     * @param usage what the failed attempts consumed; without a cost if that is not known
     * @param revision completes with the model's late answer, or null if none can come
     * @param validUntilMs until when it holds, in milliseconds since 1970-01-01T00:00Z
     * @param latencyNanos how long it took
     * @return the answer
     */
    public static Inference fallback(
            Supplier<String> ids,
            RuleVerdict rules,
            Scenario scenario,
            Degradation degradation,
            Usage usage,
            @Nullable CompletionStage<Optional<Inference>> revision,
            long validUntilMs,
            long latencyNanos) {
        return new Inference(
                ids,
                rules,
                scenario,
                Source.FALLBACK,
                degradation,
                null,
                Objects.requireNonNull(usage, "usage"),
                revision,
                validUntilMs,
                latencyNanos,
                0);
    }

    /**
     * Returns this answer with the number of fields that its snapshot did not take.
     *
     * @param count not negative
     * @return a copy with the same decision id
     * @throws IllegalArgumentException if the number is negative
     */
    public Inference withFieldsDropped(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("count must not be negative, but is " + count);
        }
        return new Inference(
                decisionId(),
                rules,
                scenario,
                source,
                degradation,
                signal,
                origin,
                revision,
                validUntilMs,
                latencyNanos,
                count);
    }

    /**
     * Returns the answer as plain data, for JSON or a table.
     *
     * @return equal at each call
     */
    @JsonValue
    public InferenceRecord toRecord() {
        return InferenceRecord.of(
                decisionId(),
                signal(),
                source,
                scenario,
                degradation,
                provenanceOrNull(),
                usage(),
                latencyNanos,
                validUntil().toString(),
                fieldsDropped);
    }

    /**
     * Returns the advice.
     *
     * @return equal at each call
     */
    public TradingSignal signal() {
        TradingSignal given = signal;
        if (given != null) {
            return given;
        }
        TradingSignal own = rules.signal();
        return source == Source.FALLBACK ? own.withConfidenceAtMost(FALLBACK_CONFIDENCE_CAP) : own;
    }

    /**
     * Returns where the answer came from.
     *
     * @return the source
     */
    public Source source() {
        return source;
    }

    /**
     * Returns whether the situation is simple or complex, and why.
     *
     * @return the scenario
     */
    public Scenario scenario() {
        return scenario;
    }

    /**
     * Returns why the answer is less than it could have been.
     *
     * @return empty for a full answer
     */
    public Optional<Degradation> degradation() {
        return degradation == null ? Optional.empty() : degradation.asOptional();
    }

    /**
     * Returns the verdict of the rules, also when the model answered.
     *
     * @return the verdict
     */
    public RuleVerdict rules() {
        return rules;
    }

    /**
     * Returns who answered.
     *
     * @return empty if the rules did
     */
    public Optional<Provenance> provenance() {
        return Optional.ofNullable(provenanceOrNull());
    }

    private @Nullable Provenance provenanceOrNull() {
        return origin instanceof Provenance provenance ? provenance : null;
    }

    /**
     * Returns what this answer cost its caller: all attempts of the call, also where it ends as a fallback after replies
     * that were paid for and of no use. Of callers who waited for the same call, one carries it all: the first who takes what
     * came of it. So the sum over all answers and revisions is what was spent, but for costs that are not known and for calls
     * that failed after all their callers had gone.
     *
     * @return {@link Usage#NONE} for the callers who carry nothing; without a cost if that of an attempt was not seen, or is
     *     not known yet, as in a fallback for TIMEOUT, whose revision has it
     */
    public Usage usage() {
        if (origin instanceof Usage failed) {
            return failed;
        }
        Provenance provenance = provenanceOrNull();
        return provenance == null ? Usage.NONE : provenance.usage();
    }

    /**
     * Returns the identity of this decision, for logs and for a later {@link #revision()}.
     *
     * @return unique to this answer and its revision
     */
    public String decisionId() {
        Object current = id;
        if (current instanceof String text) {
            return text;
        }
        if (current instanceof Supplier<?> ids) {
            ID.compareAndSet(this, current, ids.get());
        }
        return id.toString();
    }

    /**
     * Returns the model's answer if it comes after the deadline, under the same decision id.
     *
     * @return an already completed, empty stage for all but {@link Degradation#TIMEOUT}; there it completes at the latest
     *     at the engine's remote timeout or when the engine closes, empty if the model's answer was of no use. It cannot
     *     be cancelled, and continuations run on the engine's executor
     */
    public CompletionStage<Optional<Inference>> revision() {
        return revision;
    }

    /**
     * Returns until when the answer holds.
     *
     * @return the end of the bar after the snapshot's, or earlier if the answer was remembered for less
     */
    public Instant validUntil() {
        return Instant.ofEpochMilli(validUntilMs);
    }

    /**
     * Returns how long the caller waited.
     *
     * @return from the call to the answer
     */
    public Duration latency() {
        return Duration.ofNanos(latencyNanos);
    }

    /**
     * Returns how long the caller waited.
     *
     * @return nanoseconds from the call to the answer
     */
    public long latencyNanos() {
        return latencyNanos;
    }

    /**
     * Returns how many of the caller's fields the snapshot did not take; {@link MarketSnapshot#dropped()} says why.
     *
     * @return not negative
     */
    public int fieldsDropped() {
        return fieldsDropped;
    }

    /** Source, action and degradation; no reasoning and nothing of the snapshot. */
    @Override
    public String toString() {
        Action action = signal == null ? rules.action() : signal.action();
        return "Inference[" + action + ", " + source + ", " + scenario.reason()
                + (degradation == null ? "" : ", " + degradation) + "]";
    }
}

package io.github.hybridinference.testkit;

import io.github.hybridinference.EngineHealth;
import io.github.hybridinference.EngineHealth.Status;
import io.github.hybridinference.EngineStats;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.TradingSignal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An engine that gives the answers of a script, one an inference, and remembers what it was asked.
 *
 * <pre>{@code
 * FakeInferenceEngine engine = FakeInferenceEngine.answering(buy(0.8), hold(0.5)).thenFallback(Degradation.TIMEOUT);
 * }</pre>
 *
 * <p>It has no rules, no model and no threads: an answer is there when the call returns, and the futures of
 * {@code inferAsync} are complete. An inference beyond the end of the script throws {@link ScriptEndedError}. Thread-safe.
 *
 * @since 0.1.0
 */
public final class FakeInferenceEngine implements InferenceEngine {
    /**
     * One inference that was asked for.
     *
     * @param snapshot the snapshot
     * @param deadline the deadline that the caller gave, empty if he left it to the engine
     * @param async whether it was asked for by {@code inferAsync}
     */
    public record Call(MarketSnapshot snapshot, Optional<Deadline> deadline, boolean async) {}

    /** More inferences were asked for than a script has answers. */
    public static final class ScriptEndedError extends AssertionError {
        private static final long serialVersionUID = 1L;

        private ScriptEndedError(String message) {
            super(message);
        }
    }

    private record Step(String name, Function<? super MarketSnapshot, Inference> answer) {}

    private final List<Step> script = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private final Map<Source, Long> bySource = new EnumMap<>(Source.class);
    private final Map<Degradation, Long> degradations = new EnumMap<>(Degradation.class);
    private boolean repeats;
    private boolean closed;
    private Optional<String> paused = Optional.empty();
    private @Nullable EngineHealth health;
    private @Nullable ScriptEndedError overrun;

    private FakeInferenceEngine() {}

    /**
     * Makes an engine whose script begins with answers of the model.
     *
     * @param signals one an inference, in this order; none if the script begins with something else
     * @return a new engine
     */
    public static FakeInferenceEngine answering(TradingSignal... signals) {
        return new FakeInferenceEngine().thenAnswering(signals);
    }

    /**
     * Makes an engine that gives the same answer of the model to every snapshot.
     *
     * @param signal the signal
     * @return a new engine
     */
    public static FakeInferenceEngine alwaysAnswering(TradingSignal signal) {
        return answering(signal).repeatingTheLast();
    }

    /**
     * Makes an engine whose model answers each snapshot as a function does.
     *
     * @param function gives the signal; what it throws, {@code infer} and {@code inferAsync} throw
     * @return a new engine
     */
    public static FakeInferenceEngine answeringBy(Function<? super MarketSnapshot, TradingSignal> function) {
        Objects.requireNonNull(function, "function");
        return new FakeInferenceEngine()
                .then("by a function", snapshot -> Answers.to(snapshot).remote(function.apply(snapshot)))
                .repeatingTheLast();
    }

    // ---- the script

    /**
     * Adds answers of the model, from REMOTE.
     *
     * @param signals one an inference, in this order
     * @return this engine
     * @throws IllegalStateException after {@link #repeatingTheLast}
     */
    public FakeInferenceEngine thenAnswering(TradingSignal... signals) {
        for (TradingSignal signal : signals) {
            Objects.requireNonNull(signal, "signal");
            then("REMOTE " + signal.action(), snapshot -> Answers.to(snapshot).remote(signal));
        }
        return this;
    }

    /**
     * Adds an answer of the model from CACHE.
     *
     * @param signal the signal
     * @return this engine
     * @throws IllegalStateException after {@link #repeatingTheLast}
     */
    public FakeInferenceEngine thenCached(TradingSignal signal) {
        Objects.requireNonNull(signal, "signal");
        return then("CACHE " + signal.action(), snapshot -> Answers.to(snapshot).cached(signal));
    }

    /**
     * Adds an answer of the rules, from LOCAL. Stop and target follow the snapshot's volatility.
     *
     * @param action what to do
     * @param confidence how sure, in [0, 1]
     * @return this engine
     * @throws IllegalArgumentException if the confidence is out of range
     * @throws IllegalStateException after {@link #repeatingTheLast}
     */
    public FakeInferenceEngine thenLocal(Action action, double confidence) {
        Answers.toAny().local(action, confidence); // refuses what is out of range at this call
        return then("LOCAL " + action, snapshot -> Answers.to(snapshot).local(action, confidence));
    }

    /**
     * Adds the answer of the standard rules to the snapshot, in place of the model's.
     *
     * @param degradation why the model does not answer
     * @return this engine
     * @throws IllegalArgumentException for NO_DATA, which is never a fallback
     * @throws IllegalStateException after {@link #repeatingTheLast}
     */
    public FakeInferenceEngine thenFallback(Degradation degradation) {
        Answers.toAny().fallback(degradation);
        return then("FALLBACK " + degradation, snapshot -> Answers.to(snapshot).fallback(degradation));
    }

    /**
     * Adds an answer of rules in place of the model's.
     *
     * @param degradation why the model does not answer
     * @param action what to do
     * @param confidence how sure the rules are, in [0, 1]; the answer's is at most
     *     {@link Inference#FALLBACK_CONFIDENCE_CAP}
     * @return this engine
     * @throws IllegalArgumentException if the confidence is out of range, or for NO_DATA, which is never a fallback
     * @throws IllegalStateException after {@link #repeatingTheLast}
     */
    public FakeInferenceEngine thenFallback(Degradation degradation, Action action, double confidence) {
        Answers.toAny().fallback(degradation, action, confidence);
        return then(
                "FALLBACK " + degradation, snapshot -> Answers.to(snapshot).fallback(degradation, action, confidence));
    }

    /**
     * Adds the answer to a snapshot without enough data: LOCAL, HOLD, confidence 0, NO_DATA.
     *
     * @return this engine
     * @throws IllegalStateException after {@link #repeatingTheLast}
     */
    public FakeInferenceEngine thenNoData() {
        return then("NO_DATA", snapshot -> Answers.to(snapshot).noData());
    }

    /**
     * Adds an exception, for code that has to survive one: a real engine throws for programming errors only.
     *
     * @param exception {@code infer} and {@code inferAsync} throw it
     * @return this engine
     * @throws IllegalStateException after {@link #repeatingTheLast}
     */
    public FakeInferenceEngine thenThrowing(RuntimeException exception) {
        Objects.requireNonNull(exception, "exception");
        return then("throws " + exception.getClass().getSimpleName(), snapshot -> {
            throw exception;
        });
    }

    /**
     * Adds any answer.
     *
     * @param answer gives it, usually by {@link Answers#to}
     * @return this engine
     * @throws IllegalStateException after {@link #repeatingTheLast}
     */
    public FakeInferenceEngine then(Function<? super MarketSnapshot, Inference> answer) {
        return then("by a function", Objects.requireNonNull(answer, "answer"));
    }

    /**
     * Ends the script: from there on the last answer is given to every snapshot.
     *
     * @return this engine
     * @throws IllegalStateException if there is no answer to repeat
     */
    public synchronized FakeInferenceEngine repeatingTheLast() {
        if (script.isEmpty()) {
            throw new IllegalStateException("there is no answer to repeat");
        }
        repeats = true;
        return this;
    }

    /**
     * Sets what {@link #health()} returns.
     *
     * @param report the report
     * @return this engine
     */
    public synchronized FakeInferenceEngine reporting(EngineHealth report) {
        health = Objects.requireNonNull(report, "report");
        return this;
    }

    private synchronized FakeInferenceEngine then(String name, Function<? super MarketSnapshot, Inference> answer) {
        if (repeats) {
            throw new IllegalStateException("the last answer is repeated for ever, so none can follow");
        }
        script.add(new Step(name, answer));
        return this;
    }

    // ---- what happened

    /**
     * Returns what was asked.
     *
     * @return the inferences in the order of asking, also those that threw
     */
    public synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /**
     * Returns what was asked.
     *
     * @return the snapshots in the order of asking
     */
    public synchronized List<MarketSnapshot> snapshots() {
        return calls.stream().map(Call::snapshot).toList();
    }

    /**
     * Checks that the script was used up, no more and no less: also where the code under test swallowed the
     * {@link ScriptEndedError}. A last answer that repeats counts as used once it was given.
     *
     * @throws AssertionError if answers are left, or more were asked for
     */
    public synchronized void assertScriptUsedUp() {
        if (overrun != null) {
            throw overrun;
        }
        if (calls.size() < script.size()) {
            throw new AssertionError(
                    "only " + count(calls.size(), "inference") + " asked for, and the script has " + describe());
        }
    }

    // ---- the engine

    @Override
    public Inference infer(MarketSnapshot snapshot) {
        return answer(new Call(Objects.requireNonNull(snapshot, "snapshot"), Optional.empty(), false));
    }

    @Override
    public Inference infer(MarketSnapshot snapshot, Deadline deadline) {
        return answer(new Call(Objects.requireNonNull(snapshot, "snapshot"), Optional.of(deadline), false));
    }

    @Override
    public CompletableFuture<Inference> inferAsync(MarketSnapshot snapshot) {
        return CompletableFuture.completedFuture(
                answer(new Call(Objects.requireNonNull(snapshot, "snapshot"), Optional.empty(), true)));
    }

    @Override
    public CompletableFuture<Inference> inferAsync(MarketSnapshot snapshot, Deadline deadline) {
        return CompletableFuture.completedFuture(
                answer(new Call(Objects.requireNonNull(snapshot, "snapshot"), Optional.of(deadline), true)));
    }

    /** The function of a step runs outside the lock, since it is the test's own. */
    private Inference answer(Call call) {
        Inference given = Objects.requireNonNull(next(call).answer().apply(call.snapshot()), "the script's answer");
        synchronized (this) {
            bySource.merge(given.source(), 1L, Long::sum);
            given.degradation().ifPresent(cause -> degradations.merge(cause, 1L, Long::sum));
        }
        return given;
    }

    private synchronized Step next(Call call) {
        if (closed) {
            throw new IllegalStateException("the engine is closed");
        }
        calls.add(call);
        if (calls.size() <= script.size()) {
            return script.get(calls.size() - 1);
        }
        if (repeats) {
            return script.get(script.size() - 1);
        }
        overrun = new ScriptEndedError("inference " + calls.size() + " was asked for, and the script of this "
                + "FakeInferenceEngine ends after " + describe()
                + ". Add what comes next by a method whose name begins with then, or end it by repeatingTheLast()");
        throw overrun;
    }

    private String describe() {
        return count(script.size(), "answer")
                + IntStream.range(0, script.size())
                        .mapToObj(i -> (i + 1) + " " + script.get(i).name())
                        .collect(Collectors.joining(", ", " [", "]"));
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    @Override
    public synchronized void pauseRemote(String reason) {
        paused = Optional.of(reason);
    }

    @Override
    public synchronized void resumeRemote() {
        paused = Optional.empty();
    }

    /**
     * Returns whether the code under test paused the models. The script goes on all the same: what an engine answers meanwhile
     * is FALLBACK / PAUSED.
     *
     * @return the reason it gave, or empty if they are not paused
     */
    public synchronized Optional<String> paused() {
        return paused;
    }

    /** Answers by source and degradation; nothing is cached, spent or sent. Latencies are counted and zero. */
    @Override
    public synchronized EngineStats stats() {
        Map<Source, EngineStats.Latency> latency = new EnumMap<>(Source.class);
        for (Source source : Source.values()) {
            latency.put(source, new EngineStats.Latency(answers(source), 0, 0, 0));
        }
        return new EngineStats(
                bySource.values().stream().mapToLong(Long::longValue).sum(),
                answers(Source.LOCAL),
                answers(Source.CACHE),
                answers(Source.REMOTE),
                answers(Source.FALLBACK),
                0,
                0,
                answers(Source.REMOTE),
                answers(Source.REMOTE),
                0,
                0,
                0,
                0,
                0,
                0,
                Map.of(),
                0,
                Set.of(),
                Map.copyOf(degradations),
                Map.of(),
                Map.of(),
                Map.copyOf(latency),
                Budget.unlimited().state(Instant.EPOCH),
                SignalCache.none().state());
    }

    private long answers(Source source) {
        return bySource.getOrDefault(source, 0L);
    }

    /** What {@link #reporting} set; else HEALTHY, and UNHEALTHY once it is closed. */
    @Override
    public synchronized EngineHealth health() {
        if (health != null) {
            return health;
        }
        Status status = closed ? Status.UNHEALTHY : Status.HEALTHY;
        return new EngineHealth(
                status,
                List.of(new EngineHealth.Component("local_model", status, "", Optional.empty(), Optional.empty())));
    }

    /** Does nothing. */
    @Override
    public void warmUp() {}

    @Override
    public synchronized void close() {
        closed = true;
    }

    /** The script, and how far it has come. */
    @Override
    public synchronized String toString() {
        return "FakeInferenceEngine[" + count(calls.size(), "inference") + " of " + describe() + "]";
    }
}

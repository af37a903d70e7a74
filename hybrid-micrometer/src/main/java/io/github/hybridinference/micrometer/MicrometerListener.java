package io.github.hybridinference.micrometer;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.InferenceListener;
import io.github.hybridinference.budget.Money;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.FailureCause;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.remote.ReplyProblem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.ObservationRegistry;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reports what an engine does to a Micrometer registry.
 *
 * <pre>{@code
 * MicrometerListener metrics = new MicrometerListener(registry);
 * InferenceEngine engine = InferenceEngine.builder().listener(metrics).build();
 * metrics.monitor(engine);
 * }</pre>
 *
 * <p>All meters are there from the beginning, at zero. Their tags take values of closed sets only, none of which a request
 * or a reply can choose; names, tags and units are listed in {@code docs/observability.md}. Thread-safe.
 *
 * @since 0.1.0
 */
public final class MicrometerListener implements InferenceListener {
    private static final String COST_UNIT = "usd";

    private final MeterRegistry registry;

    /** By source, the simple scenario before the complex one. */
    private final Timer[] answers;

    private final Counter[] degradations;
    private final Counter revisions;
    private final Counter[] failedAttempts;
    private final Counter[] failureCauses;
    private final Counter[] replyProblems;

    /** By failure; the last one is for the calls that were answered. */
    private final Timer[] calls;

    private final Counter inputTokens;
    private final Counter cachedInputTokens;
    private final Counter outputTokens;
    private final Counter cost;
    private final Counter unpriced;

    /**
     * Makes a listener and registers its meters.
     *
     * @param registry where the meters are registered
     */
    public MicrometerListener(MeterRegistry registry) {
        this.registry = Objects.requireNonNull(registry, "registry");
        this.answers = Arrays.stream(Source.values())
                .flatMap(source -> Arrays.stream(new String[] {"simple", "complex"})
                        .map(scenario -> Timer.builder("hybrid.inference")
                                .description("How long callers waited for an answer")
                                .tag("source", lower(source))
                                .tag("scenario", scenario)
                                .register(registry)))
                .toArray(Timer[]::new);
        this.degradations =
                counters("hybrid.degradations", "Answers with a degradation", "cause", Degradation.values());
        this.revisions = counter("hybrid.revisions", "Answers of a model after the deadline", null);
        this.failedAttempts = counters(
                "hybrid.remote.attempts.failed",
                "Attempts to ask a model that failed",
                "reason",
                RemoteException.Reason.values());
        this.failureCauses = counters(
                "hybrid.remote.failure.causes",
                "Failed attempts of which more is known than the reason",
                "cause",
                FailureCause.values());
        this.replyProblems = counters(
                "hybrid.remote.reply.problems", "Replies that were not believed", "problem", ReplyProblem.values());
        this.calls = new Timer[Degradation.values().length + 1];
        for (Degradation failure : Degradation.values()) {
            calls[failure.ordinal()] = call(lower(failure));
        }
        calls[calls.length - 1] = call("answered");
        this.inputTokens = tokens("input");
        this.cachedInputTokens = tokens("input_cached");
        this.outputTokens = tokens("output");
        this.cost = counter("hybrid.cost", "What was spent on requests to models, as the budget is charged", COST_UNIT);
        this.unpriced = counter("hybrid.remote.calls.unpriced", "Requests whose cost is not known", null);
    }

    /**
     * Registers gauges of an engine's breakers, budget and cache, and counts that only its statistics hold. They refer to
     * the engine weakly, and are read when the registry is.
     *
     * @param engine an engine that reports to this listener; one engine a registry
     * @return this listener
     */
    public MicrometerListener monitor(InferenceEngine engine) {
        EngineGauges.register(Objects.requireNonNull(engine, "engine"), registry);
        return this;
    }

    /**
     * Wraps a model so that each attempt is an observation after OpenTelemetry's conventions for generative AI
     * ({@code gen_ai.*}): a span with a tracing bridge, a timer with a registry. It carries model names, token counts,
     * the finish reason and the kind of failure, and nothing of prompt or reply.
     *
     * @param model the model
     * @param provider the provider's name, such as {@code deepseek}
     * @param observations where the observations are made
     * @return a model that does the same, and closes the given one if it can be closed
     */
    public static RemoteModel observed(RemoteModel model, String provider, ObservationRegistry observations) {
        return new ObservedModel(model, provider, observations);
    }

    @Override
    public void onAnswer(MarketSnapshot snapshot, Inference answer) {
        int index = 2 * answer.source().ordinal() + (answer.scenario().isComplex() ? 1 : 0);
        answers[index].record(answer.latencyNanos(), TimeUnit.NANOSECONDS);
        if (answer.degradation().isPresent()) {
            degradations[answer.degradation().get().ordinal()].increment();
        }
    }

    @Override
    public void onRevision(MarketSnapshot snapshot, Inference revision) {
        revisions.increment();
    }

    @Override
    public void onRemoteCall(RemoteCall call) {
        int index = call.failure().map(Degradation::ordinal).orElse(calls.length - 1);
        calls[index].record(call.durationNanos(), TimeUnit.NANOSECONDS);
        Usage usage = call.usage();
        inputTokens.increment((double) usage.inputTokens());
        cachedInputTokens.increment((double) usage.cachedInputTokens());
        outputTokens.increment((double) usage.outputTokens());
        cost.increment(Money.usd(usage.costNanoUsd().orElse(0) + call.unseenCostNanoUsd()));
        if (usage.costNanoUsd().isEmpty() || call.unseenCostNanoUsd() > 0) {
            unpriced.increment();
        }
    }

    @Override
    public void onAttemptFailed(String model, RemoteException failure, boolean retried) {
        failedAttempts[failure.reason().ordinal()].increment();
        failure.failureCause().ifPresent(cause -> failureCauses[cause.ordinal()].increment());
        failure.problem().ifPresent(problem -> replyProblems[problem.ordinal()].increment());
    }

    private Timer call(String outcome) {
        return Timer.builder("hybrid.remote.call")
                .description("How long requests to models took, retries included")
                .tag("outcome", outcome)
                .register(registry);
    }

    private Counter tokens(String kind) {
        return Counter.builder("hybrid.tokens")
                .description("Tokens consumed, as far as known")
                .tag("kind", kind)
                .register(registry);
    }

    private Counter counter(String name, String description, @Nullable String unit) {
        return Counter.builder(name).description(description).baseUnit(unit).register(registry);
    }

    private <E extends Enum<E>> Counter[] counters(String name, String description, String tag, E[] values) {
        return Arrays.stream(values)
                .map(value -> Counter.builder(name)
                        .description(description)
                        .tag(tag, lower(value))
                        .register(registry))
                .toArray(Counter[]::new);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

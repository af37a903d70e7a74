package io.github.hybridinference;

import io.github.hybridinference.EngineHealth.Component;
import io.github.hybridinference.EngineHealth.Status;
import io.github.hybridinference.InferenceFactory.ComplexInference;
import io.github.hybridinference.RemoteCall.Failed;
import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.internal.CacheKeyFactory;
import io.github.hybridinference.internal.EngineThreads;
import io.github.hybridinference.internal.ServedVersions;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.FatalErrors;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RuleFigures;
import io.github.hybridinference.model.RuleVerdict;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.TradingSignal;
import io.github.hybridinference.remote.RemoteModel;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The path of an inference: every stage, in order.
 *
 * <p>{@link #infer} holds the stages of the caller's thread: rules, classify, anonymize, near cache, join. Those that an
 * in-flight call goes through afterwards, once for all who wait for it, are listed at the end of the constructor (far cache,
 * lease, permit, the models) and, for each model, in {@link #stagesOf} (breaker, retry, switch, rate limit, budget, ask, verify,
 * remember).
 */
final class Pipeline {
    private static final String RULES = "rules";
    private static final Scenario CACHED_SIMPLE = Scenario.simple(Scenario.Reason.REMEMBERED);
    private static final Scenario CACHED_COMPLEX = Scenario.complex(Scenario.Reason.REMEMBERED);

    private final EngineConfig config;
    private final EngineMetrics metrics;
    private final EngineLog log;
    private final Listeners listeners;
    private final LongSupplier nanoClock;
    private final InferenceFactory factory;
    private final CacheKeyFactory keys;
    private final RemoteSwitch remoteSwitch;
    private final AnonymizeStage anonymizer;
    private final ServedVersions versions;
    private final NearCacheStage nearCache;
    private final RequestCoalescer coalescer;
    private final BudgetStage.Alarms budgetAlarms;
    private final FarCacheStage farCache;
    private final PermitStage permits;
    private final ModelChain models;
    private final CallStage callStages;

    Pipeline(EngineConfig config, EngineMetrics metrics, EngineLog log, EngineThreads threads) {
        this.config = config;
        this.metrics = metrics;
        this.log = log;
        nanoClock = config.nanoClock();
        listeners = new Listeners(config.listeners(), log);
        factory = new InferenceFactory(nanoClock, config.random(), metrics, listeners, config.confidences());
        remoteSwitch = new RemoteSwitch(config.clock(), listeners, log);
        keys = new CacheKeyFactory(config.askedModels(), config.cacheLocalAnswers(), config.symbolKey());
        budgetAlarms = new BudgetStage.Alarms(config.budget(), config.clock(), listeners);

        anonymizer = new AnonymizeStage(config.anonymizer(), config.customFeatures(), log);
        versions = new ServedVersions(config.askedModels(), nanoClock);
        nearCache = new NearCacheStage(config.cache(), versions, config.refreshAfter(), log);
        coalescer = new RequestCoalescer(
                config, nearCache, factory, metrics, threads, this::anyModelMayBeAskedAt, this::start);

        farCache = new FarCacheStage(
                config.cache(), versions, nearCache, config.clock(), this::anyModelMayBeAsked, threads, log);
        models = new ModelChain(config.askedModels(), nanoClock, model -> stagesOf(model, threads));
        permits = new PermitStage(config, threads, this::valueOf);
        callStages =
                CallStage.inOrder(farCache, new LeaseStage(config.lease(), farCache, threads, log), permits, models);
    }

    /** What a call goes through at each model of the chain; from the switch on, once an attempt. */
    private ModelCircuitBreaker stagesOf(RemoteModel model, EngineThreads threads) {
        String name = model.identity().model();
        RetryPolicy.RateLimitStage rateLimit =
                new RetryPolicy.RateLimitStage(name, config.maxRateLimitPause(), config.clock(), nanoClock, log);
        AskStage.Failures failures = new AskStage.Failures(name, metrics, log);
        return CallStage.inOrder(
                new ModelCircuitBreaker(
                        name, config, threads, rateLimit::pausedUntil, failures::sentence, this::breakerChanged),
                new RetryPolicy(name, config.maxAttempts(), threads, nanoClock, config.random(), listeners, log),
                remoteSwitch.new Stage(), // before the rate limit, whose one probe a paused attempt would use up
                rateLimit,
                new BudgetStage(model, config.budget(), budgetAlarms, config.clock(), threads, metrics, log),
                new AskStage(model, nanoClock, threads, metrics, failures, log),
                new VerifyStage(config.verifier(), versions, config.clock(), config.cacheTtl(), metrics, log),
                new RememberStage(config.cache(), config.clock(), log));
    }

    /** What the caller's thread does. An answer that needs no waiting is complete when this returns. */
    <T> T infer(MarketSnapshot given, @Nullable Deadline deadline, PendingInference.Mode<T> mode) {
        long startNanos = nanoClock.getAsLong();
        MarketSnapshot snapshot = metrics.units().check(given);
        AnonymizedSnapshot anonymized = config.cacheLocalAnswers() ? anonymizer.anonymize(snapshot) : null;
        Inference cached = anonymized == null ? null : lookBeforeRules(snapshot, anonymized, startNanos);
        if (cached != null) {
            return mode.now(cached);
        }
        RuleVerdict verdict;
        Scenario scenario;
        try {
            verdict = Objects.requireNonNull(config.rules().evaluate(snapshot), "verdict");
            scenario = Objects.requireNonNull(config.classifier().classify(snapshot, verdict), "scenario");
        } catch (Throwable thrown) {
            FatalErrors.rethrowIfFatal(thrown);
            log.fault(EngineLog.Kind.RULES_FAILED, thrown);
            return mode.now(factory.broken(snapshot, startNanos));
        }
        if (!scenario.isComplex()) {
            return mode.now(local(snapshot, anonymized, verdict, scenario, startNanos));
        }
        if (config.models().isEmpty()) { // rules only: they answer everything, in full
            return mode.now(factory.local(snapshot, verdict, scenario, startNanos));
        }
        metrics.complexScenario();
        ComplexInference inference = new ComplexInference(snapshot, verdict, scenario, startNanos);
        if (!config.remoteEnabled()) {
            return mode.now(factory.fallback(inference, Degradation.NO_REMOTE));
        }
        if (remoteSwitch.isOff()) {
            return mode.now(factory.fallback(inference, Degradation.PAUSED));
        }
        if (!config.cacheLocalAnswers()) {
            anonymized = anonymizer.anonymize(snapshot);
        }
        return anonymized == null
                ? mode.now(factory.fallback(inference, Degradation.PRIVACY))
                : complex(inference, anonymized, deadline, mode);
    }

    /** Takes many inferences of one thread: {@code inferences} calls {@link #infer} with the mode that it is given. */
    void inferTogether(Consumer<PendingInference.Mode<CompletableFuture<Inference>>> inferences) {
        if (config.cache().isInProcess()) {
            inferences.accept(PendingInference.Mode.ASYNCHRONOUS);
            return;
        }
        FarCacheStage.OnePass pass = new FarCacheStage.OnePass(farCache);
        try {
            inferences.accept(pass);
        } finally {
            pass.goOn();
        }
    }

    /** What the classifier says it is worth to make this call; 0 for a refresh, and if the classifier fails. */
    private double valueOf(InFlightCall call) {
        ComplexInference first = call.firstInference();
        if (first == null) {
            return 0;
        }
        try {
            double value = config.classifier().value(first.snapshot(), first.rules(), first.scenario());
            return Double.isNaN(value) ? 0 : value;
        } catch (Throwable thrown) {
            FatalErrors.rethrowIfFatal(thrown);
            log.fault(EngineLog.Kind.PART_FAILED, thrown);
            return 0;
        }
    }

    private <T> T complex(
            ComplexInference inference,
            AnonymizedSnapshot anonymized,
            @Nullable Deadline deadline,
            PendingInference.Mode<T> mode) {
        CacheKey key = keys.keyOf(inference.snapshot(), anonymized);
        long nowMs = config.clock().millis();
        CachedSignal found = nearCache.find(key, nowMs);
        if (found != null) {
            return mode.now(cached(inference, key, anonymized, found, nowMs));
        }
        if (deadline != null && deadline.isExpired()) {
            return mode.now(factory.fallback(inference, Degradation.TIMEOUT));
        }
        if (config.cache().isInProcess() && !anyModelMayBeAskedAt(inference.startNanos())) {
            return mode.now(
                    factory.fallback(inference, Degradation.BREAKER_OPEN)); // there is no far cache to look into
        }
        return coalescer.join(inference, key, anonymized, deadline, mode);
    }

    /** What a call does after its first caller joined it. */
    private void start(InFlightCall call) {
        Object unused = CallStage.guarded(() -> callStages.proceed(call)).whenComplete((result, thrown) -> {
            if (thrown != null) {
                log.fault(EngineLog.Kind.PART_FAILED, thrown);
            }
            call.endHere(thrown == null ? result : Failed.of(Degradation.INTERNAL));
        });
    }

    private Inference local(
            MarketSnapshot snapshot,
            @Nullable AnonymizedSnapshot anonymized,
            RuleVerdict verdict,
            Scenario scenario,
            long startNanos) {
        Inference answer = factory.local(snapshot, verdict, scenario, startNanos);
        if (anonymized != null && answer.degradation().isEmpty()) {
            long nowMs = config.clock().millis();
            long validUntilMs = Math.min(nowMs + config.cacheTtl().toMillis(), snapshot.nextBarEndMs());
            nearCache.keep(
                    keys.keyOf(snapshot, anonymized),
                    new CachedSignal(
                            RuleFigures.asLeft(answer.signal(), anonymized), RULES, RULES, nowMs, validUntilMs),
                    nowMs);
        }
        return answer;
    }

    /** With {@code cacheLocalAnswers} the near cache comes first, for rules that cost more than a look-up. */
    private @Nullable Inference lookBeforeRules(
            MarketSnapshot snapshot, AnonymizedSnapshot anonymized, long startNanos) {
        CacheKey key = keys.keyOf(snapshot, anonymized);
        long nowMs = config.clock().millis();
        CachedSignal found = nearCache.find(key, nowMs);
        if (found == null || (remoteSwitch.isOff() && !isOfRules(found))) {
            return null;
        }
        metrics.complexScenario();
        TradingSignal signal = found.signal();
        RuleVerdict verdict = RuleVerdict.of(signal.action(), signal.confidence(), signal.risk(), signal.reasoning());
        Scenario scenario = isOfRules(found) ? CACHED_SIMPLE : CACHED_COMPLEX;
        return cached(new ComplexInference(snapshot, verdict, scenario, startNanos), key, anonymized, found, nowMs);
    }

    /** An entry that is due for refresh is given all the same, and asked for anew in the background. */
    private Inference cached(
            ComplexInference inference, CacheKey key, AnonymizedSnapshot anonymized, CachedSignal found, long nowMs) {
        if (nearCache.isDueForRefresh(found, nowMs) && !isOfRules(found)) {
            coalescer.refresh(key, anonymized, inference.snapshot().nextBarEndMs());
        }
        return factory.cached(inference, found);
    }

    private static boolean isOfRules(CachedSignal signal) {
        return signal.model().equals(RULES);
    }

    private boolean anyModelMayBeAsked() {
        return models.anyMayBeAskedAt(nanoClock.getAsLong());
    }

    private boolean anyModelMayBeAskedAt(long nowNanos) {
        return models.anyMayBeAskedAt(nowNanos);
    }

    private void breakerChanged(Component breaker) {
        String sentence = "breaker of " + breaker.name() + " is " + breaker.status()
                + (breaker.detail().isEmpty() ? "" : ": " + breaker.detail());
        if (breaker.status() == Status.HEALTHY) {
            log.event(sentence);
        } else {
            log.warn(sentence);
        }
        listeners.notify(listener -> listener.onBreakerChange(breaker));
    }

    RemoteSwitch remoteSwitch() {
        return remoteSwitch;
    }

    ModelChain models() {
        return models;
    }

    BudgetStage.Alarms budgetAlarms() {
        return budgetAlarms;
    }

    /** Ends all calls, and returns the callers who waited, who are now being answered. */
    List<PendingInference> close() {
        permits.close(); // before calls end and give their permits to others
        return coalescer.close();
    }
}

package io.github.hybridinference;

import io.github.hybridinference.EngineHealth.Component;
import io.github.hybridinference.EngineHealth.Status;
import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.budget.BudgetState;
import io.github.hybridinference.budget.Money;
import io.github.hybridinference.cache.CacheState;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.internal.EngineThreads;
import io.github.hybridinference.internal.RecentAnswers;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.FatalErrors;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Resolution;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.ModelIdentity;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteRequest;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The engine: its lifecycle, its reports, and the {@link Pipeline} that answers. */
final class DefaultInferenceEngine implements InferenceEngine {
    private static final String SWITCHED_OFF =
            "switched off by remoteEnabled(false): the rules answer complex scenarios, as fallbacks";
    private static final long LAST_ANSWERS_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int MOST_HELPERS = 64;
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private final EngineConfig config;
    private final EngineMetrics metrics;
    private final EngineLog log;
    private final EngineThreads threads;
    private final Pipeline pipeline;
    private final AtomicBoolean closed = new AtomicBoolean();

    DefaultInferenceEngine(
            EngineConfig config, @Nullable Executor executor, @Nullable ScheduledExecutorService scheduler) {
        this.config = config;
        this.metrics = new EngineMetrics();
        EngineLog words = new EngineLog(metrics, config.nanoClock());
        this.log = words;
        this.threads = new EngineThreads(
                executor,
                scheduler,
                () -> words.failure(EngineLog.Kind.EXECUTOR_FULL, "give it room, or an executor that rejects nothing"));
        threads.belongTo(this);
        this.pipeline = new Pipeline(config, metrics, log, threads);
        log.event("engine built with " + config.models().size() + " models"
                + (config.remoteEnabled() ? "" : ", switched off"));
    }

    @Override
    public Inference infer(MarketSnapshot snapshot) {
        return answer(snapshot, null, PendingInference.Mode.BLOCKING);
    }

    @Override
    public Inference infer(MarketSnapshot snapshot, Deadline deadline) {
        return answer(snapshot, Objects.requireNonNull(deadline, "deadline"), PendingInference.Mode.BLOCKING);
    }

    @Override
    public CompletableFuture<Inference> inferAsync(MarketSnapshot snapshot) {
        return answer(snapshot, null, PendingInference.Mode.ASYNCHRONOUS);
    }

    @Override
    public CompletableFuture<Inference> inferAsync(MarketSnapshot snapshot, Deadline deadline) {
        return answer(snapshot, Objects.requireNonNull(deadline, "deadline"), PendingInference.Mode.ASYNCHRONOUS);
    }

    @Override
    public InferenceBatch inferAll(Collection<MarketSnapshot> snapshots, Deadline deadline) {
        Objects.requireNonNull(deadline, "deadline");
        List<MarketSnapshot> all = List.copyOf(snapshots);
        List<CompletableFuture<Inference>> asked = new ArrayList<>(all.size());
        pipeline.inferTogether(mode -> all.forEach(snapshot -> asked.add(answer(snapshot, deadline, mode))));
        return InferenceBatch.of(all, asked);
    }

    private <T> T answer(MarketSnapshot snapshot, @Nullable Deadline deadline, PendingInference.Mode<T> mode) {
        if (closed.get()) {
            throw new IllegalStateException("the engine is closed");
        }
        try {
            return pipeline.infer(Objects.requireNonNull(snapshot, "snapshot"), deadline, mode);
        } finally {
            Reference.reachabilityFence(this); // not lost while a caller blocks
        }
    }

    @Override
    public void pauseRemote(String reason) {
        pipeline.remoteSwitch().turnOff(Objects.requireNonNull(reason, "reason"));
    }

    @Override
    public void resumeRemote() {
        pipeline.remoteSwitch().turnOn();
    }

    // ---- reports: a part that its owner supplied and that throws must not take the report with it

    @Override
    public EngineStats stats() {
        List<ModelCircuitBreaker> breakers = pipeline.models().breakers();
        long inARow = breakers.isEmpty() ? 0 : breakers.get(0).consecutiveFailures();
        BudgetState budget;
        try {
            budget = config.budget().state(config.clock().instant());
        } catch (Throwable thrown) {
            FatalErrors.rethrowIfFatal(thrown);
            budget = Budget.unlimited().state(config.clock().instant());
        }
        CacheState cache;
        try {
            cache = config.cache().state();
        } catch (Throwable thrown) {
            FatalErrors.rethrowIfFatal(thrown);
            cache = SignalCache.none().state();
        }
        return metrics.stats(inARow, budget, cache);
    }

    @Override
    public EngineHealth health() {
        boolean isClosed = closed.get();
        List<Component> components = new ArrayList<>();
        components.add(component("local_model", isClosed ? Status.UNHEALTHY : Status.HEALTHY, ""));
        List<ModelCircuitBreaker> breakers = pipeline.models().breakers();
        breakers.forEach(breaker -> components.add(breaker.health()));
        if (config.askedModels().size() < config.models().size()) {
            components.add(component("remote", Status.DEGRADED, SWITCHED_OFF));
        }
        pipeline.remoteSwitch().pause().ifPresent(pause -> components.add(pausedHealth(pause)));
        metrics.recent()
                .trouble(config.nanoClock().getAsLong())
                .ifPresent(trouble -> components.add(answersHealth(trouble)));
        components.add(cacheHealth());
        components.addAll(budgetHealth());
        pricesHealth().ifPresent(components::add);
        boolean degraded = components.stream().anyMatch(part -> isTrouble(part.status()));
        Status status = isClosed ? Status.UNHEALTHY : degraded ? Status.DEGRADED : Status.HEALTHY;
        return new EngineHealth(status, List.copyOf(components));
    }

    private static Component pausedHealth(RemoteSwitch.Pause pause) {
        return new Component(
                "remote_switch",
                Status.DEGRADED,
                "paused (" + pause.reason() + "): the rules answer complex scenarios until resumeRemote() is called",
                Optional.of(pause.since()),
                Optional.empty());
    }

    /** What callers experience, whatever the parts say of themselves. */
    private static Component answersHealth(RecentAnswers.Trouble trouble) {
        return component(
                "answers",
                Status.DEGRADED,
                Math.round(100 * trouble.share()) + " % of the complex scenarios of the last "
                        + RecentAnswers.WINDOW_MINUTES + " minutes were answered by the rules, most for "
                        + trouble.leading() + ": " + trouble.leading().cause() + "; "
                        + trouble.leading().cure());
    }

    private Component cacheHealth() {
        if (config.cache() == SignalCache.none()) {
            return component("cache", Status.DISABLED, "");
        }
        try {
            Optional<String> trouble = config.cache().state().trouble();
            return component("cache", trouble.isPresent() ? Status.DEGRADED : Status.HEALTHY, trouble.orElse(""));
        } catch (Throwable thrown) {
            return silent("cache", thrown);
        }
    }

    /** The cap, and as a component of its own an account that cannot be reached: what is left is then unknown. */
    private List<Component> budgetHealth() {
        try {
            BudgetState state = config.budget().state(config.clock().instant());
            Component cap = capHealth(state);
            return state.trouble().isEmpty()
                    ? List.of(cap)
                    : List.of(
                            cap,
                            component(
                                    "budget_account",
                                    Status.DEGRADED,
                                    state.trouble().get()));
        } catch (Throwable thrown) {
            return List.of(silent("budget", thrown));
        }
    }

    private Component capHealth(BudgetState state) {
        if (state.capNanoUsd().isEmpty()) {
            return component("budget", Status.DISABLED, "");
        }
        long cap = state.capNanoUsd().getAsLong();
        pipeline.budgetAlarms().look(); // the period may have changed since the last attempt
        boolean spent = state.spentNanoUsd() + state.reservedNanoUsd() >= cap
                || pipeline.budgetAlarms().isSpent();
        return component(
                "budget",
                spent ? Status.DEGRADED : Status.HEALTHY,
                spent ? "the cap of " + Money.usd(cap) + " US dollars is used up" : "");
    }

    /** Present if a model can quote no price though there is a cap, which then refuses each of its attempts. */
    private Optional<Component> pricesHealth() {
        if (!hasCap()) {
            return Optional.empty();
        }
        try {
            RemoteRequest probe = probe();
            List<String> unpriced = config.askedModels().stream()
                    .filter(model -> model.worstCostNanoUsd(probe).isEmpty())
                    .map(model -> model.identity().model())
                    .toList();
            return unpriced.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            component(
                                    "prices",
                                    Status.DEGRADED,
                                    "no price is known for " + String.join(", ", unpriced)
                                            + ", so the budget's cap refuses all its calls; set its prices, or take the cap away"));
        } catch (Throwable thrown) {
            return Optional.of(silent("prices", thrown));
        }
    }

    private boolean hasCap() {
        try {
            return config.budget().state(config.clock().instant()).capNanoUsd().isPresent();
        } catch (Throwable thrown) {
            FatalErrors.rethrowIfFatal(thrown);
            return false; // the budget's own component says it
        }
    }

    private RemoteRequest probe() {
        AnonymizedSnapshot snapshot = AnonymizedSnapshot.builder(Timeframe.H1, Resolution.COARSE)
                .put(Feature.RSI_14, 50)
                .build();
        return new RemoteRequest(
                snapshot, Optional.empty(), Deadline.afterNanos(config.timeout().toNanos(), config.nanoClock()), "");
    }

    private Component silent(String name, Throwable thrown) {
        FatalErrors.rethrowIfFatal(thrown);
        log.fault(EngineLog.Kind.PART_FAILED, thrown);
        return component(name, Status.DEGRADED, "it threw when its state was read");
    }

    private static boolean isTrouble(Status status) {
        return status == Status.DEGRADED || status == Status.UNHEALTHY;
    }

    private static Component component(String name, Status status, String detail) {
        return new Component(name, status, detail, Optional.empty(), Optional.empty());
    }

    // ---- lifecycle

    @Override
    public void warmUp() {
        try {
            if (!config.askedModels().isEmpty()) {
                log.guard(() -> WarmUp.run(threads));
            }
            config.askedModels().forEach(model -> log.guard(model::warmUp));
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            List<PendingInference> pending = pipeline.close();
            threads.close(); // before the parts: what was aborted is settled there
            awaitAnswers(pending); // likewise: their listeners are parts
        } finally {
            if (config.ownsParts()) {
                Set<Object> seen =
                        Collections.newSetFromMap(new IdentityHashMap<>()); // a cache may be the lease as well
                ownedParts().stream().filter(seen::add).forEach(this::closeQuietly);
            }
            log.event("engine closed");
        }
    }

    /**
     * Waits until all who waited are answered, for a second at most. An executor of the owner's that does not get to them in
     * half of that is helped out by threads of our own, several since the code that continues with an answer may block.
     */
    private static void awaitAnswers(List<PendingInference> pending) {
        boolean interrupted = Thread.interrupted();
        if (!areAnswered(pending)) {
            Queue<PendingInference> left = new ConcurrentLinkedQueue<>(pending);
            for (int i = Math.min(MOST_HELPERS, pending.size()); i > 0; i--) {
                Thread helper = new Thread(() -> answer(left), "hybrid-inference-closing");
                helper.setDaemon(true);
                helper.start();
            }
            boolean unused = areAnswered(pending);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(Queue<PendingInference> left) {
        for (PendingInference next = left.poll(); next != null; next = left.poll()) {
            if (!next.answersItself()) {
                next.answer();
            }
        }
    }

    /** Looks at the futures for half a second, since waiting for them would run their continuations on this thread. */
    private static boolean areAnswered(List<PendingInference> pending) {
        long start = System.nanoTime();
        while (pending.stream().anyMatch(caller -> !caller.isDone())) {
            if (System.nanoTime() - start > LAST_ANSWERS_NANOS) {
                return false;
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        return true;
    }

    private List<Object> ownedParts() {
        List<Object> owned = new ArrayList<>(config.models());
        owned.add(config.cache());
        owned.add(config.budget());
        owned.add(config.lease());
        owned.addAll(config.listeners());
        return owned;
    }

    private void closeQuietly(Object part) {
        if (part instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Throwable thrown) {
                FatalErrors.rethrowIfFatal(thrown);
                log.fault(EngineLog.Kind.PART_FAILED, thrown);
            }
        }
    }

    /**
     * Goes the whole path of a complex scenario a few times, on the engine's threads but with standard parts of its own, so
     * that the first caller does not wait for classes to be loaded. No part of the owner's is called and nothing is counted.
     */
    private static final class WarmUp {
        private static final int ROUNDS = 30; // the slowest part of the interpreter's work is over by then
        private static final Duration LONGEST = Duration.ofSeconds(1);

        static void run(EngineThreads threads) {
            EngineConfig config = InferenceEngine.builder()
                    .remote(new ModelInProcess())
                    .cache(SignalCache.inMemory(ROUNDS))
                    .timeout(LONGEST)
                    .config();
            EngineMetrics metrics = new EngineMetrics();
            Pipeline pipeline = new Pipeline(config, metrics, new EngineLog(metrics, config.nanoClock()), threads);
            Source source = Source.REMOTE;
            for (int i = 0; i < ROUNDS && source == Source.REMOTE; i++) {
                source = pipeline.infer(complex(i), null, PendingInference.Mode.BLOCKING)
                        .source();
            }
            Object unused = pipeline.close();
        }

        private static MarketSnapshot complex(int number) {
            return MarketSnapshot.builder("WARM-UP", Timeframe.H1)
                    .price(100)
                    .rsi(50)
                    .macd(1, 2)
                    .bollinger(90, 100, 110)
                    .volumeRatio(1)
                    .volatilityPct(2)
                    .feature("consecutive_up", number)
                    .build();
        }
    }

    /** Replies at once, always the same. */
    private static final class ModelInProcess implements RemoteModel {
        private static final RemoteReply REPLY = new RemoteReply(
                "{\"action\":\"BUY\",\"confidence\":0.5,\"risk\":\"low\",\"stop_loss_pct\":1,\"take_profit_pct\":2,"
                        + "\"evidence\":{\"rsi_14\":50},\"reasoning\":\"RSI of 50 and rising volume\"}",
                RemoteReply.Finish.STOP,
                new Usage(0, 1, 1, 0, OptionalLong.of(0)),
                "warm-up");

        @Override
        public ModelIdentity identity() {
            return new ModelIdentity("warm-up", "1", "");
        }

        @Override
        public OptionalLong worstCostNanoUsd(RemoteRequest request) {
            return OptionalLong.of(0);
        }

        @Override
        public CompletableFuture<RemoteReply> ask(RemoteRequest request) {
            return CompletableFuture.completedFuture(REPLY);
        }
    }
}

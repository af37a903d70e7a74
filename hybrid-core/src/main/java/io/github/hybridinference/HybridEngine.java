package io.github.hybridinference;

import io.github.hybridinference.EngineHealth.Component;
import io.github.hybridinference.EngineHealth.Status;
import io.github.hybridinference.cache.CacheState;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.remote.BudgetState;
import io.github.hybridinference.remote.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The engine: the path, its lifecycle and its reports. */
final class HybridEngine implements InferenceEngine {
    private final Parts parts;
    private final Remotes remotes;
    private final Pipeline pipeline;
    private final AtomicBoolean closed = new AtomicBoolean();

    HybridEngine(Settings settings, EngineThreads threads) {
        parts = Parts.of(settings, threads);
        remotes = new Remotes(parts);
        pipeline = new Pipeline(parts, remotes);
        parts.log().event("engine built with " + settings.remotes().size() + " models");
    }

    @Override
    public Inference infer(MarketSnapshot snapshot) {
        return await(start(snapshot, null));
    }

    @Override
    public Inference infer(MarketSnapshot snapshot, Deadline deadline) {
        return await(start(snapshot, Objects.requireNonNull(deadline, "deadline")));
    }

    @Override
    public CompletableFuture<Inference> inferAsync(MarketSnapshot snapshot) {
        return start(snapshot, null);
    }

    @Override
    public CompletableFuture<Inference> inferAsync(MarketSnapshot snapshot, Deadline deadline) {
        return start(snapshot, Objects.requireNonNull(deadline, "deadline"));
    }

    private CompletableFuture<Inference> start(MarketSnapshot snapshot, @Nullable Deadline deadline) {
        if (closed.get()) {
            throw new IllegalStateException("the engine is closed");
        }
        return pipeline.infer(Objects.requireNonNull(snapshot, "snapshot"), deadline);
    }

    private static Inference await(CompletableFuture<Inference> answer) {
        return answer instanceof Waiter waiter ? waiter.await() : answer.join();
    }

    @Override
    public EngineStats stats() {
        long inARow = remotes.isEmpty() ? 0 : remotes.lines().get(0).gate().consecutiveFailures();
        return parts.meter().stats(inARow);
    }

    @Override
    public EngineHealth health() {
        List<Component> components = new ArrayList<>();
        boolean isClosed = closed.get();
        components.add(component("local_model", isClosed ? Status.UNHEALTHY : Status.HEALTHY, ""));
        remotes.lines().forEach(line -> components.add(line.gate().health()));
        components.add(cache());
        components.add(budget());
        boolean degraded = remotes.isEmpty() || components.stream().anyMatch(part -> isTrouble(part.status()));
        Status status = isClosed ? Status.UNHEALTHY : degraded ? Status.DEGRADED : Status.HEALTHY;
        return new EngineHealth(status, List.copyOf(components));
    }

    private Component cache() {
        if (parts.settings().cache() == SignalCache.none()) {
            return component("cache", Status.DISABLED, "");
        }
        CacheState state = parts.settings().cache().state();
        return component(
                "cache",
                state.trouble().isPresent() ? Status.DEGRADED : Status.HEALTHY,
                state.trouble().orElse(""));
    }

    private Component budget() {
        BudgetState state =
                parts.settings().budget().state(parts.settings().clock().instant());
        if (state.capNanoUsd().isEmpty()) {
            return component("budget", Status.DISABLED, "");
        }
        boolean spent = state.usedShare() >= 1;
        return component(
                "budget",
                spent ? Status.DEGRADED : Status.HEALTHY,
                spent ? "the cap of " + Money.usd(state.capNanoUsd().getAsLong()) + " US dollars is used up" : "");
    }

    @Override
    public void warmUp() {
        remotes.lines().forEach(line -> line.model().warmUp());
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        pipeline.close();
        if (parts.settings().ownsParts()) {
            ownedParts().forEach(this::closeQuietly);
        }
        parts.threads().close();
        parts.log().event("engine closed");
    }

    private List<Object> ownedParts() {
        List<Object> owned = new ArrayList<>(parts.settings().remotes());
        owned.add(parts.settings().cache());
        owned.add(parts.settings().budget());
        owned.add(parts.settings().lease());
        owned.addAll(parts.settings().listeners());
        return owned;
    }

    private void closeQuietly(Object part) {
        if (part instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception thrown) {
                parts.log().failure(RateLimitedLog.Kind.PART_FAILED, thrown);
            }
        }
    }

    private static boolean isTrouble(Status status) {
        return status == Status.DEGRADED || status == Status.UNHEALTHY;
    }

    private static Component component(String name, Status status, String detail) {
        return new Component(name, status, detail, Optional.empty(), Optional.empty());
    }
}

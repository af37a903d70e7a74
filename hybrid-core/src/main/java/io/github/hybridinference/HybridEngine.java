package io.github.hybridinference;

import io.github.hybridinference.EngineHealth.Component;
import io.github.hybridinference.EngineHealth.Status;
import io.github.hybridinference.budget.BudgetState;
import io.github.hybridinference.budget.Money;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
        return answer(snapshot, null, Caller.BLOCKING);
    }

    @Override
    public Inference infer(MarketSnapshot snapshot, Deadline deadline) {
        return answer(snapshot, Objects.requireNonNull(deadline, "deadline"), Caller.BLOCKING);
    }

    @Override
    public CompletableFuture<Inference> inferAsync(MarketSnapshot snapshot) {
        return answer(snapshot, null, Caller.ASYNCHRONOUS);
    }

    @Override
    public CompletableFuture<Inference> inferAsync(MarketSnapshot snapshot, Deadline deadline) {
        return answer(snapshot, Objects.requireNonNull(deadline, "deadline"), Caller.ASYNCHRONOUS);
    }

    private <T> T answer(MarketSnapshot snapshot, @Nullable Deadline deadline, Caller<T> caller) {
        if (closed.get()) {
            throw new IllegalStateException("the engine is closed");
        }
        return pipeline.infer(Objects.requireNonNull(snapshot, "snapshot"), deadline, caller);
    }

    @Override
    public EngineStats stats() {
        long inARow = remotes.isEmpty() ? 0 : remotes.lines().get(0).gate().consecutiveFailures();
        return parts.meter().stats(inARow, PartStates.budget(parts.settings()), PartStates.cache(parts.settings()));
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
        try {
            Optional<String> trouble = parts.settings().cache().state().trouble();
            return component("cache", trouble.isPresent() ? Status.DEGRADED : Status.HEALTHY, trouble.orElse(""));
        } catch (Exception | StackOverflowError | AssertionError | LinkageError thrown) {
            return silent("cache", thrown);
        }
    }

    private Component budget() {
        try {
            return budget(
                    parts.settings().budget().state(parts.settings().clock().instant()));
        } catch (Exception | StackOverflowError | AssertionError | LinkageError thrown) {
            return silent("budget", thrown);
        }
    }

    private static Component budget(BudgetState state) {
        if (state.capNanoUsd().isEmpty()) {
            return component("budget", Status.DISABLED, "");
        }
        boolean spent = state.usedShare() >= 1;
        return component(
                "budget",
                spent ? Status.DEGRADED : Status.HEALTHY,
                spent ? "the cap of " + Money.usd(state.capNanoUsd().getAsLong()) + " US dollars is used up" : "");
    }

    private Component silent(String name, Throwable thrown) {
        parts.fault(RateLimitedLog.Kind.PART_FAILED, thrown);
        return component(name, Status.DEGRADED, "it threw when asked how it is");
    }

    @Override
    public void warmUp() {
        if (!remotes.isEmpty()) {
            parts.shielded(() -> Rehearsal.run(parts.threads()));
        }
        remotes.lines().forEach(line -> parts.shielded(line.model()::warmUp));
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        pipeline.close();
        parts.threads().close(); // first: what was aborted is settled there, with parts that are still open
        if (parts.settings().ownsParts()) {
            Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>()); // a cache may be the lease as well
            ownedParts().stream().filter(seen::add).forEach(this::closeQuietly);
        }
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
            } catch (Exception | StackOverflowError | AssertionError | LinkageError thrown) {
                parts.fault(RateLimitedLog.Kind.PART_FAILED, thrown);
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

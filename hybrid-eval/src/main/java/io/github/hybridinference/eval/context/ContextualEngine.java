package io.github.hybridinference.eval.context;

import io.github.hybridinference.EngineHealth;
import io.github.hybridinference.EngineStats;
import io.github.hybridinference.InferenceBatch;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** An engine that is asked about enriched snapshots. */
final class ContextualEngine implements InferenceEngine {
    /** Adds what is known by a deadline; never completes exceptionally. */
    @FunctionalInterface
    interface Enrichment {
        CompletableFuture<MarketSnapshot> enrich(MarketSnapshot snapshot, Deadline deadline);
    }

    private final Enrichment enricher;
    private final InferenceEngine engine;

    ContextualEngine(Enrichment enricher, InferenceEngine engine) {
        this.enricher = enricher;
        this.engine = engine;
    }

    @Override
    public Inference infer(MarketSnapshot snapshot) {
        return engine.infer(
                enricher.enrich(snapshot, EnricherRuntime.NO_DEADLINE).join()); // bounded by the sources' limits
    }

    @Override
    public Inference infer(MarketSnapshot snapshot, Deadline deadline) {
        return engine.infer(enricher.enrich(snapshot, deadline).join(), deadline);
    }

    @Override
    public CompletableFuture<Inference> inferAsync(MarketSnapshot snapshot) {
        return then(enricher.enrich(snapshot, EnricherRuntime.NO_DEADLINE), engine::inferAsync);
    }

    @Override
    public CompletableFuture<Inference> inferAsync(MarketSnapshot snapshot, Deadline deadline) {
        return then(enricher.enrich(snapshot, deadline), enriched -> engine.inferAsync(enriched, deadline));
    }

    /** Asks at once about those snapshots for which nothing has to be waited for, and about the others together after the wait. */
    @Override
    public InferenceBatch inferAll(Collection<MarketSnapshot> snapshots, Deadline deadline) {
        List<MarketSnapshot> all = List.copyOf(snapshots);
        List<Asked> known = new ArrayList<>();
        List<Asked> awaited = new ArrayList<>();
        List<CompletableFuture<Inference>> answers = new ArrayList<>(all.size());
        for (MarketSnapshot snapshot : all) {
            Asked asked = new Asked(enricher.enrich(snapshot, deadline), new CompletableFuture<>());
            answers.add(asked.answer);
            (asked.enriched.isDone() ? known : awaited).add(asked);
        }
        askAll(known, deadline);
        if (!awaited.isEmpty()) {
            CompletableFuture<?>[] waits = awaited.stream().map(Asked::enriched).toArray(CompletableFuture<?>[]::new);
            var unused = CompletableFuture.allOf(waits)
                    .thenRun(() -> askAll(awaited, deadline))
                    .whenComplete((asked, thrown) -> {
                        if (thrown != null) { // the engine was closed meanwhile
                            awaited.forEach(one -> one.answer.completeExceptionally(thrown));
                        }
                    });
        }
        return InferenceBatch.of(all, answers);
    }

    /** A snapshot with its figures, and what its caller waits for. */
    private record Asked(CompletableFuture<MarketSnapshot> enriched, CompletableFuture<Inference> answer) {}

    private void askAll(List<Asked> together, Deadline deadline) {
        List<Asked> wanted = together.stream()
                .filter(asked -> !asked.answer.isDone()) // its caller gave up before there was anything to ask
                .toList();
        InferenceBatch batch = engine.inferAll(
                wanted.stream().map(asked -> asked.enriched.join()).toList(), deadline);
        for (int i = 0; i < wanted.size(); i++) {
            pass(batch.futures().get(i), wanted.get(i).answer);
        }
    }

    /** The engine's own future if nothing has to be waited for; else one whose cancellation reaches the engine's. */
    private static CompletableFuture<Inference> then(
            CompletableFuture<MarketSnapshot> enriched, Function<MarketSnapshot, CompletableFuture<Inference>> ask) {
        if (enriched.isDone()) {
            return ask.apply(enriched.join());
        }
        CompletableFuture<Inference> answer = new CompletableFuture<>();
        var unused = enriched.thenAccept(snapshot -> {
            if (answer.isDone()) {
                return; // the caller gave up before there was anything to ask
            }
            try {
                pass(ask.apply(snapshot), answer);
            } catch (RuntimeException closed) {
                answer.completeExceptionally(closed);
            }
        });
        return answer;
    }

    /** Passes the engine's answer on to the caller, and the caller's cancellation to the engine. */
    private static void pass(CompletableFuture<Inference> asked, CompletableFuture<Inference> answer) {
        var unused = asked.whenComplete((inference, thrown) -> {
            if (inference != null) {
                answer.complete(inference);
            } else {
                answer.completeExceptionally(thrown);
            }
        });
        var unusedToo = answer.whenComplete((inference, thrown) -> asked.cancel(false));
    }

    @Override
    public void pauseRemote(String reason) {
        engine.pauseRemote(reason);
    }

    @Override
    public void resumeRemote() {
        engine.resumeRemote();
    }

    @Override
    public EngineStats stats() {
        return engine.stats();
    }

    @Override
    public EngineHealth health() {
        return engine.health();
    }

    @Override
    public void warmUp() {
        engine.warmUp();
    }

    @Override
    public void close() {
        engine.close();
    }
}

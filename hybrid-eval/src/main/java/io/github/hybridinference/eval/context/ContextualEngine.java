package io.github.hybridinference.eval.context;

import io.github.hybridinference.EngineHealth;
import io.github.hybridinference.EngineStats;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
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
                CompletableFuture<Inference> asked = ask.apply(snapshot);
                var unusedToo = asked.whenComplete((inference, thrown) -> {
                    if (inference != null) {
                        answer.complete(inference);
                    } else {
                        answer.completeExceptionally(thrown);
                    }
                });
                var unusedAsWell = answer.whenComplete((inference, thrown) -> asked.cancel(false));
            } catch (RuntimeException closed) {
                answer.completeExceptionally(closed);
            }
        });
        return answer;
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

package io.github.hybridinference.eval.context;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/**
 * Adds figures from other sources to snapshots, before inference.
 *
 * <pre>{@code
 * try (ContextEnricher context = ContextEnricher.builder().source(fearAndGreed).build();
 *         InferenceEngine inner = InferenceEngine.builder().remote(model).listener(journal).build()) {
 *     InferenceEngine engine = context.before(inner);
 *     engine.infer(snapshot);
 * }
 * }</pre>
 *
 * <p>Figures that were fetched before are added at once, on the caller's thread. Others are fetched, once for all
 * snapshots that need them, and waited for briefly; then the snapshot proceeds without them. An absent figure stays
 * absent and is counted, see {@link Absence}. A figure that the caller supplied is left unchanged. Figures are rounded
 * to the catalogue's steps on arrival, so that a journal records exactly what the engine saw.
 *
 * <p>Thread-safe. Sources are the caller's to close.
 *
 * @since 0.1.0
 */
public final class ContextEnricher implements AutoCloseable {
    private final List<SourceFetcher> fetchers;
    private final List<ExecutorService> ownThreads;

    ContextEnricher(List<SourceFetcher> fetchers, List<ExecutorService> ownThreads) {
        this.fetchers = fetchers;
        this.ownThreads = ownThreads;
    }

    /**
     * Starts configuring an enricher.
     *
     * @return a builder without sources
     */
    public static ContextEnricherBuilder builder() {
        return new ContextEnricherBuilder();
    }

    /**
     * Adds the figures of the sources, within their limits.
     *
     * @param snapshot the caller's snapshot
     * @return completes with a snapshot that has the available figures, never exceptionally; already complete if there
     *     was nothing to wait for, otherwise on a thread of the enricher
     */
    public CompletableFuture<MarketSnapshot> enrich(MarketSnapshot snapshot) {
        return enrich(snapshot, EnricherRuntime.NO_DEADLINE);
    }

    /**
     * Adds the figures that the sources supply by the deadline, within their limits.
     *
     * @param snapshot the caller's snapshot
     * @param deadline when to stop waiting in any case
     * @return as {@link #enrich(MarketSnapshot)}
     */
    public CompletableFuture<MarketSnapshot> enrich(MarketSnapshot snapshot, Deadline deadline) {
        List<CompletableFuture<Map<Feature, Double>>> figures = fetchers.stream()
                .map(fetcher -> fetcher.figures(snapshot, deadline))
                .toList();
        return CompletableFuture.allOf(figures.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> {
                    Map<Feature, Double> all = new HashMap<>();
                    figures.forEach(of -> all.putAll(of.join()));
                    return all.isEmpty() ? snapshot : snapshot.withMissing(all);
                });
    }

    /**
     * Puts this enricher before an engine. A deadline passed to the returned engine covers both; without
     * one, the longest {@link ContextLimits#waitAtMost} is added to the engine's timeout. Of a batch, the snapshots whose
     * figures are known are asked about at once, and the others together, once the figures of all of them have arrived or
     * their wait is over.
     *
     * @param engine the engine that answers
     * @return an engine that enriches each snapshot first; closing it closes the wrapped engine, not the enricher
     */
    public InferenceEngine before(InferenceEngine engine) {
        return new ContextualEngine(this::enrich, engine);
    }

    /**
     * Returns the statistics of each source.
     *
     * @return in the order in which they were added; a snapshot of the counters
     */
    public List<ContextStats> stats() {
        return fetchers.stream().map(SourceFetcher::stats).toList();
    }

    /** Abandons the fetches in progress; waiting snapshots, and later ones, proceed without their figures. */
    @Override
    public void close() {
        fetchers.forEach(SourceFetcher::close);
        ownThreads.forEach(ExecutorService::shutdown);
    }
}

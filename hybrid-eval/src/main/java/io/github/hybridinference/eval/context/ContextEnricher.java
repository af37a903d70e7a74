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
 * Adds figures from elsewhere to snapshots, before they are judged.
 *
 * <pre>{@code
 * try (ContextEnricher context = ContextEnricher.builder().source(fearAndGreed).build();
 *         InferenceEngine plain = InferenceEngine.builder().remote(model).listener(journal).build()) {
 *     InferenceEngine engine = context.before(plain);
 *     engine.infer(snapshot);
 * }
 * }</pre>
 *
 * <p>Figures that were fetched before are added at once, on the caller's thread. Others are fetched, once for all who
 * want them, and waited for a short while; then the snapshot goes on without them. What is absent stays absent and is
 * counted, see {@link Absence}. A figure that the caller gave himself is left as it is. Figures are rounded to the
 * catalogue's steps on arrival, so that what a journal records is what was judged.
 *
 * <p>Thread-safe. Sources are the caller's to close.
 */
public final class ContextEnricher implements AutoCloseable {
    private final List<SourceLine> lines;
    private final List<ExecutorService> ownThreads;

    ContextEnricher(List<SourceLine> lines, List<ExecutorService> ownThreads) {
        this.lines = lines;
        this.ownThreads = ownThreads;
    }

    /**
     * Starts assembling an enricher.
     *
     * @return a builder without sources
     */
    public static ContextEnricherBuilder builder() {
        return new ContextEnricherBuilder();
    }

    /**
     * Adds what the sources know, within their limits.
     *
     * @param snapshot what the caller knows
     * @return completes with a snapshot that has the figures known, never exceptionally; already complete if nothing had
     *     to be waited for, else on a thread of the enricher's
     */
    public CompletableFuture<MarketSnapshot> enrich(MarketSnapshot snapshot) {
        return enrich(snapshot, Surroundings.NO_DEADLINE);
    }

    /**
     * Adds what the sources know by the deadline, within their limits.
     *
     * @param snapshot what the caller knows
     * @param deadline by when it goes on in any case
     * @return as {@link #enrich(MarketSnapshot)}
     */
    public CompletableFuture<MarketSnapshot> enrich(MarketSnapshot snapshot, Deadline deadline) {
        List<CompletableFuture<Map<Feature, Double>>> figures =
                lines.stream().map(line -> line.figures(snapshot, deadline)).toList();
        return CompletableFuture.allOf(figures.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> {
                    Map<Feature, Double> all = new HashMap<>();
                    figures.forEach(of -> all.putAll(of.join()));
                    return all.isEmpty() ? snapshot : snapshot.withMissing(all);
                });
    }

    /**
     * Puts this enricher before an engine. A deadline that is handed in covers both; without one, the longest
     * {@link ContextLimits#waitAtMost} comes on top of the engine's timeout.
     *
     * @param engine the engine that answers
     * @return an engine that enriches each snapshot first; closing it closes the engine behind it and not the enricher
     */
    public InferenceEngine before(InferenceEngine engine) {
        return new ContextualEngine(this::enrich, engine);
    }

    /**
     * Returns what was counted of each source.
     *
     * @return in the order in which they were added; a moment's view
     */
    public List<ContextStats> stats() {
        return lines.stream().map(SourceLine::stats).toList();
    }

    /** Ends the fetches under way; snapshots that wait, and later ones, go on without them. */
    @Override
    public void close() {
        lines.forEach(SourceLine::close);
        ownThreads.forEach(ExecutorService::shutdown);
    }
}

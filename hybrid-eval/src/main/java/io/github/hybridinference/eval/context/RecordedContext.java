package io.github.hybridinference.eval.context;

import io.github.hybridinference.eval.journal.JournalEntry;
import io.github.hybridinference.eval.journal.Recording;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Timeframe;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A source that gives the figures a journal recorded, and touches no network: it stands in for the live sources when bars
 * are replayed.
 *
 * <pre>{@code
 * ContextEnricher context = ContextEnricher.builder()
 *         .source(RecordedContext.of(recording, Feature.FEAR_GREED_INDEX))
 *         .build();
 * }</pre>
 *
 * <p>What was absent then is absent now. In a journal that does not keep symbols, a figure that differs between two
 * decisions about the same bar is absent too, since nobody can tell whose it was. Immutable and thread-safe.
 */
public final class RecordedContext implements ContextSource {
    /** Of which bar; the symbol is empty in a journal that does not keep it. */
    private record Key(Optional<String> symbol, Timeframe timeframe, Instant barTime) {}

    private final Set<Feature> features;
    private final Map<Key, Map<Feature, Double>> recorded = new HashMap<>();

    private RecordedContext(Recording recording, Set<Feature> features) {
        this.features = features;
        for (JournalEntry entry : recording.entries()) {
            AnonymizedSnapshot snapshot = entry.snapshot();
            Key key = new Key(entry.symbol(), snapshot.timeframe(), entry.barTime());
            Map<Feature, Double> figures = recorded.computeIfAbsent(key, unused -> new HashMap<>());
            for (Feature feature : features) {
                figures.merge(feature, snapshot.get(feature), RecordedContext::agreed);
            }
        }
    }

    /**
     * Makes a source of what was recorded.
     *
     * @param recording of an engine whose snapshots had been enriched
     * @param features the figures that came from elsewhere
     * @return a source without a network
     */
    public static RecordedContext of(Recording recording, Feature... features) {
        return new RecordedContext(recording, Set.of(features));
    }

    private static double agreed(double one, double other) {
        return one == other ? one : Double.NaN;
    }

    @Override
    public String name() {
        return "recorded";
    }

    @Override
    public Set<Feature> features() {
        return features;
    }

    @Override
    public CompletableFuture<Map<Feature, Double>> fetch(ContextQuery query, Deadline deadline) {
        Map<Feature, Double> known = recorded.get(key(query, Optional.of(query.symbol())));
        if (known == null) {
            known = recorded.getOrDefault(key(query, Optional.empty()), Map.of());
        }
        return CompletableFuture.completedFuture(known);
    }

    private static Key key(ContextQuery query, Optional<String> symbol) {
        return new Key(symbol, query.timeframe(), query.barTime());
    }

    /** All of the query: the figures are those of its bar. */
    @Override
    public Object cacheKey(ContextQuery query) {
        return query;
    }

    @Override
    public boolean knowsThePast() {
        return true;
    }
}

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
 * A source that supplies the figures recorded in a journal, without a network, in place of the live sources of a
 * replay.
 *
 * <pre>{@code
 * ContextEnricher context = ContextEnricher.builder()
 *         .source(RecordedContext.of(recording, Feature.FEAR_GREED_INDEX))
 *         .build();
 * }</pre>
 *
 * <p>A figure that was absent then is absent now. In a journal without symbols, a figure that differs between two
 * decisions about the same bar is absent too, since it cannot be attributed to a symbol. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class RecordedContext implements ContextSource {
    /** The bar; the symbol is empty in a journal without symbols. */
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
     * Makes a source from a recording.
     *
     * @param recording a recording of an engine with enriched snapshots
     * @param features the figures that the sources supplied
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

    /** The whole query: figures belong to one bar. */
    @Override
    public Object cacheKey(ContextQuery query) {
        return query;
    }

    @Override
    public boolean knowsThePast() {
        return true;
    }
}

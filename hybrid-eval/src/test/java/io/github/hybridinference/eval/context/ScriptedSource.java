package io.github.hybridinference.eval.context;

import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A source that leaves each fetch open until a test completes it. */
final class ScriptedSource implements ContextSource {
    final List<CompletableFuture<Map<Feature, Double>>> fetches = new ArrayList<>();
    private final String name;
    private final Set<Feature> features;

    ScriptedSource(String name, Feature... features) {
        this.name = name;
        this.features = Set.of(features);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<Feature> features() {
        return features;
    }

    @Override
    public CompletableFuture<Map<Feature, Double>> fetch(ContextQuery query, Deadline deadline) {
        CompletableFuture<Map<Feature, Double>> fetch = new CompletableFuture<>();
        fetches.add(fetch);
        return fetch;
    }
}

package io.github.hybridinference.spring;

import io.github.hybridinference.EngineHealth;
import io.github.hybridinference.EngineStats;
import io.github.hybridinference.InferenceBatch;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An engine each of whose inferences is an observation named {@code hybrid.infer}, so that an attempt at a model is a child of the
 * inference that began it. The inferences of a batch begin their attempts together, so both are children of one observation named
 * {@code hybrid.infer.all}, which ends with the last answer. The key values are of closed sets; nothing of a snapshot or an answer is
 * among them.
 */
final class ObservedEngine implements InferenceEngine {
    private static final String NAME = "hybrid.infer"; // a timer named hybrid.inference exists already
    private static final String BATCH_NAME = "hybrid.infer.all";

    private final InferenceEngine engine;
    private final ObservationRegistry observations;

    ObservedEngine(InferenceEngine engine, ObservationRegistry observations) {
        this.engine = engine;
        this.observations = observations;
    }

    @Override
    public Inference infer(MarketSnapshot snapshot) {
        return observed(() -> engine.infer(snapshot));
    }

    @Override
    public Inference infer(MarketSnapshot snapshot, Deadline deadline) {
        return observed(() -> engine.infer(snapshot, deadline));
    }

    @Override
    public CompletableFuture<Inference> inferAsync(MarketSnapshot snapshot) {
        return observedLater(() -> engine.inferAsync(snapshot));
    }

    @Override
    public CompletableFuture<Inference> inferAsync(MarketSnapshot snapshot, Deadline deadline) {
        return observedLater(() -> engine.inferAsync(snapshot, deadline));
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the caller has the futures themselves
    public InferenceBatch inferAll(Collection<MarketSnapshot> snapshots, Deadline deadline) {
        Observation together = Observation.createNotStarted(BATCH_NAME, observations)
                .contextualName("infer all")
                .start();
        List<Observation> each = new ArrayList<>(snapshots.size());
        Observation.Scope scope = together.openScope();
        InferenceBatch batch = null;
        try {
            List<MarketSnapshot> all = List.copyOf(snapshots);
            all.forEach(snapshot -> each.add(start()));
            batch = engine.inferAll(all, deadline);
        } finally {
            scope.close();
            if (batch == null) {
                each.forEach(observation -> stop(observation, null));
                together.stop();
            }
        }
        List<CompletableFuture<Inference>> answers = batch.futures();
        CompletableFuture<?>[] observed = new CompletableFuture<?>[answers.size()];
        for (int i = 0; i < observed.length; i++) {
            Observation observation = each.get(i);
            observed[i] = answers.get(i).whenComplete((known, givenUp) -> stop(observation, known));
        }
        CompletableFuture.allOf(observed).whenComplete((all, givenUp) -> together.stop());
        return batch;
    }

    private Inference observed(Supplier<Inference> inference) {
        Observation observation = start();
        Observation.Scope scope = observation.openScope();
        Inference answer = null;
        try {
            answer = inference.get();
            return answer;
        } finally {
            scope.close();
            stop(observation, answer);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the caller has the future itself
    private CompletableFuture<Inference> observedLater(Supplier<CompletableFuture<Inference>> inference) {
        Observation observation = start();
        Observation.Scope scope = observation.openScope();
        CompletableFuture<Inference> answer = null;
        try {
            answer = inference.get();
            answer.whenComplete((known, givenUp) -> stop(observation, known));
            return answer;
        } finally {
            scope.close();
            if (answer == null) {
                stop(observation, null);
            }
        }
    }

    private Observation start() {
        return Observation.createNotStarted(NAME, observations)
                .contextualName("infer")
                .start();
    }

    private static void stop(Observation observation, @Nullable Inference answer) {
        observation
                .lowCardinalityKeyValue("source", answer == null ? "none" : lower(answer.source()))
                .lowCardinalityKeyValue(
                        "scenario",
                        answer == null ? "none" : lower(answer.scenario().kind()))
                .lowCardinalityKeyValue(
                        "degradation",
                        answer == null
                                ? "none"
                                : answer.degradation()
                                        .map(ObservedEngine::lower)
                                        .orElse("none"))
                .stop();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
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

package io.github.hybridinference.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.micrometer.MicrometerListener;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.remote.ModelIdentity;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteRequest;
import io.github.hybridinference.testing.CountingCache;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is observed of many snapshots at once. */
class ObservedEngineTest {
    private final ObservationRegistry observations = ObservationRegistry.create();
    private final Recorder recorder = new Recorder();
    private final CountingCache cache = new CountingCache(SignalCache.inMemory(100));
    private final InferenceEngine engine = new ObservedEngine(
            InferenceEngine.builder()
                    .remote(MicrometerListener.observed(ModelInProcess.replying("a-model"), "a", observations))
                    .cache(cache)
                    .executor(Runnable::run)
                    .build(),
            observations);

    ObservedEngineTest() {
        observations.observationConfig().observationHandler(recorder);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private List<Inference> ask(MarketSnapshot... snapshots) {
        return engine.inferAll(List.of(snapshots), Deadline.after(Duration.ofMinutes(1)))
                .answers();
    }

    @Test
    void theSharedCacheIsAskedOnceForAll() {
        assertThat(ask(Snapshots.complex(50), Snapshots.complex(51), Snapshots.complex(52)))
                .extracting(Inference::source)
                .containsOnly(Source.REMOTE);
        assertThat(cache.passes()).containsExactly(3);
        assertThat(cache.looks()).isZero();
    }

    @Test
    void eachAnswerIsObservedOnce() {
        ask(Snapshots.complex(50), Snapshots.complex(50), Snapshots.simple());

        assertThat(recorder.stopped("hybrid.infer"))
                .extracting(inference ->
                        inference.getLowCardinalityKeyValue("source").getValue())
                .containsExactlyInAnyOrder("remote", "remote", "local");
        assertThat(recorder.started).hasSameSizeAs(recorder.stopped).doesNotHaveDuplicates();
        assertThat(recorder.stopped).doesNotHaveDuplicates();
    }

    @Test
    void theBatchIsTheParentOfItsInferencesAndAttempts() {
        ask(Snapshots.complex(50), Snapshots.complex(51));

        Observation.Context batch = recorder.stopped("hybrid.infer.all").get(0);
        assertThat(recorder.stopped("hybrid.infer")).hasSize(2).allMatch(inference -> isChild(inference, batch));
        assertThat(recorder.stopped("gen_ai.client.operation.duration"))
                .hasSize(2)
                .allMatch(attempt -> isChild(attempt, batch));
        assertThat(recorder.stopped).last().isSameAs(batch);
        assertThat(observations.getCurrentObservation()).isNull();
    }

    private static boolean isChild(Observation.Context child, Observation.Context parent) {
        return child.getParentObservation() != null
                && child.getParentObservation().getContextView() == parent;
    }

    @Test
    void nothingIsLeftOpenByAnEngineThatIsClosed() {
        engine.close();

        assertThatIllegalStateException().isThrownBy(() -> ask(Snapshots.complex(50), Snapshots.simple()));

        assertThat(recorder.stopped).containsExactlyInAnyOrderElementsOf(recorder.started);
        assertThat(observations.getCurrentObservation()).isNull();
    }

    @Test
    void aBatchThatIsCancelledIsObservedToItsEnd() {
        try (InferenceEngine never = new ObservedEngine(
                InferenceEngine.builder().remote(new SilentModel()).build(), observations)) {
            never.inferAll(List.of(Snapshots.complex(50)), Deadline.after(Duration.ofMinutes(1)))
                    .cancel();
        }
        assertThat(recorder.stopped("hybrid.infer")).hasSize(1);
        assertThat(recorder.stopped("hybrid.infer.all")).hasSize(1);
    }

    /** A model that never replies. */
    private static final class SilentModel implements RemoteModel {
        @Override
        public ModelIdentity identity() {
            return new ModelIdentity("silent", "1", "");
        }

        @Override
        public OptionalLong worstCostNanoUsd(RemoteRequest request) {
            return OptionalLong.of(1);
        }

        @Override
        public CompletableFuture<RemoteReply> ask(RemoteRequest request) {
            return new CompletableFuture<>();
        }
    }

    private static final class Recorder implements ObservationHandler<Observation.Context> {
        private final List<Observation.Context> started = new ArrayList<>();
        private final List<Observation.Context> stopped = new ArrayList<>();

        @Override
        public void onStart(Observation.Context context) {
            started.add(context);
        }

        @Override
        public void onStop(Observation.Context context) {
            stopped.add(context);
        }

        List<Observation.Context> stopped(String name) {
            return stopped.stream()
                    .filter(context -> name.equals(context.getName()))
                    .toList();
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }
}

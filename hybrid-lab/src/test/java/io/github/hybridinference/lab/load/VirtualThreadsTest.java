package io.github.hybridinference.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.deepseek.DeepSeek;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.testing.VirtualThreads;
import io.github.hybridinference.testkit.standin.StandIn;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;

/** The core's test of the same name, over HTTP: the transport's threads and the callers' virtual ones meet. */
@Tag("jdk")
@EnabledForJreRange(minVersion = 24, disabledReason = "Before JDK 24 every synchronized block pins its thread.")
class VirtualThreadsTest {
    private static final int CALLERS = 1_000;

    @Test
    void aThousandCallersAreAnsweredByTheModelWithoutPinning() throws Exception {
        try (StandIn standIn = StandIn.builder().latency(Duration.ofMillis(300)).start();
                InferenceEngine engine = InferenceEngine.builder()
                        .remote(DeepSeek.builder()
                                .endpoint(standIn.baseUrl())
                                .apiKey("none-needed")
                                .build())
                        .timeout(Duration.ofSeconds(30))
                        .remoteTimeout(Duration.ofSeconds(30))
                        .maxCallsInFlight(CALLERS)
                        .ownParts()
                        .build()) {
            engine.warmUp();
            // The first answer loads the classes that read a reply. Whoever waits for a class to be loaded is pinned.
            assertThat(engine.infer(DistinctSnapshots.numbered(CALLERS)).source())
                    .isEqualTo(Source.REMOTE);

            VirtualThreads.Outcome<Inference> outcome = VirtualThreads.run(LongStream.range(0, CALLERS)
                    .mapToObj(DistinctSnapshots::numbered)
                    .<VirtualThreads.Task<Inference>>map(snapshot -> () -> engine.infer(snapshot))
                    .toList());

            assertThat(outcome.results())
                    .hasSize(CALLERS)
                    .allSatisfy(answer -> assertThat(answer.source()).isEqualTo(Source.REMOTE));
            assertThat(outcome.pinned()).as("pinned threads").isEmpty();
        }
    }
}

package io.github.hybridinference.lab.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.deepseek.DeepSeek;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.testkit.standin.StandIn;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TellingSnapshotsTest {
    private static final Scenario ALWAYS_ASK = Scenario.complex(Scenario.Reason.CUSTOM);

    @Test
    void anAnswerFitsItsSnapshotAndNoNeighbour() {
        try (StandIn model = StandIn.builder().start();
                InferenceEngine engine = InferenceEngine.builder()
                        .remote(DeepSeek.builder()
                                .endpoint(model.baseUrl())
                                .apiKey("none-needed")
                                .build())
                        .classifier((snapshot, verdict) -> ALWAYS_ASK)
                        .timeout(Duration.ofSeconds(20))
                        .remoteTimeout(Duration.ofSeconds(20))
                        .ownParts()
                        .build()) {
            for (long number = 0; number < 62; number++) {
                Inference answer = engine.infer(TellingSnapshots.numbered(number));

                assertThat(answer.source()).isEqualTo(Source.REMOTE);
                assertThat(TellingSnapshots.isWrong(number, answer)).isFalse();
                assertThat(TellingSnapshots.isWrong(number + 1, answer)).isTrue();
                assertThat(TellingSnapshots.isWrong(number + 2, answer)).isTrue();
            }
        }
    }
}

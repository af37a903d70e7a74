package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.remote.Dialect;
import io.github.hybridinference.remote.ReplyProblem;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An engine that asks again, and one that asks another service. */
class EngineChainTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    @Test
    void asksAgainWithTheComplaintAtTheEndOfTheLastMessageAndTheSameBytesBeforeIt() throws Exception {
        try (ScriptedServer server = new ScriptedServer(
                        Replies.ok(Replies.completion("\"" + Replies.CONTENT.substring(0, 60) + "\"", "\"length\"")));
                DeepSeek model = FaultTableTest.model(server.url());
                InferenceEngine engine =
                        InferenceEngine.builder().remote(model).timeout(LONG).build()) {
            Inference answer = engine.infer(Texts.market(1));

            assertThat(answer.source()).isEqualTo(Source.FALLBACK);
            List<String> bodies = server.takeRequests().stream()
                    .map(request -> request.substring(request.indexOf("\r\n\r\n") + 4))
                    .toList();
            assertThat(bodies).hasSize(2);
            String end = "}\",\"role\":\"user\"}";
            assertThat(bodies.get(0)).containsOnlyOnce(end);
            assertThat(bodies.get(1))
                    .isEqualTo(
                            bodies.get(0).replace(end, "}\\n" + ReplyProblem.TRUNCATED.complaint() + end.substring(1)));
        }
    }

    @Test
    void asksTheSecondServiceInItsDialectWhenTheFirstFailedOrIsBarredAndNamesWhoAnswered() throws Exception {
        try (ScriptedServer first = new ScriptedServer(Replies.response("401 Unauthorized", "", ""));
                ScriptedServer second =
                        new ScriptedServer(Replies.ok(Replies.GOOD.replace("deepseek-flash", "local-model")));
                DeepSeek primary = FaultTableTest.model(first.url());
                DeepSeek secondary = DeepSeek.builder()
                        .dialect(Dialect.OLLAMA)
                        .endpoint(second.url() + "/v1")
                        .model("local-model")
                        .build();
                InferenceEngine engine = InferenceEngine.builder()
                        .remote(primary)
                        .thenRemote(secondary)
                        .timeout(LONG)
                        .build()) {
            for (int question = 1; question <= 2; question++) {
                Inference answer = engine.infer(Texts.market(question));

                assertThat(answer.source()).isEqualTo(Source.REMOTE);
                assertThat(answer.provenance().orElseThrow().model()).isEqualTo("local-model");
                assertThat(answer.usage().costNanoUsd()).hasValue(0);
            }
            assertThat(first.requests()).as("its breaker has opened").isEqualTo(1);
            assertThat(second.takeRequests())
                    .hasSize(2)
                    .allMatch(request -> request.contains("\"reasoning_effort\":\"none\""))
                    .noneMatch(request -> request.contains(Texts.KEY));
        }
    }
}

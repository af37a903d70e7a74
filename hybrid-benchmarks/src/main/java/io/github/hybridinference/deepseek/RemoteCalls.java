package io.github.hybridinference.deepseek;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.models.ResponseFormatJsonObject;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.benchmarks.paths.Pinning;
import io.github.hybridinference.benchmarks.paths.Samples;
import io.github.hybridinference.benchmarks.paths.Servers;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.lab.process.StandInProcess;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.remote.ChatPrompt;
import io.github.hybridinference.remote.ChatQuestion;
import io.github.hybridinference.remote.ChatSettings;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One question to a model that answers at once, in another process: the whole engine, the adapter alone, openai-java's
 * synchronous client, and the JDK's client with a body that is there already and a reply that is not parsed.
 *
 * <p>This process and the stand-in have a processor each: else it is chance which of their threads wait for one another.
 */
@State(Scope.Benchmark)
public class RemoteCalls {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final StandInProcess standIn = Servers.standIn();
    private final DeepSeek adapter =
            DeepSeek.builder().endpoint(standIn.baseUrl()).apiKey("none-needed").build();
    private final InferenceEngine engine = InferenceEngine.builder()
            .remote(adapter)
            .classifier((snapshot, verdict) -> Samples.ALWAYS_HARD)
            .cache(SignalCache.none())
            .timeout(LONGEST.multipliedBy(3)) // a busy machine is no failure
            .build();
    private final MarketSnapshot snapshot = Samples.complex();
    private final RemoteRequest question = new RemoteRequest(
            Anonymizer.standard().anonymize(snapshot), Optional.empty(), Deadline.after(Duration.ofDays(1)), "1");
    private final String questionText = ChatQuestion.of(question).toString();
    private final OpenAIClient openAi = OpenAIOkHttpClient.builder()
            .baseUrl(standIn.baseUrl().toString())
            .apiKey("none-needed")
            .maxRetries(0)
            .timeout(LONGEST)
            .build();
    private final HttpClient jdk =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpRequest jdkRequest = HttpRequest.newBuilder(URI.create(standIn.baseUrl() + "/chat/completions"))
            .timeout(LONGEST)
            .header("content-type", "application/json")
            .header("authorization", "Bearer none-needed")
            .POST(HttpRequest.BodyPublishers.ofByteArray(
                    RequestTemplate.of(ChatSettings.of("localhost", null, null, null, null, null, null))
                            .body(ChatQuestion.of(question))))
            .build();

    @Setup
    public void pin() {
        Pinning.processApartFrom(standIn.handle());
    }

    @Benchmark
    public Inference engine() {
        Inference answer = engine.infer(snapshot);
        if (answer.source() != Source.REMOTE) {
            throw new IllegalStateException("expected the stand-in to answer, not " + answer);
        }
        return answer;
    }

    @Benchmark
    public RemoteReply adapter() {
        return adapter.ask(question).join();
    }

    @Benchmark
    public String openAiJava() {
        return openAi.chat()
                .completions()
                .create(ChatCompletionCreateParams.builder()
                        .model("deepseek-flash")
                        .addSystemMessage(ChatPrompt.STANDARD.text())
                        .addUserMessage(questionText)
                        .temperature(0)
                        .maxCompletionTokens(200)
                        .responseFormat(ResponseFormatJsonObject.builder().build())
                        .putAdditionalBodyProperty("thinking", JsonValue.from(Map.of("type", "disabled")))
                        .build())
                .choices()
                .get(0)
                .message()
                .content()
                .orElseThrow();
    }

    @Benchmark
    public byte[] jdkHttpClient() throws IOException, InterruptedException {
        return jdk.send(jdkRequest, HttpResponse.BodyHandlers.ofByteArray()).body();
    }

    @TearDown
    public void close() {
        engine.close();
        adapter.close();
        openAi.close();
        standIn.close();
    }
}

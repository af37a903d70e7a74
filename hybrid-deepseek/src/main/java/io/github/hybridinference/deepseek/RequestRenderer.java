package io.github.hybridinference.deepseek;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientImpl;
import com.openai.core.ClientOptions;
import com.openai.core.JsonValue;
import com.openai.core.LogLevel;
import com.openai.core.RequestOptions;
import com.openai.core.http.HttpClient;
import com.openai.core.http.HttpRequest;
import com.openai.core.http.HttpResponse;
import com.openai.models.ReasoningEffort;
import com.openai.models.ResponseFormatJsonObject;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.github.hybridinference.remote.ApiKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Has openai-java write one request when a model is built. Using it in every call, for requests and replies, would cost more
 * than everything else together: docs/decisions/004-transport.md has the figures.
 */
final class RequestRenderer {
    /** The key that openai-java is given where there is none. Its headers are not used. */
    private static final String NO_KEY = "none";

    /** The URL and the body of the request that openai-java would have sent. */
    record Rendered(String url, String body) {}

    private RequestRenderer() {}

    static Rendered render(
            Endpoint endpoint,
            @Nullable ApiKey key,
            Dialect dialect,
            String model,
            Prompt prompt,
            int maxOutputTokens,
            String question) {
        Recorder recorder = new Recorder();
        // never fromEnv(): it would send the environment's OpenAI organisation and headers to whatever endpoint is set
        ClientOptions options = ClientOptions.builder()
                .httpClient(recorder)
                .baseUrl(endpoint.baseUrl())
                .apiKey(key == null ? NO_KEY : key.reveal())
                .maxRetries(0)
                .logLevel(LogLevel.OFF)
                .disableTelemetry(true)
                .build();
        OpenAIClient client = new OpenAIClientImpl(options);
        try {
            client.chat().completions().create(params(dialect, model, prompt, maxOutputTokens, question));
            throw new IllegalStateException("openai-java sent no request");
        } catch (Recorded enough) {
            return Objects.requireNonNull(recorder.rendered);
        } finally {
            client.close();
        }
    }

    @SuppressWarnings("deprecation") // max_tokens is deprecated at OpenAI only; the other services need it
    private static ChatCompletionCreateParams params(
            Dialect dialect, String model, Prompt prompt, int maxOutputTokens, String question) {
        ChatCompletionCreateParams.Builder params = ChatCompletionCreateParams.builder()
                .model(model)
                .addSystemMessage(prompt.text())
                .addUserMessage(question);
        switch (dialect.tokenLimit()) {
            case MAX_TOKENS -> params.maxTokens(maxOutputTokens);
            case MAX_COMPLETION_TOKENS -> params.maxCompletionTokens(maxOutputTokens);
        }
        if (dialect.jsonMode()) {
            params.responseFormat(ResponseFormatJsonObject.builder().build());
        }
        if (dialect.temperature()) {
            params.temperature(0.0);
        }
        switch (dialect.thinking()) {
            case UNSAID -> {}
            case TYPE_DISABLED -> params.putAdditionalBodyProperty("thinking", json(Map.of("type", "disabled")));
            case TYPE_ENABLED -> params.putAdditionalBodyProperty("thinking", json(Map.of("type", "enabled")));
            case EFFORT_NONE -> params.reasoningEffort(ReasoningEffort.NONE);
            case EFFORT_MINIMAL -> params.reasoningEffort(ReasoningEffort.MINIMAL);
            case TEMPLATE_FLAG ->
                params.putAdditionalBodyProperty("chat_template_kwargs", json(Map.of("enable_thinking", false)));
        }
        return params.build();
    }

    private static JsonValue json(Map<String, ?> object) {
        return JsonValue.from(object);
    }

    /** Keeps the request instead of sending it. */
    private static final class Recorder implements HttpClient {
        private @Nullable Rendered rendered;

        @Override
        public HttpResponse execute(HttpRequest request, RequestOptions options) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            Objects.requireNonNull(request.body(), "body").writeTo(body);
            rendered = new Rendered(request.url(), body.toString(StandardCharsets.UTF_8));
            throw new Recorded();
        }

        @Override
        public CompletableFuture<HttpResponse> executeAsync(HttpRequest request, RequestOptions options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }

    /** Leaves openai-java's code at the point where it would wait for a response. */
    private static final class Recorded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Recorded() {
            super(null, null, false, false);
        }
    }
}

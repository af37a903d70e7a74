package io.github.hybridinference.deepseek;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hybridinference.remote.ApiKey;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the template of a model's requests, and checks what every request will contain. */
final class TemplateFactory {
    private static final Set<String> ALLOWED_FIELDS = Set.of(
            "messages",
            "model",
            "max_tokens",
            "max_completion_tokens",
            "response_format",
            "temperature",
            "thinking",
            "reasoning_effort",
            "chat_template_kwargs");

    private TemplateFactory() {}

    static RequestTemplate make(
            Endpoint endpoint,
            @Nullable ApiKey key,
            Dialect dialect,
            String model,
            Prompt prompt,
            int maxOutputTokens) {
        String gap = UUID.randomUUID().toString();
        RequestRenderer.Rendered rendered =
                RequestRenderer.render(endpoint, key, dialect, model, prompt, maxOutputTokens, gap);
        check(rendered.body(), model, prompt, gap);

        String body = rendered.body();
        if (key != null && body.contains(key.reveal())) {
            throw new IllegalArgumentException("the prompt or the model's name contains the API key");
        }
        int at = body.indexOf(gap);
        return new RequestTemplate(
                URI.create(rendered.url()).getRawPath(),
                headers(key),
                body.substring(0, at).getBytes(StandardCharsets.UTF_8),
                body.substring(at + gap.length()).getBytes(StandardCharsets.UTF_8),
                prompt);
    }

    /** All headers but those that the transport adds. None reveals the machine, the runtime or the environment. */
    static Map<String, String> headers(@Nullable ApiKey key) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("accept", "application/json");
        headers.put("content-type", "application/json");
        headers.put("user-agent", "hybrid-inference");
        if (key != null) {
            headers.put("authorization", "Bearer " + key.reveal());
        }
        return headers;
    }

    private static void check(String body, String model, Prompt prompt, String gap) {
        JsonNode root = parse(body);
        JsonNode messages = root.path("messages");
        boolean asExpected = messages.size() == 2
                && isMessage(messages.get(0), "system", prompt.text())
                && isMessage(messages.get(1), "user", gap)
                && root.path("model").asText().equals(model);
        for (Iterator<String> names = root.fieldNames(); names.hasNext(); ) {
            asExpected &= ALLOWED_FIELDS.contains(names.next());
        }
        if (!asExpected) {
            throw new IllegalStateException("openai-java wrote a request of an unexpected form");
        }
    }

    private static boolean isMessage(JsonNode message, String role, String content) {
        return message.size() == 2
                && message.path("role").asText().equals(role)
                && message.path("content").asText().equals(content);
    }

    private static JsonNode parse(String body) {
        try {
            return new ObjectMapper().readTree(body);
        } catch (IOException broken) {
            throw new IllegalStateException("openai-java wrote a request that is not JSON", broken);
        }
    }
}

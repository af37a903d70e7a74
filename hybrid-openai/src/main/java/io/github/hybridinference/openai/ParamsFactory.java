package io.github.hybridinference.openai;

import com.openai.core.JsonValue;
import com.openai.models.ReasoningEffort;
import com.openai.models.ResponseFormatJsonObject;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.github.hybridinference.remote.ChatSettings;
import java.util.Map;

/** Writes requests by openai-java's types. A field is set by its own setter where there is one: else it would be sent twice. */
final class ParamsFactory {
    private ParamsFactory() {}

    @SuppressWarnings("deprecation") // max_tokens is deprecated at OpenAI only; the other services need it
    static ChatCompletionCreateParams make(ChatSettings settings, String message) {
        ChatCompletionCreateParams.Builder params = ChatCompletionCreateParams.builder()
                .model(settings.model())
                .addSystemMessage(settings.prompt().text())
                .addUserMessage(message);
        switch (settings.dialect().tokenLimit()) {
            case MAX_TOKENS -> params.maxTokens(settings.maxOutputTokens());
            case MAX_COMPLETION_TOKENS -> params.maxCompletionTokens(settings.maxOutputTokens());
        }
        if (settings.dialect().jsonMode()) {
            params.responseFormat(ResponseFormatJsonObject.builder().build());
        }
        if (settings.dialect().temperature()) {
            params.temperature(0.0);
        }
        switch (settings.dialect().thinking()) {
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
}

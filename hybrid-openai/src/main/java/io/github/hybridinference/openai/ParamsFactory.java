package io.github.hybridinference.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.openai.core.JsonValue;
import com.openai.core.ObjectMappers;
import com.openai.models.ReasoningEffort;
import com.openai.models.ResponseFormatJsonObject;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.github.hybridinference.remote.ChatSettings;
import io.github.hybridinference.remote.Dialect;
import io.github.hybridinference.remote.ReplySchema;
import java.util.Map;

/** Writes requests by openai-java's types. A field is set by its own setter where there is one: else it would be sent twice. */
final class ParamsFactory {
    private static final ResponseFormatJsonSchema SCHEMA = ResponseFormatJsonSchema.builder()
            .jsonSchema(ResponseFormatJsonSchema.JsonSchema.builder()
                    .name(ReplySchema.NAME)
                    .strict(true)
                    .schema(schema())
                    .build())
            .build();

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
        Dialect dialect = settings.dialect();
        switch (dialect.output()) {
            case TEXT -> {}
            case JSON_OBJECT ->
                params.responseFormat(ResponseFormatJsonObject.builder().build());
            case JSON_SCHEMA -> params.responseFormat(SCHEMA);
        }
        dialect.temperature().ifPresent(params::temperature);
        dialect.reasoningEffort().ifPresent(word -> params.reasoningEffort(ReasoningEffort.of(word)));
        boolean thinks = dialect.thinks();
        switch (dialect.thinking()) {
            case UNSAID, EFFORT -> {}
            case TYPE, TYPE_AND_EFFORT ->
                params.putAdditionalBodyProperty("thinking", json(Map.of("type", thinks ? "enabled" : "disabled")));
            case TOP_LEVEL_FLAG -> params.putAdditionalBodyProperty("enable_thinking", JsonValue.from(thinks));
            case TEMPLATE_FLAG ->
                params.putAdditionalBodyProperty("chat_template_kwargs", json(Map.of("enable_thinking", thinks)));
        }
        return params.build();
    }

    private static ResponseFormatJsonSchema.JsonSchema.Schema schema() {
        try {
            return ObjectMappers.jsonMapper()
                    .readValue(ReplySchema.JSON, ResponseFormatJsonSchema.JsonSchema.Schema.class);
        } catch (JsonProcessingException ourOwnText) {
            throw new AssertionError(ourOwnText);
        }
    }

    private static JsonValue json(Map<String, ?> object) {
        return JsonValue.from(object);
    }
}

package io.github.hybridinference.openai;

import com.openai.core.JsonField;
import com.openai.core.JsonValue;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionMessage;
import io.github.hybridinference.remote.ChatReply;
import io.github.hybridinference.remote.RemoteReply.Finish;
import io.github.hybridinference.remote.TokenCounts;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a completion as openai-java has parsed it: the first choice's text and end, and the usage. Fields of a wrong type count
 * as missing, since the getters would throw exceptions that echo the value.
 */
@SuppressWarnings("deprecation") // fields that the type does not know are found in no other way
final class CompletionReader {
    private CompletionReader() {}

    /** Reads the first choice that has a message, or returns empty if there is none. */
    static Optional<ChatReply> read(ChatCompletion completion) {
        return completion._choices().asKnown().stream()
                .flatMap(List::stream)
                .filter(choice -> choice._message().asKnown().isPresent())
                .findFirst()
                .map(choice -> new ChatReply(
                        textOf(choice),
                        finishOf(choice),
                        countsOf(completion),
                        modelOf(completion),
                        completion._systemFingerprint().asKnown().orElse(null)));
    }

    static boolean hasError(ChatCompletion completion) {
        return isThere(completion._additionalProperties().get("error"))
                || isThere(completion._additionalProperties().get("base_resp"));
    }

    /** The code of the error, or its type; null if it has none. */
    static @Nullable String errorCode(ChatCompletion completion) {
        String code = textIn(completion._additionalProperties().get("error"), "code");
        if (code == null) {
            code = textIn(completion._additionalProperties().get("base_resp"), "status_code");
        }
        return code == null ? textIn(completion._additionalProperties().get("error"), "type") : code;
    }

    private static boolean isThere(@Nullable JsonValue value) {
        return value != null && !value.isNull();
    }

    private static @Nullable String textIn(@Nullable JsonValue parent, String name) {
        JsonField<?> object = parent; // JsonValue itself is a raw type to Java
        Map<String, JsonValue> fields =
                object == null ? Map.of() : object.asObject().orElse(Map.of());
        JsonField<?> value = fields.get(name);
        if (value == null) {
            return null;
        }
        String text = value.asString().orElse(null);
        Number number = value.asNumber().orElse(null);
        return text != null ? text : number != null ? String.valueOf(number) : null;
    }

    static @Nullable String modelOf(ChatCompletion completion) {
        return completion._model().asKnown().orElse(null);
    }

    static TokenCounts countsOf(ChatCompletion completion) {
        TokenCounts counts = new TokenCounts();
        completion._usage().asKnown().ifPresent(usage -> {
            take(counts, "prompt_tokens", usage._promptTokens());
            take(counts, "completion_tokens", usage._completionTokens());
            take(counts, "total_tokens", usage._totalTokens());
            take(
                    counts,
                    "prompt_cache_hit_tokens",
                    usage._additionalProperties().get("prompt_cache_hit_tokens"));
            usage._promptTokensDetails()
                    .asKnown()
                    .ifPresent(details -> take(counts, "cached_tokens", details._cachedTokens()));
            usage._completionTokensDetails()
                    .asKnown()
                    .ifPresent(details -> take(counts, "reasoning_tokens", details._reasoningTokens()));
        });
        return counts;
    }

    private static String textOf(ChatCompletion.Choice choice) {
        ChatCompletionMessage message = choice._message().asKnown().orElse(null);
        if (message == null) {
            return "";
        }
        JsonField<String> content = message._content();
        return content.asKnown().orElseGet(() -> joined(content.asArray().orElse(List.of())));
    }

    /** The texts of the parts of a content, without parts of other kinds, such as thoughts. */
    private static String joined(List<JsonValue> parts) {
        StringBuilder text = new StringBuilder();
        for (JsonValue part : parts) {
            String kind = textIn(part, "type");
            String written = textIn(part, "text");
            if (written != null && (kind == null || kind.equals("text") || kind.equals("output_text"))) {
                text.append(written);
            }
        }
        return text.toString();
    }

    /** The reason as it was written: the type's enumeration does not know DeepSeek's own. */
    private static Finish finishOf(ChatCompletion.Choice choice) {
        return Finish.of(choice._finishReason()
                .asKnown()
                .flatMap(reason -> reason._value().asKnown())
                .orElse(null));
    }

    /** Takes a whole number; one that is too long for the type's field arrives as one of unknown type. */
    private static void take(TokenCounts counts, String name, @Nullable JsonField<?> field) {
        if (field == null) {
            return;
        }
        Object known = field.asKnown().map(Object.class::cast).orElse(null);
        Number number = known instanceof Number count ? count : field.asNumber().orElse(null);
        if (number instanceof Long || number instanceof Integer || number instanceof BigInteger) {
            counts.take(name, number.doubleValue());
        }
    }
}

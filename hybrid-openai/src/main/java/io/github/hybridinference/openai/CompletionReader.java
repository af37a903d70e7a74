package io.github.hybridinference.openai;

import com.openai.core.JsonField;
import com.openai.core.JsonValue;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.completions.CompletionUsage;
import io.github.hybridinference.remote.ChatReply;
import io.github.hybridinference.remote.RemoteReply.Finish;
import io.github.hybridinference.remote.TokenCounts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a completion as openai-java has parsed it: the first choice's text and end, and the usage. Fields of a wrong type count
 * as missing, since the getters would throw exceptions that echo the value.
 */
final class CompletionReader {
    private CompletionReader() {}

    /** Reads the reply; empty if the service reports an error in its place. An object without a choice is a blank reply. */
    static Optional<ChatReply> read(ChatCompletion completion) {
        TokenCounts counts = completion._usage().asKnown().map(CompletionReader::countsOf).orElseGet(TokenCounts::new);
        String model = completion._model().asKnown().orElse(null);
        ChatCompletion.@Nullable Choice choice = completion._choices().asKnown().stream()
                .flatMap(List::stream)
                .filter(each -> each._message().asKnown().isPresent())
                .findFirst()
                .orElse(null);
        if (choice != null) {
            return Optional.of(new ChatReply(textOf(choice), finishOf(choice), counts, model));
        }
        JsonValue error = completion._additionalProperties().get("error");
        return error == null || error.isNull()
                ? Optional.of(new ChatReply("", Finish.STOP, counts, model))
                : Optional.empty();
    }
}

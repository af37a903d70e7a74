package io.github.hybridinference.examples.ownmodel;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.RequestOptions;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.TextBlock;
import com.anthropic.models.messages.Usage;
import io.github.hybridinference.remote.BlockingChatModel;
import io.github.hybridinference.remote.BlockingChatModelBuilder;
import io.github.hybridinference.remote.ChatReply;
import io.github.hybridinference.remote.HttpFailures;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Claude, by Anthropic's own client. The engine retries, so the client must not. */
final class ClaudeChat {
    private static final int MOST_TOKENS = 200;

    static BlockingChatModelBuilder over(AnthropicClient anthropic, String model) {
        AnthropicClient client = anthropic.withOptions(options -> options.maxRetries(0));
        return BlockingChatModel.builder(model, call -> {
                    var request = MessageCreateParams.builder().model(model).maxTokens(MOST_TOKENS);
                    var limits =
                            RequestOptions.builder().timeout(call.deadline().remaining());
                    request.system(call.system()).addUserMessage(call.user());
                    try {
                        return read(client.messages().create(request.build(), limits.build()));
                    } catch (AnthropicServiceException e) {
                        Function<String, List<String>> headers = e.headers()::values;
                        var first = headers.andThen(values -> values.isEmpty() ? null : values.get(0));
                        throw HttpFailures.of(e.statusCode(), first, Clock.systemUTC());
                    }
                })
                .maxOutputTokens(MOST_TOKENS);
    }

    private static ChatReply read(Message message) {
        var texts = message.content().stream().flatMap(block -> block.text().stream());
        Usage used = message.usage();
        long written = used.inputTokens() + used.cacheCreationInputTokens().orElse(0L);
        return ChatReply.of(texts.map(TextBlock::text).collect(Collectors.joining()))
                .withFinish(message.stopReason().map(StopReason::asString).orElse(null))
                .withTokens(used.cacheReadInputTokens().orElse(0L), written, used.outputTokens())
                .withServed(message.model().asString(), null);
    }
}

package io.github.hybridinference.examples.ownmodel;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import io.github.hybridinference.remote.BlockingChatModel;
import io.github.hybridinference.remote.BlockingChatModelBuilder;
import io.github.hybridinference.remote.ChatReply;

/** A chat model of LangChain4j. */
final class LangChain4jModel {
    private LangChain4jModel() {}

    static BlockingChatModelBuilder over(ChatModel client, String name) {
        return BlockingChatModel.builder(name, call -> {
            ChatResponse response = client.chat(SystemMessage.from(call.system()), UserMessage.from(call.user()));
            ChatReply reply =
                    ChatReply.of(response.aiMessage().text()).withFinish(String.valueOf(response.finishReason()));
            TokenUsage used = response.tokenUsage();
            return used == null || used.inputTokenCount() == null || used.outputTokenCount() == null
                    ? reply
                    : reply.withTokens(used.inputTokenCount(), used.outputTokenCount());
        });
    }
}

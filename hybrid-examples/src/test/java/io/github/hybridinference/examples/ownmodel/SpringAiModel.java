package io.github.hybridinference.examples.ownmodel;

import io.github.hybridinference.remote.BlockingChatModel;
import io.github.hybridinference.remote.BlockingChatModelBuilder;
import io.github.hybridinference.remote.ChatReply;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

/** A chat model of Spring AI. */
final class SpringAiModel {
    private SpringAiModel() {}

    static BlockingChatModelBuilder over(ChatModel client, String name) {
        return BlockingChatModel.builder(name, call -> {
            ChatResponse response =
                    client.call(new Prompt(new SystemMessage(call.system()), new UserMessage(call.user())));
            Usage used = response.getMetadata().getUsage();
            return ChatReply.of(response.getResult().getOutput().getText())
                    .withFinish(response.getResult().getMetadata().getFinishReason())
                    .withTokens(used.getPromptTokens(), used.getCompletionTokens());
        });
    }
}

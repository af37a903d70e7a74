package io.github.hybridinference.examples.ownmodel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.budget.PriceTable;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.remote.BlockingChatModelBuilder;
import io.github.hybridinference.remote.ChatPrompt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;

/** Each of the two answers a complex scenario of an engine, and its cost is booked. */
class OwnModelTest {
    private static final String REPLY = "{\"action\":\"BUY\",\"confidence\":0.7,\"risk\":\"low\",\"stop_loss_pct\":2,"
            + "\"take_profit_pct\":4,\"reasoning\":\"Momentum has turned.\"}";
    private static final int INPUT = 290;
    private static final int OUTPUT = 53;
    private static final int LONGEST = 30;

    private final List<String> asked = new ArrayList<>();

    @Test
    void langChain4j() {
        assertAnswers(LangChain4jModel.over(
                new dev.langchain4j.model.chat.ChatModel() {
                    @Override
                    public ChatResponse doChat(ChatRequest request) {
                        for (ChatMessage message : request.messages()) {
                            asked.add(
                                    message instanceof SystemMessage system
                                            ? system.text()
                                            : ((UserMessage) message).singleText());
                        }
                        return ChatResponse.builder()
                                .aiMessage(AiMessage.from(REPLY))
                                .finishReason(FinishReason.STOP)
                                .tokenUsage(new TokenUsage(INPUT, OUTPUT))
                                .build();
                    }
                },
                "some-model"));
    }

    @Test
    void springAi() {
        assertAnswers(SpringAiModel.over(
                new org.springframework.ai.chat.model.ChatModel() {
                    @Override
                    public org.springframework.ai.chat.model.ChatResponse call(Prompt prompt) {
                        prompt.getInstructions().forEach(message -> asked.add(message.getText()));
                        Generation generation = new Generation(
                                new AssistantMessage(REPLY),
                                ChatGenerationMetadata.builder()
                                        .finishReason("STOP")
                                        .build());
                        return new org.springframework.ai.chat.model.ChatResponse(
                                List.of(generation),
                                ChatResponseMetadata.builder()
                                        .usage(new DefaultUsage(INPUT, OUTPUT))
                                        .build());
                    }
                },
                "some-model"));
    }

    private void assertAnswers(BlockingChatModelBuilder model) {
        try (InferenceEngine engine = InferenceEngine.builder()
                .remote(model.prices(PriceTable.perMillionTokens()
                                .cachedInput("1")
                                .input("1")
                                .output("2"))
                        .build())
                .budget(Budget.perDay("1.00"))
                .timeout(Duration.ofSeconds(30))
                .ownParts()
                .build()) {
            Inference answer = engine.infer(MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                    .rsi(50)
                    .volatilityPct(2.1)
                    .build());

            assertThat(answer.source()).isEqualTo(Source.REMOTE);
            assertThat(answer.signal().action()).isEqualTo(Action.BUY);
            assertThat(engine.stats().totalCostNanoUsd()).isEqualTo(INPUT * 1_000L + OUTPUT * 2_000L);
        }
        assertThat(asked).hasSize(2);
        assertThat(asked.get(0)).isEqualTo(ChatPrompt.STANDARD.text());
        assertThat(asked.get(1)).startsWith("1h").contains("\"rsi_14\":50");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LangChain4jModel", "SpringAiModel", "ClaudeChat"})
    void takesThirtyLinesAtMost(String name) throws IOException {
        Path source = Path.of("src/test/java", getClass().getPackageName().replace('.', '/'), name + ".java");
        assertThat(Files.readString(source, StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("import ") && !line.startsWith("package "))
                        .count())
                .isLessThanOrEqualTo(LONGEST);
    }
}

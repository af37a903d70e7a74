package otherclients;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.sun.net.httpserver.HttpServer;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.openai.OpenAiModel;
import io.github.hybridinference.remote.BlockingChatModel;
import io.github.hybridinference.remote.ChatReply;
import io.github.hybridinference.remote.RemoteModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;

/** One complex scenario for each of three clients of the user's own; what they reply is made up. */
final class Main {

    private static final String REPLY = "{\"action\":\"BUY\",\"confidence\":0.7,\"risk\":\"low\",\"stop_loss_pct\":2,"
            + "\"take_profit_pct\":4,\"reasoning\":\"Momentum has turned.\"}";

    private Main() {}

    public static void main(String[] args) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/chat/completions", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] body = ("{\"model\":\"deepseek-flash\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                            + "\"content\":\"" + REPLY.replace("\"", "\\\"") + "\"},\"finish_reason\":\"stop\"}]}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl("http://127.0.0.1:" + server.getAddress().getPort())
                .apiKey("none-needed")
                .build();
        print("openai-java", OpenAiModel.over(client).ownClient().build());
        server.stop(0);

        dev.langchain4j.model.chat.ChatModel langChain4j = new dev.langchain4j.model.chat.ChatModel() {
            @Override
            public dev.langchain4j.model.chat.response.ChatResponse doChat(ChatRequest request) {
                return dev.langchain4j.model.chat.response.ChatResponse.builder()
                        .aiMessage(AiMessage.from(REPLY))
                        .build();
            }
        };
        print("langchain4j", BlockingChatModel.builder("some-model", call -> ChatReply.of(langChain4j
                        .chat(
                                dev.langchain4j.data.message.SystemMessage.from(call.system()),
                                dev.langchain4j.data.message.UserMessage.from(call.user()))
                        .aiMessage()
                        .text()))
                .build());

        org.springframework.ai.chat.model.ChatModel springAi =
                prompt -> new ChatResponse(List.of(new Generation(new AssistantMessage(REPLY))));
        print("spring-ai", BlockingChatModel.builder("some-model", call -> ChatReply.of(springAi
                        .call(new Prompt(new SystemMessage(call.system()), new UserMessage(call.user())))
                        .getResult()
                        .getOutput()
                        .getText()))
                .build());
    }

    private static void print(String client, RemoteModel model) {
        try (InferenceEngine engine = InferenceEngine.builder()
                .remote(model)
                .timeout(Duration.ofSeconds(30))
                .ownParts()
                .build()) {
            System.out.println(client + ": "
                    + engine.infer(MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                                    .rsi(50)
                                    .volatilityPct(2.1)
                                    .build())
                            .source());
        }
    }
}

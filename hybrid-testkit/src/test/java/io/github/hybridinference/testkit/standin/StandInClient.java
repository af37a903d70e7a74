package io.github.hybridinference.testkit.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What a client of the stand-in needs in a test. */
final class StandInClient {

    static final String SYSTEM = "You judge a market. Answer with one json object. ".repeat(10);

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI baseUrl;

    StandInClient(StandIn standIn) {
        this.baseUrl = standIn.baseUrl();
    }

    /** A request as the library sends it: thinking off, JSON mode, the figures in the user's message. */
    static ObjectNode question(String figures) {
        ObjectNode body = MAPPER.createObjectNode().put("model", "deepseek-flash");
        body.put("temperature", 0).put("max_tokens", 150);
        body.putObject("thinking").put("type", "disabled");
        body.putObject("response_format").put("type", "json_object");
        var messages = body.putArray("messages");
        messages.addObject().put("role", "system").put("content", SYSTEM);
        messages.addObject().put("role", "user").put("content", figures);
        return body;
    }

    HttpResponse<String> ask(String figures) {
        return send(post(question(figures).toString()));
    }

    HttpResponse<String> ask(Consumer<ObjectNode> change) {
        ObjectNode body = question("{\"rsi_14\":30}");
        change.accept(body);
        return send(post(body.toString()));
    }

    CompletableFuture<HttpResponse<String>> askAsync(String figures) {
        return http.sendAsync(post(question(figures).toString()).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    HttpRequest.Builder post(String body) {
        return request("/chat/completions").POST(HttpRequest.BodyPublishers.ofString(body));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(baseUrl.resolve(path)).header("Authorization", "Bearer test-token");
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(HttpResponse<String> response) {
        return json(response.body());
    }

    /** The text of the reply's message. */
    static String content(HttpResponse<String> response) {
        return json(response).at("/choices/0/message/content").textValue();
    }

    static String finishReason(HttpResponse<String> response) {
        return json(response).at("/choices/0/finish_reason").textValue();
    }
}

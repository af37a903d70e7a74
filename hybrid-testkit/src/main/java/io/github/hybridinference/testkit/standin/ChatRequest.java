package io.github.hybridinference.testkit.standin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.Locale;
import java.util.Set;

/**
 * What the stand-in reads of a chat completion request.
 *
 * @param system the system message, empty if there is none
 * @param rest the characters of all other messages together, for counting
 * @param question the last message of the user
 * @param thinking whether thinking is on, as it is unless switched off
 * @param maxTokens the limit of output tokens
 */
record ChatRequest(String model, String system, String rest, String question, boolean thinking, int maxTokens) {

    private static final ObjectReader READER =
            Json.MAPPER.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Names that the service no longer knows. */
    private static final Set<String> SWITCHED_OFF = Set.of("deepseek-chat", "deepseek-reasoner");

    private static final int DEFAULT_MAX_TOKENS = 4_096;

    static ChatRequest parse(String body) throws Refused {
        JsonNode root;
        try {
            root = READER.readTree(body);
        } catch (JsonProcessingException e) {
            // Without the cause: Jackson's message quotes the caller's data.
            throw new Refused("The body is not JSON.");
        }
        require(root.isObject(), "The body must be a JSON object.");
        String model = root.path("model").asText();
        require(!model.isEmpty(), "A model is required.");
        require(!SWITCHED_OFF.contains(model), "Model Not Exist");
        require(!root.path("stream").asBoolean(), "The simulated model does not stream.");
        return withMessages(root, model);
    }

    private static ChatRequest withMessages(JsonNode root, String model) throws Refused {
        JsonNode messages = root.path("messages");
        require(messages.isArray() && !messages.isEmpty(), "At least one message is required.");
        String system = "";
        String question = "";
        StringBuilder rest = new StringBuilder();
        for (JsonNode message : messages) {
            String text = text(message.path("content"));
            String role = message.path("role").asText();
            if (role.equals("system") && system.isEmpty()) {
                system = text;
            } else {
                rest.append(text);
            }
            question = role.equals("user") ? text : question;
        }
        checkFormat(root.path("response_format").path("type").asText(), system, rest.toString());
        int maxTokens = root.path("max_tokens").asInt(DEFAULT_MAX_TOKENS);
        require(maxTokens > 0, "max_tokens must be positive.");
        boolean thinking = !root.path("thinking").path("type").asText().equals("disabled");
        return new ChatRequest(model, system, rest.toString(), question, thinking, maxTokens);
    }

    private static void checkFormat(String type, String system, String rest) throws Refused {
        require(!type.equals("json_schema"), "This response_format type is unavailable now.");
        require(
                !type.equals("json_object") || saysJson(system) || saysJson(rest),
                "The prompt must contain the word 'json' to use response_format json_object.");
    }

    private static boolean saysJson(String text) {
        // The plain search is far cheaper than the copy in lower case, and nearly always finds it.
        return text.contains("json") || text.toLowerCase(Locale.ROOT).contains("json");
    }

    /** Content is a text, or a list of parts of which the text parts count. */
    private static String text(JsonNode content) {
        if (!content.isArray()) {
            return content.asText("");
        }
        StringBuilder text = new StringBuilder();
        content.forEach(part -> text.append(part.path("text").asText("")));
        return text.toString();
    }

    private static void require(boolean condition, String message) throws Refused {
        if (!condition) {
            throw new Refused(message);
        }
    }

    /** A request that the service would answer with status 400; the message is meant for the client. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }
}

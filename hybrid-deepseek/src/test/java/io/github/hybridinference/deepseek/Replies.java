package io.github.hybridinference.deepseek;

import io.github.hybridinference.deepseek.ScriptedServer.Script;
import java.nio.charset.StandardCharsets;

/** Responses as a service writes them. */
final class Replies {
    static final String CONTENT =
            "{\\\"action\\\":\\\"BUY\\\",\\\"confidence\\\":0.6,\\\"risk\\\":\\\"low\\\",\\\"stop_loss_pct\\\":2,"
                    + "\\\"take_profit_pct\\\":4,\\\"reasoning\\\":\\\"oversold\\\"}";

    static final String USAGE = "\"usage\":{\"prompt_tokens\":290,\"completion_tokens\":53,\"total_tokens\":343,"
            + "\"prompt_cache_hit_tokens\":128,\"prompt_cache_miss_tokens\":162,"
            + "\"completion_tokens_details\":{\"reasoning_tokens\":0}}";

    static final String GOOD = completion("\"" + CONTENT + "\"", "\"stop\"");

    private Replies() {}

    /** A completion with the given JSON as content and finish reason. */
    static String completion(String content, String finish) {
        return "{\"id\":\"1\",\"object\":\"chat.completion\",\"created\":1795523303,\"model\":\"deepseek-flash\","
                + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":" + content
                + "},\"logprobs\":null,\"finish_reason\":" + finish + "}]," + USAGE + "}";
    }

    static Script ok(String body) {
        return response("200 OK", "content-type: application/json\r\n", body);
    }

    static Script response(String status, String headers, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return raw("HTTP/1.1 " + status + "\r\n" + headers + "content-length: " + bytes.length + "\r\n\r\n" + body);
    }

    static Script raw(String text) {
        return (socket, out) -> out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}

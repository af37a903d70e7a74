package io.github.hybridinference.testkit.standin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.hybridinference.testkit.FaultyReplies;
import java.time.Clock;

/**
 * The reply to one chat completion request, in the service's shape.
 *
 * @param id the reply's id
 * @param hitTokens input tokens found in the simulated prefix cache
 */
record Completion(String id, ChatRequest request, int hitTokens) {

    private static final String THOUGHTS =
            "simulated model: thinking is on, so this text is counted as reasoning; switch it off to save it";

    /** The answer, cut at the request's limit of tokens. */
    byte[] answer() {
        String whole = AnswerFormula.answer(PromptValues.in(request.question()));
        String sent = TokenEstimate.upTo(Math.max(0, request.maxTokens() - reasoningTokens()), whole);
        return reply(sent, sent.length() == whole.length() ? "stop" : "length");
    }

    /** The first half of the answer, with the finish reason "length". */
    byte[] truncated() {
        String whole = AnswerFormula.answer(PromptValues.in(request.question()));
        return reply(whole.substring(0, whole.length() / 2), "length");
    }

    /** A reply with another RSI as evidence than was sent; the answer where none was sent. */
    byte[] contradiction() {
        return PromptValues.in(request.question())
                .family("rsi")
                .map(rsi -> reply(FaultyReplies.contradicting(rsi.name(), rsi.value()), "stop"))
                .orElseGet(this::answer);
    }

    /** Any content in a well-formed envelope. */
    byte[] reply(String content, String finishReason) {
        ObjectNode root = Json.MAPPER.createObjectNode();
        root.put("id", id);
        root.put("object", "chat.completion");
        root.put("created", Clock.systemUTC().instant().getEpochSecond());
        root.put("model", request.model() + "-simulated");
        ObjectNode choice = root.putArray("choices").addObject();
        choice.put("index", 0);
        ObjectNode message =
                choice.putObject("message").put("role", "assistant").put("content", content);
        if (request.thinking()) {
            message.put("reasoning_content", THOUGHTS);
        }
        choice.putNull("logprobs");
        choice.put("finish_reason", finishReason);
        usage(root.putObject("usage"), TokenEstimate.estimate(content) + reasoningTokens());
        root.put("system_fingerprint", "fp_simulated");
        return bytes(root);
    }

    private void usage(ObjectNode usage, int outputTokens) {
        int inputTokens = TokenEstimate.estimate(request.system()) + TokenEstimate.estimate(request.rest());
        usage.put("prompt_tokens", inputTokens);
        usage.put("completion_tokens", outputTokens);
        usage.put("total_tokens", inputTokens + outputTokens);
        usage.putObject("prompt_tokens_details").put("cached_tokens", hitTokens);
        usage.putObject("completion_tokens_details").put("reasoning_tokens", reasoningTokens());
        usage.put("prompt_cache_hit_tokens", hitTokens);
        usage.put("prompt_cache_miss_tokens", inputTokens - hitTokens);
    }

    private int reasoningTokens() {
        return request.thinking() ? TokenEstimate.estimate(THOUGHTS) : 0;
    }

    private static byte[] bytes(ObjectNode root) {
        try {
            return Json.MAPPER.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values could not be written", e);
        }
    }
}

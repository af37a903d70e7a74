package io.github.hybridinference.deepseek;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * The token counts of a reply. An impossible count, such as a negative one, makes all of them unknown: they are charged for,
 * and must not be guessed.
 */
final class TokenCounts {
    private static final long UNSAID = -1;
    private static final long HIGHEST = 100_000_000;

    private long prompt = UNSAID;
    private long completion = UNSAID;
    private long total = UNSAID;
    private long cacheHit = UNSAID;
    private long cached = UNSAID;
    private long reasoning = UNSAID;
    private boolean broken;

    /** Reads the value of {@code usage}; the parser must be at the field's name. */
    void read(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.START_OBJECT) {
                readDetails(json);
            } else if (value == JsonToken.VALUE_NUMBER_INT) {
                take(name, count(json));
            } else {
                json.skipChildren();
            }
        }
    }

    boolean known() {
        return !broken && prompt != UNSAID && completion != UNSAID && cachedInput() <= prompt;
    }

    long cachedInput() {
        return Math.max(0, cacheHit != UNSAID ? cacheHit : cached);
    }

    long otherInput() {
        return prompt - cachedInput();
    }

    /** Some services do not count hidden reasoning as output; all of them count it in the total. */
    long output() {
        return Math.max(completion, total - prompt);
    }

    long reasoning() {
        return Math.max(0, reasoning);
    }

    private void take(String name, long count) {
        switch (name) {
            case "prompt_tokens" -> prompt = count;
            case "completion_tokens" -> completion = count;
            case "total_tokens" -> total = count;
            case "prompt_cache_hit_tokens" -> cacheHit = count;
            default -> {}
        }
    }

    private void readDetails(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            if (json.nextToken() != JsonToken.VALUE_NUMBER_INT) {
                json.skipChildren();
            } else if (name.equals("cached_tokens")) {
                cached = count(json);
            } else if (name.equals("reasoning_tokens")) {
                reasoning = count(json);
            }
        }
    }

    private long count(JsonParser json) throws IOException {
        double count = json.getDoubleValue();
        broken |= count < 0 || count > HIGHEST;
        return broken ? UNSAID : (long) count;
    }
}

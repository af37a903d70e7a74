package io.github.hybridinference.remote;

import io.github.hybridinference.remote.RemoteReply.Finish;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ChatFunction} returns.
 *
 * @param text the content of the reply, blank if there was none; untrusted
 * @param finish why the model stopped
 * @param tokens what the call consumed, as far as it is known
 * @param model the model that answered, or null if the client does not say
 * @param fingerprint the service's {@code system_fingerprint}, or null if the client does not say
 * @since 0.1.0
 */
public record ChatReply(
        String text,
        Finish finish,
        TokenCounts tokens,
        @Nullable String model,
        @Nullable String fingerprint) {
    /**
     * Refuses null.
     *
     * @param text the content of the reply
     * @param finish why the model stopped
     * @param tokens what the call consumed
     * @param model the model that answered, or null
     * @param fingerprint the service's {@code system_fingerprint}, or null
     */
    public ChatReply {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(finish, "finish");
        Objects.requireNonNull(tokens, "tokens");
    }

    /**
     * Makes a complete reply of unknown cost: it is charged with all that was reserved for the call.
     *
     * @param text the content, null for none
     * @return the reply
     */
    public static ChatReply of(@Nullable String text) {
        return new ChatReply(text == null ? "" : text, Finish.STOP, new TokenCounts(), null, null);
    }

    /**
     * Adds what the call consumed. A client that reports no usage at all often says zero, which is not known to be free:
     * two zeros are taken as unknown.
     *
     * @param input tokens of both messages
     * @param output tokens of the reply, hidden reasoning included
     * @return a copy
     */
    public ChatReply withTokens(long input, long output) {
        return withTokens(0, input, output);
    }

    /**
     * Adds what the call consumed, where the client says how much of the input the service found in its prefix cache.
     *
     * @param cachedInput tokens of input found in the cache
     * @param otherInput all other tokens of input, those written to the cache included
     * @param output tokens of the reply, hidden reasoning included
     * @return a copy
     */
    public ChatReply withTokens(long cachedInput, long otherInput, long output) {
        TokenCounts counts = new TokenCounts();
        if (cachedInput != 0 || otherInput != 0 || output != 0) {
            counts = TokenCounts.of(cachedInput + otherInput, output);
            counts.take("cached_tokens", (double) cachedInput);
        }
        return new ChatReply(text, finish, counts, model, fingerprint);
    }

    /**
     * Adds who answered. Cached answers of a version are not given any more once a later one was seen.
     *
     * @param name the model as the service names it, or null
     * @param mark the service's {@code system_fingerprint}, or null
     * @return a copy
     */
    public ChatReply withServed(@Nullable String name, @Nullable String mark) {
        return new ChatReply(text, finish, tokens, name, mark);
    }

    /**
     * Adds why the model stopped.
     *
     * @param reason the reason as OpenAI's protocol or Claude's spells it, in any case; null or another word is an unknown one
     * @return a copy
     */
    public ChatReply withFinish(@Nullable String reason) {
        Finish known = Finish.of(reason == null ? null : reason.toLowerCase(Locale.ROOT));
        return new ChatReply(text, known, tokens, model, fingerprint);
    }

    /** The reason and the size; never the text, which is untrusted. */
    @Override
    public String toString() {
        return "ChatReply[" + finish + ", " + text.length() + " characters]";
    }
}

package io.github.hybridinference.remote;

import io.github.hybridinference.model.Usage;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a model sent back, unread.
 *
 * @param text the content of the reply, blank if there was none; untrusted
 * @param finish why the model stopped
 * @param usage what the attempt consumed
 * @param model the model that answered, as the service names it
 * @param fingerprint the service's {@code system_fingerprint}, which changes with the model's version or what it runs on, or
 *     null if there is none; one that is not 1 to 64 visible ASCII characters without quotes, {@code <>&} and {@code \},
 *     is dropped
 * @since 0.1.0
 */
public record RemoteReply(
        String text,
        Finish finish,
        Usage usage,
        String model,
        @Nullable String fingerprint) {
    private static final Pattern FINGERPRINT = Pattern.compile("[!-~&&[^\"'`<>&\\\\]]{1,64}");

    /** Why a model stopped writing. */
    public enum Finish {
        /** It was done. */
        STOP,
        /** It ran into the limit of tokens, maybe behind a complete answer. */
        LENGTH,
        /** The provider filtered the reply. */
        CONTENT_FILTER,
        /** It wanted to call a tool, though none was offered. */
        TOOL_CALLS,
        /** The provider ran out of capacity. */
        INSUFFICIENT_RESOURCES,
        /** The provider reported an error in the middle. */
        ERROR,
        /** The provider gave no reason or one that is not known; the reply is judged by its text alone. */
        UNKNOWN;

        /**
         * Reads the {@code finish_reason} of OpenAI's protocol, DeepSeek's included, or Claude's {@code stop_reason}.
         *
         * @param reason the reason as the service spells it, or null
         * @return {@link #UNKNOWN} for null and for everything else that is not known
         */
        public static Finish of(@Nullable String reason) {
            return switch (String.valueOf(reason)) {
                case "stop", "end_turn", "stop_sequence" -> STOP;
                case "length", "max_tokens" -> LENGTH;
                case "content_filter", "sensitive", "refusal" -> CONTENT_FILTER;
                case "error" -> ERROR;
                case "tool_calls", "function_call", "tool_use" -> TOOL_CALLS;
                case "insufficient_system_resource" -> INSUFFICIENT_RESOURCES;
                default -> UNKNOWN;
            };
        }
    }

    /**
     * Checks that all are there.
     *
     * @param text the content of the reply
     * @param finish why the model stopped
     * @param usage what the attempt consumed
     * @param model the model that answered
     * @param fingerprint the service's {@code system_fingerprint}, or null
     */
    public RemoteReply {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(finish, "finish");
        Objects.requireNonNull(usage, "usage");
        Objects.requireNonNull(model, "model");
        if (fingerprint != null && !FINGERPRINT.matcher(fingerprint).matches()) {
            fingerprint = null;
        }
    }

    /**
     * Makes a reply without a fingerprint.
     *
     * @param text the content of the reply
     * @param finish why the model stopped
     * @param usage what the attempt consumed
     * @param model the model that answered
     */
    public RemoteReply(String text, Finish finish, Usage usage, String model) {
        this(text, finish, usage, model, null);
    }

    /** The reason and the size; never the text, which is untrusted. */
    @Override
    public String toString() {
        return "RemoteReply[" + finish + ", " + text.length() + " characters, " + model + "]";
    }
}

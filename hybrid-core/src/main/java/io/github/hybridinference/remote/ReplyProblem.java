package io.github.hybridinference.remote;

/**
 * What was wrong with a reply; a closed set, fit for a metric's tag.
 *
 * @since 0.1.0
 */
public enum ReplyProblem {
    /** Nothing but white space. */
    BLANK(true, "Your last reply was empty. Reply with the json object alone."),
    /** Cut off: by the limit of tokens, or in the middle of the object, even if the service reports it as complete. */
    TRUNCATED(true, "Your last reply was cut off. Reply with the json object alone and keep the reasoning short."),
    /** The provider ran out of capacity in the middle. */
    INSUFFICIENT_RESOURCES(true, ""),
    /** The provider filtered the reply. */
    FILTERED(false, ""),
    /** The provider ended the reply with an error. */
    PROVIDER_ERROR(true, ""),
    /** The model stopped to call a tool. */
    UNKNOWN_FINISH(false, ""),
    /** More than 65,536 characters. */
    TOO_LARGE(false, ""),
    /** No JSON object in it. */
    NO_OBJECT(false, ""),
    /** More than one JSON object in it. */
    SEVERAL_OBJECTS(false, ""),
    /**
     * Text around the object other than a fence, a block of thoughts or a label of at most three words: it may take the
     * object back, as a refusal with an example in it does.
     */
    PROSE(false, ""),
    /** A {@code <think>} that is never closed, or tags of more than one such block. */
    UNCLOSED_THINK(false, ""),
    /** Not well-formed JSON, or with duplicate keys, or nested, or inside a list. */
    MALFORMED(false, ""),
    /** No action, or one that is not BUY, SELL or HOLD. */
    BAD_ACTION(false, ""),
    /** No confidence, or one outside [0, 1], or one below 0.01 where the action is not HOLD. */
    BAD_CONFIDENCE(false, ""),
    /** No risk, or one that is not low, medium or high. */
    BAD_RISK(false, ""),
    /**
     * A stop or a target above 50 % or too close to the price to be one, or missing where the action is not HOLD. The
     * least distance is a twentieth of the volatility that was sent, at least 0.005 %, and 0.05 % where none was sent:
     * below it, a fraction was mistaken for percent.
     */
    BAD_DISTANCE(false, ""),
    /** No reasoning, or one that is not text, or nothing that can be seen. */
    BAD_REASONING(false, ""),
    /** The reasoning claims a current figure that differs from the one sent. */
    CONTRADICTED(false, "");

    private final boolean worthRetrying;
    private final String complaint;

    ReplyProblem(boolean worthRetrying, String complaint) {
        this.worthRetrying = worthRetrying;
        this.complaint = complaint;
    }

    /**
     * Tells whether asking again may help.
     *
     * @return true for replies that never came through whole
     */
    public boolean isWorthRetrying() {
        return worthRetrying;
    }

    /**
     * Returns what to tell the model before it is asked again.
     *
     * @return one or two sentences, or empty if there is nothing to say
     */
    public String complaint() {
        return complaint;
    }
}

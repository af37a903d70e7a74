package io.github.hybridinference.remote;

/**
 * What was wrong with a reply; a closed set, fit for a metric's tag.
 *
 * @since 0.1.0
 */
public enum ReplyProblem {
    /** Nothing but white space. */
    BLANK(true, "Your last reply was empty. Reply with the json object alone.", Cures.SHORT),
    /** Cut off: by the limit of tokens, or in the middle of the object, even if the service reports it as complete. */
    TRUNCATED(
            true,
            "Your last reply was cut off. Reply with the json object alone and keep the reasoning short.",
            Cures.SHORT),
    /** The provider ran out of capacity in the middle. */
    INSUFFICIENT_RESOURCES(true, "", Cures.LATER),
    /** The provider filtered the reply. */
    FILTERED(false, "", "the provider filters such requests: choose another one"),
    /** The provider ended the reply with an error. */
    PROVIDER_ERROR(true, "", Cures.LATER),
    /** The model stopped to call a tool. */
    UNKNOWN_FINISH(false, "", "choose a model or an endpoint that brings no tools of its own"),
    /** More than 65,536 characters. */
    TOO_LARGE(false, "", "lower maxOutputTokens"),
    /** No JSON object in it. */
    NO_OBJECT(false, "", Cures.JSON),
    /** More than one JSON object in it. */
    SEVERAL_OBJECTS(false, "", Cures.JSON),
    /**
     * Text around the object other than a fence, a block of thoughts or a label of at most three words: it may take the
     * object back, as a refusal with an example in it does.
     */
    PROSE(false, "", Cures.JSON),
    /** A {@code <think>} that is never closed, or tags of more than one such block. */
    UNCLOSED_THINK(false, "", Cures.SHORT),
    /** Not well-formed JSON, or with duplicate keys, or nested, or inside a list. */
    MALFORMED(false, "", Cures.JSON),
    /** No action, or one that is not BUY, SELL or HOLD. */
    BAD_ACTION(false, "", Cures.FIELDS),
    /** No confidence, or one outside [0, 1], or one below 0.01 where the action is not HOLD. */
    BAD_CONFIDENCE(false, "", Cures.FIELDS),
    /** No risk, or one that is not low, medium or high. */
    BAD_RISK(false, "", Cures.FIELDS),
    /**
     * A stop or a target above 50 % or too close to the price to be one, or missing where the action is not HOLD. The
     * least distance is a twentieth of the volatility that was sent, at least 0.005 %, and 0.05 % where none was sent:
     * below it, a fraction was mistaken for percent.
     */
    BAD_DISTANCE(false, "", Cures.FIELDS),
    /** Evidence that is not an object of numbers under names, or none where the verifier requires some. */
    BAD_EVIDENCE(false, "", Cures.FIELDS),
    /**
     * The evidence names a figure that was not sent, or gives another value than was sent; or the sentence advises another trade
     * than the verdict.
     */
    CONTRADICTED(false, "", "if it happens often, choose a model that keeps to the figures that it is given");

    private final boolean worthRetrying;
    private final String complaint;
    private final String cure;

    ReplyProblem(boolean worthRetrying, String complaint, String cure) {
        this.worthRetrying = worthRetrying;
        this.complaint = complaint;
        this.cure = cure;
    }

    private static final class Cures {
        static final String SHORT = "switch the model's thinking off, or raise maxOutputTokens";
        static final String LATER = "none if it passes; else look at the provider's status page";
        static final String JSON = "choose a dialect with JSON mode, or a model that follows the prompt";
        static final String FIELDS =
                "choose a model that follows the prompt; a prompt of your own must ask for the same fields and ranges";
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

    /**
     * Returns what the owner of the engine can do about it, if it happens often.
     *
     * @return a clause without a full stop
     */
    public String cure() {
        return cure;
    }
}

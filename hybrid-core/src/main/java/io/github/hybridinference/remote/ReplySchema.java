package io.github.hybridinference.remote;

/**
 * The form of a reply as a JSON schema, for services that hold a model to one ({@link Dialect.Output#JSON_SCHEMA}). It keeps
 * to what all of them understand: ranges are left to the engine's verifier, HOLD has distances of 0, and evidence is a list,
 * since an object with names of the model's choice is refused by some.
 *
 * @since 0.1.0
 */
public final class ReplySchema {
    /** The schema's name, which some services show to the model. */
    public static final String NAME = "signal";

    /** The schema, in one line. */
    public static final String JSON = "{\"type\":\"object\",\"properties\":{"
            + "\"action\":{\"type\":\"string\",\"enum\":[\"BUY\",\"SELL\",\"HOLD\"]},"
            + "\"confidence\":{\"type\":\"number\"},"
            + "\"risk\":{\"type\":\"string\",\"enum\":[\"low\",\"medium\",\"high\"]},"
            + "\"stop_loss_pct\":{\"type\":\"number\"},"
            + "\"take_profit_pct\":{\"type\":\"number\"},"
            + "\"evidence\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{"
            + "\"name\":{\"type\":\"string\"},\"value\":{\"type\":\"number\"}},"
            + "\"required\":[\"name\",\"value\"],\"additionalProperties\":false}},"
            + "\"reasoning\":{\"type\":\"string\"}},"
            + "\"required\":[\"action\",\"confidence\",\"risk\",\"stop_loss_pct\",\"take_profit_pct\",\"evidence\","
            + "\"reasoning\"],"
            + "\"additionalProperties\":false}";

    private ReplySchema() {}
}

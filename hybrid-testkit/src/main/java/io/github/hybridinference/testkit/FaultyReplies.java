package io.github.hybridinference.testkit;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/**
 * Texts of replies that must not be believed, for {@link FakeModel} and the stand-in. Thread-safe.
 *
 * @since 0.1.0
 */
public final class FaultyReplies {
    private static final double RSI_RANGE = 100;

    private FaultyReplies() {}

    /**
     * Returns the text of a complete reply whose content is at fault.
     *
     * @param fault REFUSAL, MALFORMED or OUT_OF_RANGE
     * @return what the model writes
     * @throws IllegalArgumentException for the other faults, which are not a matter of the text alone
     */
    public static String text(Fault fault) {
        return switch (fault) {
            case REFUSAL -> "I'm sorry, but I cannot give financial advice.";
            case MALFORMED -> "{\"action\":\"HOLD\",\"confidence\":0.6,\"risk\":low,\"reasoning\":\"unquoted\"}";
            case OUT_OF_RANGE ->
                "{\"action\":\"HOLD\",\"confidence\":7.5,\"risk\":\"low\",\"reasoning\":\"Very sure.\"}";
            default -> throw new IllegalArgumentException(fault + " is not a matter of the reply's text alone");
        };
    }

    /**
     * Writes a reply whose evidence is another RSI than was sent.
     *
     * @param name the name under which the RSI was sent
     * @param sent its value
     * @return what the model writes
     */
    public static String contradicting(String name, double sent) {
        long claimed = Math.round(sent > RSI_RANGE / 2 ? sent - RSI_RANGE / 2 : sent + RSI_RANGE / 2);
        StringBuilder json =
                new StringBuilder("{\"action\":\"HOLD\",\"confidence\":0.6,\"risk\":\"medium\",\"evidence\":{\"");
        JsonStringEncoder.getInstance().quoteAsString(name, json);
        return json.append("\":")
                .append(claimed)
                .append("},\"reasoning\":\"Momentum says so.\"}")
                .toString();
    }
}

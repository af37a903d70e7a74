package io.github.hybridinference.eval.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * The version of a journal's lines.
 *
 * <p>Version 1 has no version field. Version 2 has one, and the degradation {@code BUDGET_UNREACHABLE}. Version 3 has the
 * evidence of a model's answer and its commentary, the degradation {@code PAUSED}, and lines of the kind {@code "event":"remote_switch"}; what versions 1 and 2 call reasoning is
 * the model's commentary. An entry whose scenario was drawn by chance has a {@code propensity}, which a reader that does not know
 * it leaves out without harm to the rest. A change that a
 * reader of the version before would misread or skip, a new enum constant included, needs a new version here and frozen
 * lines of it among the test resources.
 */
final class JournalFormat {
    static final int VERSION = 3;
    static final String FIELD = "format";

    private static final int FIRST = 1;
    private static final JsonFactory JSON = new JsonFactory();

    private JournalFormat() {}

    /** Whether this release knows the version of an entry. */
    static boolean isKnown(JsonNode entry) {
        JsonNode version = entry.get(FIELD);
        return version == null
                || (version.isIntegralNumber()
                        && version.canConvertToInt()
                        && version.intValue() >= FIRST
                        && version.intValue() <= VERSION);
    }

    /** Refuses a line of a later version, even one that was cut off after its version. */
    static void requireNotLater(String line, String file, long number) throws IOException {
        BigInteger version = versionOf(line);
        if (version != null && version.compareTo(BigInteger.valueOf(VERSION)) > 0) {
            throw new IOException(file + ", line " + number + " has format version " + version
                    + ", and this release reads versions " + FIRST + " to " + VERSION
                    + ": read the journal with the release that wrote it, or a later one");
        }
    }

    /** The version that a line states, wherever it stands in it; null if it states none. Builds no tree. */
    private static @Nullable BigInteger versionOf(String line) {
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean isVersion = FIELD.equals(json.currentName());
                JsonToken value = json.nextToken();
                if (isVersion) {
                    return value == JsonToken.VALUE_NUMBER_INT ? json.getBigIntegerValue() : null;
                }
                json.skipChildren();
            }
            return null;
        } catch (IOException cutOff) {
            return null; // its version is not known, and it is skipped and reported as any other torn line
        }
    }
}

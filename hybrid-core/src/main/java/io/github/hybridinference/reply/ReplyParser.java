package io.github.hybridinference.reply;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.remote.ReplyProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a reply from one flat JSON object.
 *
 * <p>Standard JSON only, each key once, no value converted to another kind. A key that was not asked for is passed over
 * if its value is plain: it cannot change the signal, and the answer has been paid for. A known key in other letter
 * case is refused: next to the right one it would be a duplicate, alone a guess.
 */
final class ReplyParser {
    /** The longest reply that is looked at, in characters. */
    static final int MAX_LENGTH = 65_536;

    private static final Set<String> KEYS =
            Set.of("action", "confidence", "risk", "stop_loss_pct", "take_profit_pct", "reasoning");

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1)
                    .maxDocumentLength(MAX_LENGTH)
                    .maxStringLength(MAX_LENGTH)
                    .maxTokenCount(64)
                    .maxNumberLength(100)
                    .maxNameLength(64)
                    .build())
            // a table of names that outlives the call would be filled by strangers
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private final JsonParser json;
    private final ReplyFields fields = new ReplyFields();

    /** So few that looking through them costs less than a set, which Jackson would make of them. */
    private final List<String> seen = new ArrayList<>(KEYS.size());

    private ReplyParser(JsonParser json) {
        this.json = json;
    }

    /**
     * Reads an object.
     *
     * @param object from its opening to its closing brace, or to where it was cut off
     */
    static ReplyFields read(String object) throws UnusableReply {
        try (JsonParser json = FACTORY.createParser(object)) {
            return new ReplyParser(json).fields();
        } catch (JsonEOFException cutOff) {
            throw new UnusableReply(ReplyProblem.TRUNCATED);
        } catch (IOException malformed) {
            // not passed on: its message repeats what it stumbled over
            throw new UnusableReply(ReplyProblem.MALFORMED);
        }
    }

    private ReplyFields fields() throws IOException, UnusableReply {
        json.nextToken();
        for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
            if (seen.contains(key)) {
                throw new UnusableReply(ReplyProblem.MALFORMED);
            }
            seen.add(key);
            readField(key, json.nextToken());
        }
        return fields;
    }

    private void readField(String key, JsonToken kind) throws IOException, UnusableReply {
        if (kind.isStructStart()) {
            throw new UnusableReply(ReplyProblem.MALFORMED);
        }
        switch (key) {
            case "action" -> fields.action = actionOf(word(kind));
            case "confidence" -> fields.confidence = number(kind);
            case "risk" -> fields.risk = riskOf(word(kind));
            case "stop_loss_pct" -> fields.stopLossPct = distance(kind);
            case "take_profit_pct" -> fields.takeProfitPct = distance(kind);
            case "reasoning" -> fields.reasoning = PlainText.clean(text(kind));
            default -> {
                if (KEYS.contains(key.toLowerCase(Locale.ROOT))) {
                    throw new UnusableReply(ReplyProblem.MALFORMED);
                }
            }
        }
    }

    private String text(JsonToken kind) throws IOException {
        return kind == JsonToken.VALUE_STRING ? json.getText() : "";
    }

    private String word(JsonToken kind) throws IOException {
        return text(kind).strip();
    }

    private double number(JsonToken kind) throws IOException {
        return kind.isNumeric() ? json.getDoubleValue() : Double.NaN;
    }

    private double distance(JsonToken kind) throws IOException {
        if (kind == JsonToken.VALUE_NULL) {
            return Double.NaN;
        }
        return kind.isNumeric() ? json.getDoubleValue() : ReplyFields.NOT_A_DISTANCE;
    }

    private static @Nullable Action actionOf(String word) {
        if (isWord(word, "buy") || word.equals("买入")) {
            return Action.BUY;
        }
        if (isWord(word, "sell") || word.equals("卖出")) {
            return Action.SELL;
        }
        return isWord(word, "hold") || word.equals("持有") || word.equals("观望") ? Action.HOLD : null;
    }

    private static @Nullable RiskLevel riskOf(String word) {
        if (isWord(word, "low") || word.equals("低")) {
            return RiskLevel.LOW;
        }
        if (isWord(word, "medium") || word.equals("中")) {
            return RiskLevel.MEDIUM;
        }
        return isWord(word, "high") || word.equals("高") ? RiskLevel.HIGH : null;
    }

    /** Compares without regard to case, of ASCII letters only: {@code equalsIgnoreCase} takes a long s for an S. */
    private static boolean isWord(String word, String lowerCase) {
        if (word.length() != lowerCase.length()) {
            return false;
        }
        for (int i = 0; i < lowerCase.length(); i++) {
            char c = word.charAt(i);
            if (c != lowerCase.charAt(i) && c != lowerCase.charAt(i) - ('a' - 'A')) {
                return false;
            }
        }
        return true;
    }
}

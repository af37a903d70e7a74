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
 * Reads the fields of a reply from one JSON object, which is flat but for the evidence.
 *
 * <p>Standard JSON only, each key once, no value converted to another kind. A key that was not asked for is passed over
 * if its value is plain: it cannot change the signal, and the answer has been paid for. A known key in another spelling is
 * refused: next to the right one it would be a duplicate, alone a guess. Only the model's sentence may be of any kind; one
 * that is no text counts as none.
 */
final class ReplyParser {
    /** The longest reply that is looked at, in characters. */
    static final int MAX_LENGTH = 65_536;

    private static final Set<String> KEYS =
            Set.of("action", "confidence", "risk", "stop_loss_pct", "take_profit_pct", "evidence");

    /** Of the object, its evidence, and an element of a list or the percentages of that. */
    private static final int MAX_DEPTH = 3;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
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
        if (kind.isStructStart() && !key.equals("evidence") && !key.equals("reasoning")) {
            throw new UnusableReply(ReplyProblem.MALFORMED);
        }
        switch (key) {
            case "action" -> fields.action = actionOf(word(kind));
            case "confidence" -> fields.confidence = number(kind);
            case "risk" -> fields.risk = riskOf(word(kind));
            case "stop_loss_pct" -> fields.stopLossPct = distance(kind);
            case "take_profit_pct" -> fields.takeProfitPct = distance(kind);
            case "evidence" -> readEvidence(kind);
            case "reasoning" -> {
                fields.words = text(kind);
                json.skipChildren();
            }
            default -> readUnknown(key, kind);
        }
    }

    private void readUnknown(String key, JsonToken kind) throws IOException, UnusableReply {
        if (KEYS.contains(lettersOf(key))) {
            throw new UnusableReply(ReplyProblem.MALFORMED);
        }
        Action advised = actionOf(word(kind));
        if (advised != null) {
            if (fields.secondVerdict != null && fields.secondVerdict != advised) {
                throw new UnusableReply(ReplyProblem.BAD_ACTION);
            }
            fields.secondVerdict = advised;
        }
    }

    /** The ASCII letters and underscores of a key, in lower case. */
    private static String lettersOf(String key) {
        StringBuilder letters = new StringBuilder(key.length());
        String lowerCase = key.toLowerCase(Locale.ROOT);
        for (int i = 0; i < lowerCase.length(); i++) {
            char c = lowerCase.charAt(i);
            if ((c >= 'a' && c <= 'z') || c == '_') {
                letters.append(c);
            }
        }
        return letters.toString();
    }

    private void readEvidence(JsonToken kind) throws IOException, UnusableReply {
        switch (kind) {
            case START_OBJECT -> readNamedEvidence(false);
            case START_ARRAY -> readListedEvidence();
            case VALUE_NULL -> {
                // none
            }
            default -> throw new UnusableReply(ReplyProblem.BAD_EVIDENCE);
        }
    }

    /** Reads values under names. Those of percentages may stand in an object of their own, as in the question. */
    private void readNamedEvidence(boolean percent) throws IOException, UnusableReply {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken kind = json.nextToken();
            if (kind == JsonToken.START_OBJECT && name.equals("%") && !percent) {
                readNamedEvidence(true);
            } else {
                claim(name, percent, kind);
            }
        }
    }

    /** Reads the form in which services write evidence that hold a model to a schema: a list of names and values. */
    private void readListedEvidence() throws IOException, UnusableReply {
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_OBJECT
                    || !"name".equals(json.nextFieldName())
                    || json.nextToken() != JsonToken.VALUE_STRING) {
                throw new UnusableReply(ReplyProblem.BAD_EVIDENCE);
            }
            String name = json.getText();
            if (!"value".equals(json.nextFieldName())) {
                throw new UnusableReply(ReplyProblem.BAD_EVIDENCE);
            }
            claim(name, false, json.nextToken());
            if (json.nextToken() != JsonToken.END_OBJECT) {
                throw new UnusableReply(ReplyProblem.BAD_EVIDENCE);
            }
        }
    }

    /** Takes a figure; null claims nothing, and what is no number is never that of the figure. */
    private void claim(String name, boolean percent, JsonToken kind) throws IOException, UnusableReply {
        if (kind.isStructStart()) {
            throw new UnusableReply(ReplyProblem.BAD_EVIDENCE);
        }
        ReplyFields.Claim claim = new ReplyFields.Claim(name, percent, number(kind));
        for (ReplyFields.Claim before : fields.evidence) {
            if (before.isOfSameName(claim)) {
                throw new UnusableReply(ReplyProblem.MALFORMED);
            }
        }
        if (kind != JsonToken.VALUE_NULL) {
            fields.evidence.add(claim);
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

package io.github.hybridinference.examples.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.model.Vocabulary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests. The snapshot drops and counts what is not a feature of the catalogue; only a body that is not JSON or lacks
 * a required field is refused.
 */
final class RequestReader {
    /** The largest number of snapshots in one batch. */
    static final int MAX_BATCH = 100;

    private static final Pattern SYMBOL = Pattern.compile("(?! *$)[A-Za-z0-9.^=/:_ -]{1,64}");
    private static final Set<String> OWN = Set.of("symbol", "timeframe", "timeout_ms", "timeoutMs", "vocabulary");
    private static final String VOCABULARIES =
            Arrays.stream(Vocabulary.values()).map(Enum::name).collect(Collectors.joining(", "));

    private final Feature[] custom;
    private final int longestTimeoutMs;

    RequestReader(List<Feature> custom, int longestTimeoutMs) {
        this.longestTimeoutMs = longestTimeoutMs;
        this.custom = custom.toArray(new Feature[0]);
    }

    InferenceRequest one(byte[] body) throws BadRequest {
        if (beginsWith('[', body)) {
            throw BadRequest.json("the body must be an object");
        }
        return question(parse(JsonLimits.JSON, body), "");
    }

    List<InferenceRequest> batch(byte[] body) throws BadRequest {
        if (beginsWith('{', body)) { // before the costly part
            throw BadRequest.json("the body must be an array of questions");
        }
        if (!(parse(JsonLimits.BATCHES, body) instanceof List<?> items)) {
            throw BadRequest.json("the body must be an array of questions");
        }
        if (items.isEmpty() || items.size() > MAX_BATCH) {
            throw new BadRequest(400, "invalid_batch", "a batch holds 1 to " + MAX_BATCH + " questions");
        }
        List<InferenceRequest> questions = new ArrayList<>(items.size());
        for (Object item : items) {
            questions.add(question(item, "[" + questions.size() + "]."));
        }
        return questions;
    }

    private static boolean beginsWith(char bracket, byte[] body) {
        for (byte letter : body) {
            if (letter > ' ') {
                return letter == bracket;
            }
        }
        return false;
    }

    private static @Nullable Object parse(JsonMapper json, byte[] body) throws BadRequest {
        try {
            return json.readValue(body, Object.class);
        } catch (StreamConstraintsException tooMuch) {
            throw BadRequest.json("the body is nested deeper than " + JsonLimits.MAX_DEPTH
                    + " levels, has too many figures, or holds a number or name that is too long");
        } catch (JsonProcessingException echoesTheBody) {
            throw BadRequest.json("the body is not valid JSON, or has a name twice");
        } catch (IOException impossible) {
            throw BadRequest.json("the body cannot be read");
        }
    }

    private InferenceRequest question(@Nullable Object item, String where) throws BadRequest {
        if (!(item instanceof Map<?, ?> fields)) {
            throw BadRequest.json(where.isEmpty() ? "the body must be an object" : where + " must be an object");
        }
        MarketSnapshot.Builder builder = MarketSnapshot.builder(symbol(fields, where), timeframe(fields, where))
                .accepting(custom);
        Vocabulary vocabulary = vocabulary(fields, where);
        MarketSnapshot snapshot = vocabulary == null
                ? builder.features(figures(fields)).build()
                : builder.features(figures(fields), vocabulary).build();
        return new InferenceRequest(snapshot, timeout(fields, where));
    }

    /** Whose names the figures have; null if it is not said. */
    private static @Nullable Vocabulary vocabulary(Map<?, ?> fields, String where) throws BadRequest {
        Object name = fields.get("vocabulary");
        if (name == null) {
            return null;
        }
        for (Vocabulary vocabulary : Vocabulary.values()) {
            if (name instanceof String text && vocabulary.name().equalsIgnoreCase(text)) {
                return vocabulary;
            }
        }
        throw BadRequest.field(where + "vocabulary", "must be one of " + VOCABULARIES);
    }

    private static String symbol(Map<?, ?> fields, String where) throws BadRequest {
        Object symbol = fields.get("symbol");
        if (!(symbol instanceof String text) || !SYMBOL.matcher(text).matches()) {
            throw BadRequest.field(
                    where + "symbol", "must be 1 to 64 letters, digits, spaces or .^=/:_-, such as BTC-USDT");
        }
        return text;
    }

    private static Timeframe timeframe(Map<?, ?> fields, String where) throws BadRequest {
        Object timeframe = fields.get("timeframe");
        return (timeframe instanceof String text ? Timeframe.find(text) : Optional.<Timeframe>empty())
                .orElseThrow(() ->
                        BadRequest.field(where + "timeframe", "must be one of 1m, 5m, 15m, 30m, 1h, 2h, 4h, 1d, 1w"));
    }

    private OptionalInt timeout(Map<?, ?> fields, String where) throws BadRequest {
        Object timeout = fields.containsKey("timeout_ms") ? fields.get("timeout_ms") : fields.get("timeoutMs");
        if (timeout == null) {
            return OptionalInt.empty();
        }
        if (timeout instanceof Integer ms && ms > 0 && ms <= longestTimeoutMs) {
            return OptionalInt.of(ms);
        }
        throw BadRequest.field(
                where + "timeout_ms",
                "must be a whole number from 1 to " + longestTimeoutMs
                        + ", the longest that a call to the model may take: 10000, or INFERENCE_TIMEOUT_MS where it is longer");
    }

    private static Map<String, Object> figures(Map<?, ?> fields) {
        Map<String, Object> figures = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (name instanceof String text && !OWN.contains(text)) {
                figures.put(text, value);
            }
        });
        return figures;
    }
}

package io.github.hybridinference.testkit.standin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The numbers found in a prompt, by name, in the order in which they stand there.
 *
 * <p>It does not depend on the wording of the prompt: the first JSON object in the text that holds a number is taken, with
 * the numbers of nested objects; the text around it is ignored. Names in an object called {@code %} lack their
 * ending {@code _pct}, and get it back.
 */
final class PromptValues {

    /** So that a text full of braces does not block the event loop. */
    private static final int MAX_ATTEMPTS = 32;

    private static final ObjectReader READER = Json.MAPPER.readerFor(JsonNode.class);

    private final Map<String, JsonNode> byName;

    private PromptValues(Map<String, JsonNode> byName) {
        this.byName = byName;
    }

    static PromptValues in(String text) {
        Map<String, JsonNode> found = new LinkedHashMap<>();
        int brace = text.indexOf('{');
        for (int attempt = 0; brace >= 0 && found.isEmpty() && attempt < MAX_ATTEMPTS; attempt++) {
            try {
                // Reads one value and leaves what follows it.
                collect(READER.readTree(text.substring(brace)), "", found);
            } catch (JsonProcessingException notJson) {
                // Not an object after all; the next brace may open one.
            }
            brace = text.indexOf('{', brace + 1);
        }
        return new PromptValues(found);
    }

    private static void collect(JsonNode object, String ending, Map<String, JsonNode> found) {
        object.properties().forEach(field -> {
            if (field.getValue().isNumber()) {
                found.putIfAbsent(field.getKey().toLowerCase(Locale.ROOT) + ending, field.getValue());
            } else if (field.getValue().isObject()) {
                collect(field.getValue(), field.getKey().equals("%") ? "_pct" : "", found);
            }
        });
    }

    /** The value whose name equals the family, or is the family with a period or timeframe after it. */
    Optional<PromptValue> family(String family) {
        String withSuffix = family + "_";
        return first(name -> name.equals(family) || name.startsWith(withSuffix));
    }

    /** The first value whose name satisfies the condition. */
    Optional<PromptValue> first(Predicate<String> condition) {
        for (Map.Entry<String, JsonNode> entry : byName.entrySet()) {
            if (condition.test(entry.getKey())) {
                return Optional.of(new PromptValue(
                        entry.getKey(),
                        entry.getValue().doubleValue(),
                        entry.getValue().asText()));
            }
        }
        return Optional.empty();
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }

    /** One number with its name and its text in the prompt. */
    record PromptValue(String name, double value, String text) {}
}

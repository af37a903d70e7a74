package io.github.hybridinference.eval.context;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.hybridinference.model.Feature;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Extracts figures from a document. Immutable. */
final class JsonMapping {
    private static final int LONGEST_NUMBER = 64;
    private static final int DEEPEST = 32;
    private static final ObjectReader READER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(LONGEST_NUMBER)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    /** Where a figure is found, and its factor. */
    record Place(JsonPointer pointer, double factor) {}

    private final Map<Feature, Place> places;

    JsonMapping(Map<Feature, Place> places) {
        this.places = new LinkedHashMap<>(places);
    }

    Set<Feature> features() {
        return Set.copyOf(places.keySet());
    }

    Map<Feature, Double> read(byte[] document) {
        JsonNode root;
        try {
            root = READER.readTree(document);
        } catch (IOException echoesTheDocument) {
            throw new ContextFailure("the document is not JSON");
        }
        if (root.isMissingNode()) {
            throw new ContextFailure("the document is empty");
        }
        Map<Feature, Double> figures = new HashMap<>();
        places.forEach((feature, place) -> {
            double value = number(root.at(place.pointer())) * place.factor();
            if (!Double.isNaN(value)) {
                figures.put(feature, value);
            }
        });
        return figures;
    }

    private static double number(JsonNode node) {
        if (node.isNumber()) {
            return node.doubleValue();
        }
        return node.isTextual() && isPlainDecimal(node.textValue()) ? Double.parseDouble(node.textValue()) : Double.NaN;
    }

    /** Digits, at most one decimal point and a sign, and nothing else of what {@link Double#parseDouble} accepts. */
    private static boolean isPlainDecimal(String text) {
        int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        int digits = 0;
        int points = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                points++;
            } else if (c >= '0' && c <= '9') {
                digits++;
            } else {
                return false;
            }
        }
        return digits > 0 && points <= 1 && text.length() <= LONGEST_NUMBER;
    }
}

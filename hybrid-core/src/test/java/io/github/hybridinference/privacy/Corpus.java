package io.github.hybridinference.privacy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files of the red team: attempts to get something out, and names that must come through. */
final class Corpus {
    private static final JsonFactory JSON = new JsonFactory();

    private Corpus() {}

    /** Each a map as a caller might hand it in. */
    static List<Map<String, Object>> leaks() {
        List<Map<String, Object>> leaks = new ArrayList<>();
        for (String line : lines("leaks.jsonl")) {
            try (JsonParser parser = JSON.createParser(line)) {
                parser.nextToken();
                leaks.add(object(parser));
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
        return leaks;
    }

    static List<String> benignNames() {
        return lines("benign-names.txt");
    }

    static List<String> benignCustomNames() {
        return lines("benign-custom-names.txt");
    }

    private static List<String> lines(String file) {
        try (InputStream bytes = Corpus.class.getResourceAsStream(file);
                BufferedReader reader = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            map.put(name, value(parser));
        }
        return map;
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                yield list;
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_STRING -> parser.getText();
            default -> throw new IOException("not used in the corpus");
        };
    }
}

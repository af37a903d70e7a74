package io.github.hybridinference.examples.bars;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A file of JSON: an array of arrays (freqtrade, Binance), an array of objects, one object a line, an object of arrays of
 * equal length, one a column, or an object with one such value among others. The number of a row is that of its element.
 */
final class JsonTable implements Table {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final FileText text;

    JsonTable(FileText text) {
        this.text = text;
    }

    static boolean isJson(String beginning) {
        String stripped = beginning.stripLeading();
        return stripped.startsWith("[") || stripped.startsWith("{");
    }

    @Override
    public String words() {
        return "JSON";
    }

    @Override
    public char separator() {
        return ',';
    }

    @Override
    public void visit(Visitor visitor) throws IOException, RowFault {
        List<JsonNode> roots = new ArrayList<>();
        try (BufferedReader reader = text.open();
                MappingIterator<JsonNode> values =
                        JSON.readerFor(JsonNode.class).readValues(reader)) {
            values.forEachRemaining(roots::add);
        } catch (JsonProcessingException | RuntimeException broken) { // its message repeats the file
            throw new RowFault("it begins like JSON and is not readable as such");
        }
        rows(roots, visitor);
    }

    private static void rows(List<JsonNode> roots, Visitor visitor) throws RowFault {
        if (roots.size() == 1) {
            rows(content(roots.get(0)), visitor);
        } else {
            elements(roots, visitor);
        }
    }

    private static void rows(JsonNode content, Visitor visitor) throws RowFault {
        if (content.isArray()) {
            List<JsonNode> elements = new ArrayList<>(content.size());
            content.forEach(elements::add);
            elements(elements, visitor);
        } else {
            columns(content, visitor);
        }
    }

    /** The array, or the object of columns, that holds the bars. */
    private static JsonNode content(JsonNode root) throws RowFault {
        if (root.isArray() || isColumns(root)) {
            return root;
        }
        List<JsonNode> candidates = new ArrayList<>();
        for (JsonNode value : root) {
            if ((value.isArray() && !value.isEmpty() && value.get(0).isContainerNode()) || isColumns(value)) {
                candidates.add(value);
            }
        }
        if (candidates.size() != 1) {
            throw new RowFault("this is JSON without an array of bars; [[time, open, high, low, close, volume], …] and "
                    + "[{\"time\": …, \"open\": …}, …] are understood");
        }
        return candidates.get(0);
    }

    private static boolean isColumns(JsonNode value) {
        int arrays = 0;
        for (JsonNode column : value.isObject() ? value : JSON.createArrayNode()) {
            arrays += column.isArray() && !column.isEmpty() && column.get(0).isValueNode() ? 1 : 0;
        }
        return arrays >= 5;
    }

    private static void elements(List<JsonNode> elements, Visitor visitor) throws RowFault {
        Set<String> names = new TreeSet<>();
        boolean isNamed = !elements.isEmpty() && elements.get(0).isObject();
        for (JsonNode element : elements) {
            if (isNamed && element.isObject()) {
                element.fieldNames().forEachRemaining(names::add);
            }
        }
        long number = 0;
        if (!names.isEmpty() && !visitor.row(new Row(0, List.copyOf(names), null))) {
            return;
        }
        for (JsonNode element : elements) {
            number++;
            if (!visitor.row(new Row(number, cells(element, names), fault(element, names)))) {
                return;
            }
        }
    }

    private static @Nullable String fault(JsonNode element, Set<String> names) {
        boolean fits = names.isEmpty() ? element.isArray() : element.isObject();
        return fits ? null : "the element is not like the others";
    }

    private static List<String> cells(JsonNode element, Set<String> names) {
        List<String> cells = new ArrayList<>();
        if (names.isEmpty()) {
            element.forEach(value -> cells.add(plain(value)));
        } else {
            names.forEach(name -> cells.add(plain(element.path(name))));
        }
        return cells;
    }

    private static void columns(JsonNode columns, Visitor visitor) throws RowFault {
        List<String> names = new ArrayList<>();
        List<Iterator<JsonNode>> values = new ArrayList<>();
        columns.fieldNames().forEachRemaining(name -> {
            if (columns.get(name).isArray()) {
                names.add(name);
                values.add(columns.get(name).elements());
            }
        });
        if (!visitor.row(new Row(0, names, null))) {
            return;
        }
        for (long number = 1; values.stream().anyMatch(Iterator::hasNext); number++) {
            List<String> cells = values.stream()
                    .map(column -> column.hasNext() ? plain(column.next()) : "")
                    .toList();
            if (!visitor.row(new Row(number, cells, null))) {
                return;
            }
        }
    }

    private static String plain(JsonNode value) {
        return value.isValueNode() && !value.isNull() ? value.asText().strip() : "";
    }
}

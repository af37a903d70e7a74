package io.github.hybridinference.examples.bars;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A file of JSON: an array of arrays (freqtrade, Binance), an array of objects, one object a line, an object of objects by their
 * time, an object of arrays of equal length, one a column, or an object with exactly one of these within it. The number of a row is
 * that of its element. It is kept in memory from the first visit on.
 */
final class JsonTable implements Table {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** How many objects may be around the bars. */
    private static final int DEEPEST = 3;

    private final FileText text;
    private final List<JsonNode> roots = new ArrayList<>();

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
        rows(roots(), visitor);
    }

    private List<JsonNode> roots() throws IOException, RowFault {
        if (!roots.isEmpty()) {
            return roots;
        }
        try (BufferedReader reader = text.open();
                MappingIterator<JsonNode> values =
                        JSON.readerFor(JsonNode.class).readValues(reader)) {
            values.forEachRemaining(roots::add);
        } catch (JsonProcessingException | RuntimeException broken) { // its message repeats the file
            roots.clear();
            throw new RowFault("it begins like JSON and is not readable as such");
        }
        return roots;
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
        } else if (isSplit(content)) {
            split(content, visitor);
        } else if (isByTime(content)) {
            List<JsonNode> elements = new ArrayList<>(content.size());
            content.properties().forEach(field -> {
                ObjectNode element = field.getValue().deepCopy();
                elements.add(element.put("timestamp", field.getKey()));
            });
            elements(elements, visitor);
        } else {
            columns(content, visitor);
        }
    }

    /** The array, or the object of columns, that holds the bars. */
    private static JsonNode content(JsonNode root) throws RowFault {
        List<JsonNode> candidates = new ArrayList<>();
        collect(root, 0, candidates);
        if (candidates.size() != 1) {
            throw new RowFault("this is JSON without an array of bars; [[time, open, high, low, close, volume], …] and "
                    + "[{\"time\": …, \"open\": …}, …] are understood");
        }
        return candidates.get(0);
    }

    private static void collect(JsonNode value, int depth, List<JsonNode> candidates) {
        boolean isRows = value.isArray() && !value.isEmpty() && value.get(0).isContainerNode();
        if (isRows || isColumns(value) || isByTime(value) || isSplit(value)) {
            candidates.add(value);
        } else if (value.isObject() && depth < DEEPEST) {
            value.forEach(each -> collect(each, depth + 1, candidates));
        }
    }

    /** {@code {"2024-01-02": {"1. open": …}, …}}. */
    private static boolean isByTime(JsonNode value) {
        Iterator<String> names = value.fieldNames();
        return value.size() > 1
                && value.elements().next().isObject()
                && CellKinds.isTime(names.next())
                && CellKinds.isTime(names.next());
    }

    /** {@code {"columns": ["open", …], "index": [time, …], "data": [[…], …]}}. */
    private static boolean isSplit(JsonNode value) {
        return value.path("columns").isArray() && value.path("data").isArray();
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

    private static void split(JsonNode content, Visitor visitor) throws RowFault {
        JsonNode index = content.path("index");
        List<String> names = new ArrayList<>(index.isArray() ? List.of("index") : List.of());
        content.get("columns").forEach(name -> names.add(plain(name)));
        if (!visitor.row(new Row(0, names, null))) {
            return;
        }
        JsonNode data = content.get("data");
        for (int i = 0; i < data.size(); i++) {
            List<String> cells = new ArrayList<>(index.isArray() ? List.of(plain(index.path(i))) : List.of());
            data.get(i).forEach(value -> cells.add(plain(value)));
            if (!visitor.row(new Row(i + 1L, cells, null))) {
                return;
            }
        }
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
        if (value.isNumber()) {
            return value.decimalValue().toPlainString(); // not 1.7E12
        }
        return value.isValueNode() && !value.isNull() ? value.asText().strip() : "";
    }
}

package io.github.hybridinference.examples.bars;

import io.github.hybridinference.eval.Bar;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where the columns of a bar stand in a file, as its header line says. */
final class Columns {

    private enum Name {
        TIMESTAMP,
        OPEN,
        HIGH,
        LOW,
        CLOSE,
        VOLUME;

        final String text = name().toLowerCase(Locale.ROOT);
    }

    private final Map<Name, Integer> positions;
    private final int width;

    private Columns(Map<Name, Integer> positions, int width) {
        this.positions = positions;
        this.width = width;
    }

    static Columns of(String[] header) throws RowFault {
        List<String> names = Arrays.stream(header)
                .map(n -> n.strip().toLowerCase(Locale.ROOT))
                .toList();
        Map<Name, Integer> positions = new EnumMap<>(Name.class);
        List<String> missing = new ArrayList<>();
        for (Name name : Name.values()) {
            int position = names.indexOf(name.text);
            if (position < 0) {
                missing.add(name.text);
            } else if (position != names.lastIndexOf(name.text)) {
                throw new RowFault("the header line names the column " + name.text + " twice");
            }
            positions.put(name, position);
        }
        if (!missing.isEmpty()) {
            throw new RowFault("the header line does not name " + String.join(", ", missing));
        }
        return new Columns(positions, header.length);
    }

    Bar bar(String[] row) throws RowFault {
        if (row.length != width) {
            throw new RowFault(row.length + " columns where the header line has " + width);
        }
        var start = Timestamps.parse(text(row, Name.TIMESTAMP));
        double open = number(row, Name.OPEN);
        double high = number(row, Name.HIGH);
        double low = number(row, Name.LOW);
        double close = number(row, Name.CLOSE);
        double volume = number(row, Name.VOLUME);
        try {
            return new Bar(start, open, high, low, close, volume);
        } catch (IllegalArgumentException noBar) {
            throw new RowFault(String.valueOf(noBar.getMessage()));
        }
    }

    /** BigDecimal rather than Double, which also reads "NaN", "Infinity", "0x1p3" and "1d". */
    private double number(String[] row, Name name) throws RowFault {
        try {
            return new BigDecimal(text(row, name)).doubleValue();
        } catch (NumberFormatException e) {
            throw new RowFault("the " + name.text + " is not a number");
        }
    }

    private String text(String[] row, Name name) throws RowFault {
        String text = row[positions.getOrDefault(name, 0)].strip();
        if (text.isEmpty()) {
            throw new RowFault("the " + name.text + " is missing");
        }
        return text;
    }
}

package io.github.hybridinference.examples.bars;

import io.github.hybridinference.eval.Bar;
import io.github.hybridinference.examples.bars.HeaderNames.Column;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the columns of a file stand and how its cells are written.
 *
 * @param positions the column of each thing; the volume and the time of day may be absent
 * @param narrowest the fewest cells of a complete row
 * @param widest the most cells of a row that are not empty
 * @param headerRows how many rows from the first one on are none of data
 * @param times reads times
 * @param numbers reads prices
 * @param volumes reads volumes, which may be grouped in another way
 * @param symbol the instrument to keep, in the column of symbols, or null for all rows
 */
record Layout(
        Map<Column, Integer> positions,
        int narrowest,
        int widest,
        int headerRows,
        Times times,
        Numbers numbers,
        Numbers volumes,
        @Nullable String symbol) {

    /** Whether a row is of another instrument than the chosen one. */
    boolean isOther(Row row) {
        return symbol != null && !cell(row, Column.SYMBOL).equalsIgnoreCase(symbol);
    }

    /**
     * Reads a bar.
     *
     * @throws RowFault if the row holds none
     */
    Bar bar(Row row) throws RowFault {
        if (row.fault() != null) {
            throw new RowFault(row.fault());
        }
        if (row.cells().size() < narrowest || row.width() > widest) {
            throw new RowFault(row.cells().size() + " columns where there should be " + narrowest);
        }
        var start = times.read(cell(row, Column.TIMESTAMP), cell(row, Column.TIME_OF_DAY));
        double open = price(row, Column.OPEN);
        double high = price(row, Column.HIGH);
        double low = price(row, Column.LOW);
        double close = price(row, Column.CLOSE);
        double volume = volume(row);
        try {
            return new Bar(start, open, high, low, close, volume);
        } catch (IllegalArgumentException noBar) {
            throw new RowFault(String.valueOf(noBar.getMessage()));
        }
    }

    private String cell(Row row, Column column) {
        Integer position = positions.get(column);
        return position == null ? "" : row.cell(position);
    }

    private double price(Row row, Column column) throws RowFault {
        String cell = cell(row, column);
        if (Numbers.isMissing(cell)) {
            throw new RowFault("the " + column.text + " is missing");
        }
        return number(numbers, cell, column);
    }

    /** No volume is told in many ways: no column, an empty cell, and -1 by one broker. */
    private double volume(Row row) throws RowFault {
        String cell = cell(row, Column.VOLUME);
        double volume = Numbers.isMissing(cell) ? 0 : number(volumes, cell, Column.VOLUME);
        return volume == -1 ? 0 : volume;
    }

    private static double number(Numbers style, String cell, Column column) throws RowFault {
        try {
            return style.read(cell);
        } catch (NumberFormatException e) { // its message repeats the cell
            throw new RowFault("the " + column.text + " is not a number");
        }
    }

    /** The names of the columns that hold prices, in the order of the file. */
    static final List<Column> PRICES = List.of(Column.OPEN, Column.HIGH, Column.LOW, Column.CLOSE);
}

package io.github.hybridinference.examples.quickstart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Text in columns as wide as their widest cell; numbers are aligned to the right. */
final class TextTable {

    /** A cell: its text, and the style to apply after padding. */
    record Cell(String text, UnaryOperator<String> colour) {
        static Cell of(String text) {
            return new Cell(text, UnaryOperator.identity());
        }
    }

    private static final String INDENT = "  ";
    private static final String GAP = "  ";

    private final String alignment;
    private final List<List<Cell>> rows = new ArrayList<>();

    /** One character for each column: {@code <} for left, {@code >} for right. */
    TextTable(String alignment) {
        this.alignment = alignment;
    }

    void header(AnsiText style, String... titles) {
        row(Arrays.stream(titles).map(title -> new Cell(title, style::faint)).toList());
    }

    void row(String... texts) {
        row(Arrays.stream(texts).map(Cell::of).toList());
    }

    void row(List<Cell> cells) {
        if (cells.size() != alignment.length()) {
            throw new IllegalArgumentException("a row has as many cells as the table has columns");
        }
        rows.add(List.copyOf(cells));
    }

    List<String> lines() {
        int[] widths = new int[alignment.length()];
        for (List<Cell> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).text().length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<Cell> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            Cell cell = row.get(i);
            String space = " ".repeat(widths[i] - cell.text().length());
            boolean right = alignment.charAt(i) == '>';
            line.append(i == 0 ? INDENT : GAP)
                    .append(cell.colour().apply(right ? space + cell.text() : cell.text() + space));
        }
        return line.toString().stripTrailing();
    }
}

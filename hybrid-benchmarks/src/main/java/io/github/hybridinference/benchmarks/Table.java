package io.github.hybridinference.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table, in Markdown that is aligned for the eye as well. */
final class Table {
    private static final List<String> HEAD =
            List.of("path", "ns/op", "±", "B/op", "floor", "ns/op", "B/op", "ratio", "to reach", "reached");

    private Table() {}

    static String of(List<Row> rows, Measurements measured) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEAD);
        for (Row row : rows) {
            lines.add(cells(row, measured));
        }
        int[] widths = new int[HEAD.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        StringBuilder table = new StringBuilder();
        write(lines.get(0), widths, table);
        for (int width : widths) {
            table.append("| ").append("-".repeat(width)).append(' ');
        }
        table.append("|\n");
        lines.subList(1, lines.size()).forEach(line -> write(line, widths, table));
        return table.toString();
    }

    private static List<String> cells(Row row, Measurements all) {
        Measured path = all.get(row.benchmark());
        Measured floor = all.get(row.floorBenchmark());
        Row.Goal goal = row.goal();
        return List.of(
                row.path(),
                number(path.ns()),
                Double.isNaN(path.error()) ? "" : number(path.error()),
                number(path.bytes()),
                row.floor(),
                number(floor.ns()),
                number(floor.bytes()),
                String.format(Locale.ROOT, "%.2f", path.ns() / floor.ns()),
                goal == null ? "" : goal.words(),
                goal == null ? "" : goal.limit().holds(path, floor, all) ? "yes" : "NO");
    }

    private static void write(List<String> cells, int[] widths, StringBuilder table) {
        for (int i = 0; i < widths.length; i++) {
            table.append("| ")
                    .append(cells.get(i))
                    .append(" ".repeat(widths[i] - cells.get(i).length() + 1));
        }
        table.append("|\n");
    }

    private static String number(double value) {
        return value < 99.95 ? String.format(Locale.ROOT, "%.1f", value) : String.format(Locale.ROOT, "%,.0f", value);
    }
}

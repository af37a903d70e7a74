package io.github.hybridinference.examples.bars;

import io.github.hybridinference.examples.bars.HeaderNames.Column;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds which columns hold what in a file without a header line. The first four numbers behind the time must be the prices: the
 * high is the one that is never below the others, the low the one that is never above, and of the other two the close is
 * followed by the next bar's open.
 */
final class ColumnOrder {
    private static final int PRICES = 4;
    private static final int ENOUGH = 3;
    private static final Numbers POINT = Numbers.withPoint();

    private ColumnOrder() {}

    /** The columns that a format names. */
    static Map<Column, Integer> of(BarFormat format) {
        Map<Column, Integer> found = new EnumMap<>(Column.class);
        List<Optional<Column>> columns = format.columns();
        for (int at = 0; at < columns.size(); at++) {
            int position = at;
            columns.get(at).ifPresent(column -> found.put(column, position));
        }
        return found;
    }

    /**
     * Finds the columns by what they hold.
     *
     * @param rows rows of data
     * @return empty if there is more than one way to read them
     */
    static Optional<Map<Column, Integer>> of(List<Row> rows) {
        if (rows.size() < ENOUGH) {
            return Optional.empty();
        }
        int width = rows.stream().mapToInt(Row::width).min().orElse(0);
        Map<Column, Integer> found = new EnumMap<>(Column.class);
        int at = 0;
        for (; at < width && !found.containsKey(Column.TIMESTAMP); at++) {
            int column = at;
            if (rows.stream().allMatch(row -> CellKinds.isTime(row.cell(column)))) {
                found.put(Column.TIMESTAMP, at);
            } else if (rows.stream().noneMatch(row -> CellKinds.isNumber(row.cell(column)))) {
                found.putIfAbsent(Column.SYMBOL, at);
            }
        }
        int next = at;
        if (next < width && rows.stream().allMatch(row -> Times.isTimeOfDay(row.cell(next)))) {
            found.put(Column.TIME_OF_DAY, at++);
        }
        int first = at;
        if (!found.containsKey(Column.TIMESTAMP) || first + PRICES > width) {
            return Optional.empty();
        }
        return prices(rows, first).map(order -> {
            for (int i = 0; i < PRICES; i++) {
                found.put(order.get(i), first + i);
            }
            if (first + PRICES < width) {
                found.put(Column.VOLUME, first + PRICES);
            }
            return found;
        });
    }

    private static Optional<List<Column>> prices(List<Row> rows, int first) {
        List<double[]> bars = new ArrayList<>();
        for (Row row : rows) {
            double[] prices = new double[PRICES];
            try {
                for (int i = 0; i < PRICES; i++) {
                    prices[i] = POINT.read(row.cell(first + i).replace(',', '.'));
                }
                bars.add(prices);
            } catch (NumberFormatException notAllNumbers) {
                // the row will be reported, and tells nothing of the order
            }
        }
        if (bars.size() < ENOUGH) {
            return Optional.empty();
        }
        List<Column> usual = Layout.PRICES;
        if (fits(bars, 1, 2)) {
            return Optional.of(usual);
        }
        int high = -1;
        int low = -1;
        for (int h = 0; h < PRICES; h++) {
            for (int l = 0; l < PRICES; l++) {
                if (h != l && fits(bars, h, l)) {
                    if (high >= 0) {
                        return Optional.empty();
                    }
                    high = h;
                    low = l;
                }
            }
        }
        return high < 0 ? Optional.empty() : openAndClose(inOrderOfTime(rows, bars), high, low);
    }

    private static boolean fits(List<double[]> bars, int high, int low) {
        for (double[] bar : bars) {
            for (double price : bar) {
                if (price > bar[high] || price < bar[low]) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The bars from the oldest on, told by the first cells, whose times sort like text or like numbers of one length. */
    private static List<double[]> inOrderOfTime(List<Row> rows, List<double[]> bars) {
        List<String> times = rows.stream().map(row -> row.cell(0)).toList();
        boolean newestFirst = Comparator.<String>naturalOrder().compare(times.get(0), times.get(times.size() - 1)) > 0;
        List<double[]> ordered = new ArrayList<>(bars);
        if (newestFirst) {
            Collections.reverse(ordered);
        }
        return ordered;
    }

    private static Optional<List<Column>> openAndClose(List<double[]> bars, int high, int low) {
        List<Integer> others = new ArrayList<>(List.of(0, 1, 2, 3));
        others.remove(Integer.valueOf(high));
        others.remove(Integer.valueOf(low));
        double asUsual = jumps(bars, others.get(0), others.get(1));
        double swapped = jumps(bars, others.get(1), others.get(0));
        if (Math.max(asUsual, swapped) < 2 * Math.min(asUsual, swapped) || asUsual == swapped) {
            return Optional.empty();
        }
        Column[] order = new Column[PRICES];
        order[high] = Column.HIGH;
        order[low] = Column.LOW;
        order[others.get(asUsual < swapped ? 0 : 1)] = Column.OPEN;
        order[others.get(asUsual < swapped ? 1 : 0)] = Column.CLOSE;
        return Optional.of(List.of(order));
    }

    /** How far the opens are from the closes before them. */
    private static double jumps(List<double[]> bars, int open, int close) {
        double sum = 0;
        for (int i = 1; i < bars.size(); i++) {
            sum += Math.abs(bars.get(i)[open] - bars.get(i - 1)[close]);
        }
        return sum;
    }
}

package io.github.hybridinference.examples.bars;

import io.github.hybridinference.examples.bars.HeaderNames.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.IdentityHashMap;
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
    /** No price is so many times as large as another one of its bar. */
    private static final double FAR = 2;

    /** A mean or an adjusted price is not further from the close than this share of it, in any row. */
    private static final double NEAR = 0.05;

    /** A price that was adjusted for dividends and splits keeps its ratio to the close so much better than the close itself. */
    private static final double FOLLOWING = 0.1;

    private static final Numbers POINT = Numbers.with('.');

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
     * @param times reads their times, to put them in order
     * @return empty if there is more than one way to read them
     */
    static Optional<Map<Column, Integer>> of(List<Row> rows, Times times) {
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
        List<Row> ordered = inOrderOfTime(rows, found, times);
        return prices(ordered, first).map(order -> {
            for (int i = 0; i < PRICES; i++) {
                found.put(order.get(i), first + i);
            }
            int volume = first + PRICES;
            while (volume < width && isPrice(ordered, volume, found.getOrDefault(Column.CLOSE, first))) {
                volume++; // a mean or an adjusted price
            }
            if (volume < width) {
                found.put(Column.VOLUME, volume);
            }
            return found;
        });
    }

    private static boolean isPrice(List<Row> rows, int column, int close) {
        double[] ratios = rows.stream()
                .mapToDouble(row -> number(row.cell(column)) / number(row.cell(close)))
                .toArray();
        return Arrays.stream(ratios).allMatch(ratio -> Math.abs(ratio - 1) < NEAR)
                || usualMove(ratios)
                        < FOLLOWING
                                * usualMove(rows.stream()
                                        .mapToDouble(row -> number(row.cell(close)))
                                        .toArray());
    }

    /** By how much of itself a column usually changes from row to row. */
    private static double usualMove(double[] values) {
        double[] moves = new double[values.length - 1];
        for (int i = 0; i < moves.length; i++) {
            moves[i] = Math.abs(values[i + 1] / values[i] - 1);
        }
        Arrays.sort(moves);
        return moves[moves.length / 2]; // a NaN is sorted to the end
    }

    private static double number(String cell) {
        try {
            return POINT.read(cell.replace(',', '.'));
        } catch (NumberFormatException none) {
            return Double.NaN;
        }
    }

    private static Optional<List<Column>> prices(List<Row> rows, int first) {
        List<double[]> bars = new ArrayList<>();
        for (Row row : rows) {
            double[] prices = new double[PRICES];
            for (int i = 0; i < PRICES; i++) {
                prices[i] = number(row.cell(first + i));
            }
            if (Arrays.stream(prices).noneMatch(Double::isNaN)) {
                bars.add(prices);
            }
        }
        if (bars.size() < ENOUGH) {
            return Optional.empty();
        }
        int high = -1;
        int low = -1;
        for (int h = 0; h < PRICES; h++) {
            for (int l = 0; l < PRICES; l++) {
                if (h != l && fits(bars, h, l)) {
                    if (high >= 0) {
                        return fits(bars, 1, 2) ? Optional.of(Layout.PRICES) : Optional.empty();
                    }
                    high = h;
                    low = l;
                }
            }
        }
        return high < 0 ? Optional.empty() : openAndClose(bars, high, low);
    }

    private static boolean fits(List<double[]> bars, int high, int low) {
        for (double[] bar : bars) {
            for (double price : bar) {
                boolean isFar = bar[low] > 0 && bar[high] > FAR * bar[low]; // no bar, and not the volume for a price
                if (isFar || price > bar[high] || price < bar[low]) {
                    return false;
                }
            }
        }
        return true;
    }

    /** From the oldest on. */
    private static List<Row> inOrderOfTime(List<Row> rows, Map<Column, Integer> columns, Times times) {
        Integer date = columns.get(Column.TIMESTAMP);
        Integer time = columns.get(Column.TIME_OF_DAY);
        IdentityHashMap<Row, Instant> starts = new IdentityHashMap<>();
        for (Row row : rows) {
            try {
                starts.put(row, times.read(date == null ? "" : row.cell(date), time == null ? "" : row.cell(time)));
            } catch (RowFault unreadable) {
                // it will be reported, and tells nothing of the order
            }
        }
        return starts.keySet().stream()
                .sorted(Comparator.comparing(starts::get))
                .toList();
    }

    private static Optional<List<Column>> openAndClose(List<double[]> bars, int high, int low) {
        List<Integer> others = new ArrayList<>(List.of(0, 1, 2, 3));
        others.remove(Integer.valueOf(high));
        others.remove(Integer.valueOf(low));
        double asUsual = jumps(bars, others.get(0), others.get(1));
        double swapped = jumps(bars, others.get(1), others.get(0));
        if (Math.max(asUsual, swapped) < 2 * Math.min(asUsual, swapped) || asUsual == swapped) {
            return high == 1 && low == 2 ? Optional.of(Layout.PRICES) : Optional.empty();
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

package io.github.hybridinference.examples.bars;

import io.github.hybridinference.examples.bars.HeaderNames.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the header among the first rows of a file: titles and comments may stand before it, and it may have several lines, such
 * as a line of tickers below that of names.
 */
final class HeaderFinder {
    private static final int NAMES_OF_A_HEADER = 3;
    private static final int NAMES_TOLD = 12;

    private final List<Row> rows;
    private final int first;
    private final int afterHeader;
    private final @Nullable String symbol;

    private HeaderFinder(List<Row> rows, int first, int afterHeader, @Nullable String symbol) {
        this.rows = rows;
        this.first = first;
        this.afterHeader = afterHeader;
        this.symbol = symbol;
    }

    /**
     * Looks for a header.
     *
     * @param rows the first rows of a file
     * @param symbol the instrument to take if the header names several, or null
     * @return empty if no row looks like one
     */
    static Optional<HeaderFinder> in(List<Row> rows, @Nullable String symbol) {
        for (int i = 0; i < rows.size() && !isData(rows.get(i)); i++) {
            if (knownNames(rows.get(i)) >= NAMES_OF_A_HEADER) {
                int end = i + 1;
                while (end < rows.size() && continuesHeader(rows.get(i), rows.get(end))) {
                    end++;
                }
                return Optional.of(new HeaderFinder(rows, i, end, symbol));
            }
        }
        return Optional.empty();
    }

    /** Whether a row holds a time and four numbers beside it. */
    static boolean isData(Row row) {
        long numbers = row.cells().stream().filter(CellKinds::isNumber).count();
        long dates = row.cells().stream()
                .filter(cell -> CellKinds.isTime(cell) && !CellKinds.isNumber(cell))
                .count();
        long epochs = row.cells().stream()
                .filter(cell -> CellKinds.isTime(cell) && CellKinds.isNumber(cell))
                .count();
        return dates > 0 ? numbers >= 4 : epochs > 0 && numbers >= 5;
    }

    private static long knownNames(Row row) {
        return row.cells().stream()
                .map(HeaderNames::plain)
                .filter(HeaderNames::isKnown)
                .distinct()
                .count();
    }

    private static boolean continuesHeader(Row header, Row row) {
        return row.fault() == null
                && row.cells().size() == header.cells().size()
                && row.cells().stream().noneMatch(CellKinds::isPlainNonEmpty);
    }

    /** How many rows of the file stand before the data. */
    int rowsBeforeData() {
        return afterHeader;
    }

    /** How many of them are those of the header. */
    int headerRows() {
        return afterHeader - first;
    }

    /** The number of its cells without empty ones at its end. */
    int width() {
        return rows.get(first).width();
    }

    int cells() {
        return rows.get(first).cells().size();
    }

    /**
     * Says where the columns stand.
     *
     * @throws RowFault if a price or the time is missing, or named twice
     */
    Map<Column, Integer> columns() throws RowFault {
        Map<Column, Integer> found = new EnumMap<>(Column.class);
        Set<Integer> used = new HashSet<>();
        for (Column column : Column.values()) {
            if (column != Column.TIME_OF_DAY) {
                best(column, used).ifPresent(at -> {
                    found.put(column, at);
                    used.add(at);
                });
            }
        }
        if (!found.containsKey(Column.TIMESTAMP)) {
            unnamedTime(used).ifPresent(at -> found.put(Column.TIMESTAMP, at));
        }
        timeOfDay(found).ifPresent(at -> {
            boolean isWhole = data().stream().allMatch(row -> Times.isWhole(row.cell(at)));
            found.put(isWhole ? Column.TIMESTAMP : Column.TIME_OF_DAY, at);
        });
        requireAll(found);
        return found;
    }

    /** All columns that may hold the volume, the best first: one may be zero throughout where another one is not. */
    List<Integer> volumes(Map<Column, Integer> found) {
        Set<Integer> others = new HashSet<>(found.values());
        Integer best = found.get(Column.VOLUME);
        return IntStream.range(0, cells())
                .filter(at -> fit(Column.VOLUME, at) != Integer.MAX_VALUE)
                .filter(at -> best != null && (at == best || !others.contains(at)))
                .boxed()
                .sorted(Comparator.comparing((Integer at) -> !at.equals(best))
                        .thenComparing(at -> fit(Column.VOLUME, at)))
                .toList();
    }

    private void requireAll(Map<Column, Integer> found) throws RowFault {
        List<String> missing = new ArrayList<>();
        for (Column column : List.of(Column.TIMESTAMP, Column.OPEN, Column.HIGH, Column.LOW, Column.CLOSE)) {
            if (!found.containsKey(column)) {
                missing.add(column.text);
            }
        }
        if (!missing.isEmpty()) {
            String names = rows.get(first).cells().stream()
                    .filter(cell -> !cell.isEmpty())
                    .limit(NAMES_TOLD)
                    .collect(Collectors.joining(", "));
            throw new RowFault("the header line does not name " + String.join(", ", missing) + "; it names " + names);
        }
    }

    private Optional<Integer> best(Column column, Set<Integer> used) throws RowFault {
        int bestFit = Integer.MAX_VALUE;
        List<Integer> best = new ArrayList<>();
        for (int at = 0; at < cells(); at++) {
            int fit = used.contains(at) ? Integer.MAX_VALUE : fit(column, at);
            if (fit < bestFit) {
                bestFit = fit;
                best.clear();
            }
            if (fit == bestFit && fit != Integer.MAX_VALUE) {
                best.add(at);
            }
        }
        if (best.size() > 1 && symbol != null) {
            best.removeIf(at -> names(at).stream().noneMatch(symbol::equalsIgnoreCase));
        }
        if (best.size() > 1 && column != Column.VOLUME) { // the volume of the asset stands before that of the currency
            throw new RowFault("the header line names the column " + column.text + " twice" + others(best));
        }
        return best.stream().findFirst();
    }

    /** What a second header line says of columns of one name: their tickers, as a rule. */
    private String others(List<Integer> columns) {
        String told = columns.stream()
                .flatMap(at -> names(at).stream().skip(1))
                .filter(name -> !name.isEmpty())
                .limit(NAMES_TOLD)
                .collect(Collectors.joining(", "));
        return told.isEmpty() ? "" : ", for " + told + ": choose one with --symbol";
    }

    private int fit(Column column, int at) {
        return names(at).stream()
                .map(HeaderNames::plain)
                .flatMap(name -> HeaderNames.fit(column, name).stream())
                .min(Integer::compare)
                .orElse(Integer.MAX_VALUE);
    }

    private List<String> names(int at) {
        return rows.subList(first, afterHeader).stream()
                .map(row -> row.cell(at))
                .toList();
    }

    private List<Row> data() {
        return rows.subList(afterHeader, rows.size()).stream()
                .filter(HeaderFinder::isData)
                .toList();
    }

    /** The only unnamed column of times, as an index is written. */
    private Optional<Integer> unnamedTime(Set<Integer> used) {
        List<Row> data = data();
        List<Integer> candidates = new ArrayList<>();
        for (int at = 0; at < cells(); at++) {
            int column = at;
            boolean isEnd =
                    names(at).stream().map(HeaderNames::plain).anyMatch(name -> name.matches("(close|end)\\b.*"));
            if (!isEnd
                    && !used.contains(at)
                    && !data.isEmpty()
                    && data.stream().allMatch(row -> isTime(row.cell(column)))) {
                candidates.add(at);
            }
        }
        return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
    }

    private static boolean isTime(String cell) {
        return CellKinds.isTime(cell);
    }

    /** A column "time" beside one of dates. */
    private Optional<Integer> timeOfDay(Map<Column, Integer> found) throws RowFault {
        List<Row> data = data();
        Integer dates = found.get(Column.TIMESTAMP);
        if (dates == null || data.isEmpty()) {
            return Optional.empty();
        }
        for (Row row : data) {
            String date = row.cell(dates);
            boolean hasTime = date.indexOf(':') >= 0 && !Times.isAtMidnight(date);
            if (hasTime || date.matches("\\d{9,}.*")) {
                return Optional.empty();
            }
        }
        Set<Integer> used = new HashSet<>(found.values());
        Optional<Integer> at = best(Column.TIME_OF_DAY, used);
        return at.filter(
                column -> data.stream().allMatch(row -> row.cell(column).matches("\\d{1,2}:\\d{2}.*|\\d{4}|\\d{6}"))
                        || data.stream().allMatch(row -> Times.isWhole(row.cell(column))));
    }
}

package io.github.hybridinference.examples.bars;

import io.github.hybridinference.eval.Bar;
import io.github.hybridinference.examples.bars.HeaderNames.Column;
import io.github.hybridinference.examples.bars.RowOrder.Numbered;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads bars from files as venues, brokers and libraries export them: CSV with any usual separator, decimal mark, header and
 * time, or JSON, packed or not. A file is gone through once to find out
 * how it is written, and once to read it: what its numbers and dates mean is decided by all of them, and
 * what they leave open is asked for, not guessed. A row that is no bar is left out, counted and reported with its line and
 * the reason, and costs that row only.
 */
public final class BarFiles {
    private static final int SAMPLE = 300;
    private static final int INSTRUMENTS_TOLD = 8;
    private static final int PRICES = 4;
    private static final int FEWEST_CONTRADICTED = 3;
    private static final int ROWS_PER_CONTRADICTED = 20;
    private static final Instant OLD = Instant.parse("1980-01-01T00:00:00Z");

    private final Table table;
    private final BarFileOptions options;
    private final String packing;
    private final List<String> notes = new ArrayList<>();

    private BarFiles(Table table, String packing, BarFileOptions options) {
        this.table = table;
        this.packing = packing;
        this.options = options;
    }

    /**
     * Reads a file without knowing anything of it.
     *
     * @param file a file of bars
     * @return its bars, and findings about the rest
     * @throws BarFileException if it cannot be read or is not understood, with what was seen and what would help
     */
    public static BarFile read(Path file) throws BarFileException {
        return read(file, BarFileOptions.NONE);
    }

    /**
     * Reads a file.
     *
     * @param file a file of bars
     * @param options what its owner says about it
     * @return its bars, and findings about the rest
     * @throws BarFileException if it cannot be read or is not understood, with what was seen and what would help
     */
    public static BarFile read(Path file, BarFileOptions options) throws BarFileException {
        if (Files.isDirectory(file)) {
            throw new BarFileException("The file " + file + " is a folder.");
        }
        try {
            FileText text = FileText.of(file);
            return new BarFiles(table(text), text.words(), options).read();
        } catch (RowFault e) {
            throw new BarFileException("The file " + file + " is not understood: " + e.reason() + ".");
        } catch (NoSuchFileException e) {
            throw new BarFileException("There is no file " + file + ".");
        } catch (IOException e) {
            throw new BarFileException("The file " + file + " cannot be read.");
        }
    }

    private static Table table(FileText text) throws IOException, RowFault {
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = text.open()) {
            for (String line = reader.readLine(); line != null && lines.size() < SAMPLE; line = reader.readLine()) {
                if (!line.isBlank()) {
                    lines.add(line);
                }
            }
        }
        if (lines.isEmpty()) {
            throw new RowFault("it is empty");
        }
        return JsonTable.isJson(lines.get(0)) ? new JsonTable(text) : new CsvTable(text, CsvTable.separatorOf(lines));
    }

    private BarFile read() throws IOException, RowFault {
        List<Row> sample = sample();
        HeaderFinder header = HeaderFinder.in(sample, options.symbol()).orElse(null);
        Map<Column, Integer> columns = columns(header, sample);
        int before = header == null ? firstData(sample) : header.rowsBeforeData();
        List<Integer> volumes = header == null || options.format() != null ? List.of() : header.volumes(columns);
        Survey survey = new Survey(table, columns, volumes, before, options);
        table.visit(survey);
        Layout layout = survey.layout(narrowest(header, columns), widest(header, sample));
        return bars(layout, survey, header);
    }

    private List<Row> sample() throws IOException, RowFault {
        List<Row> sample = new ArrayList<>();
        table.visit(row -> {
            sample.add(row);
            return sample.size() < SAMPLE;
        });
        return sample;
    }

    private Map<Column, Integer> columns(@Nullable HeaderFinder header, List<Row> sample) throws RowFault {
        if (options.format() != null) {
            return ColumnOrder.of(options.format());
        }
        if (header != null) {
            return header.columns();
        }
        List<Row> data = sample.stream().filter(HeaderFinder::isData).toList();
        if (data.isEmpty()) {
            throw new RowFault("none of its first rows names columns or holds a time and four prices");
        }
        requireNoForeignHeader(sample, data.get(0));
        Optional<Map<Column, Integer>> found = ColumnOrder.of(data, timesOf(data));
        if (found.isEmpty()) {
            throw new RowFault("it has no header line, and what its columns hold cannot be told: add a line such as "
                    + "timestamp,open,high,low,close,volume, or name the format with --format ("
                    + String.join(" ", BarFormat.names())
                    + ")");
        }
        notes.add("No header line; the columns were taken as " + inOrder(found.get()) + ".");
        return found.get();
    }

    /** A line of names that are not known is no reason to guess. */
    private static void requireNoForeignHeader(List<Row> sample, Row firstOfData) throws RowFault {
        for (Row row : sample.subList(0, sample.indexOf(firstOfData))) {
            if (row.width() >= PRICES && row.width() >= firstOfData.width() - 1 && !isComment(row)) {
                throw new RowFault("its header line names " + String.join(", ", row.cells())
                        + ", which are not known: rename the columns to timestamp, open, high, low, close, volume");
            }
        }
    }

    private Times timesOf(List<Row> data) throws RowFault {
        if (options.dateFormat() != null) {
            return Times.inFormat(options.dateFormat(), options.zone());
        }
        Times.Evidence evidence = new Times.Evidence(options.zone());
        for (Row row : data) {
            row.cells().stream().filter(CellKinds::isTime).findFirst().ifPresent(cell -> evidence.add(cell, ""));
        }
        return evidence.decide();
    }

    private static String inOrder(Map<Column, Integer> columns) {
        Map<Integer, String> byPosition = new TreeMap<>();
        columns.forEach((column, at) -> byPosition.put(at, column.text));
        return String.join(", ", byPosition.values());
    }

    private static int firstData(List<Row> sample) {
        int first = 0;
        while (first < sample.size() && !HeaderFinder.isData(sample.get(first))) {
            first++;
        }
        return first;
    }

    private int narrowest(@Nullable HeaderFinder header, Map<Column, Integer> columns) {
        if (header != null && options.format() == null) {
            return header.width();
        }
        return columns.values().stream().mapToInt(at -> at + 1).max().orElse(0);
    }

    private int widest(@Nullable HeaderFinder header, List<Row> sample) {
        if (header != null && options.format() == null) {
            return Math.max(header.cells(), header.width());
        }
        return sample.stream().mapToInt(row -> row.cells().size()).max().orElse(0);
    }

    private BarFile bars(Layout layout, Survey survey, @Nullable HeaderFinder header) throws IOException, RowFault {
        RowLog rejected = new RowLog();
        List<Numbered> rows = new ArrayList<>();
        long[] count = new long[2];
        table.visit(row -> {
            if (count[0]++ >= layout.headerRows() && !layout.isOther(row) && !isComment(row)) {
                count[1]++;
                try {
                    rows.add(new Numbered(layout.bar(row), row.line()));
                } catch (RowFault e) {
                    rejected.add(row.line(), e.reason());
                }
            }
            return true;
        });
        RepeatedHour repeatedHour = new RepeatedHour(options.zone());
        RowOrder ordered = new RowOrder(repeatedHour.toldApart(rows), rejected);
        noteRepeatedHour(repeatedHour.moved());
        requireOneInstrument(ordered.contradicted(), count[1]);
        noteOldBars(ordered.bars());
        survey.otherInstrument().ifPresent(notes::add);
        return new BarFile(
                List.copyOf(ordered.bars()),
                shape(layout, survey, header),
                count[1],
                rejected.findings(),
                ordered.repeated(),
                SuspectBars.in(ordered.bars(), ordered.lines()),
                ordered.order(),
                List.copyOf(notes));
    }

    /** With many bars at the time of another one, what is left is no series, whatever its owner says. */
    private static void requireOneInstrument(long contradicted, long rows) throws RowFault {
        if (contradicted >= FEWEST_CONTRADICTED && contradicted > rows / ROWS_PER_CONTRADICTED) {
            throw new RowFault(String.format(
                    Locale.ROOT,
                    "%,d of its %,d rows have the time of another row and other prices, as those of several instruments do: "
                            + "keep one of them",
                    contradicted,
                    rows));
        }
    }

    private void noteRepeatedHour(int bars) {
        if (bars > 0) {
            notes.add(String.format(
                    Locale.ROOT,
                    "By the order of the rows, %,d bar%s of the repeated hour at the end of daylight saving.",
                    bars,
                    bars == 1 ? " is" : "s are"));
        }
    }

    private void noteOldBars(List<Bar> bars) {
        long old = bars.stream().filter(bar -> bar.start().isBefore(OLD)).count();
        if (old > 0) {
            notes.add(String.format(Locale.ROOT, "%,d bars are dated before 1980.", old));
        }
    }

    /** A row that begins with # and is not as wide as others: a name may begin with it, too. */
    private static boolean isComment(Row row) {
        return !row.cells().isEmpty() && row.cells().get(0).startsWith("#") && row.width() < PRICES;
    }

    private String shape(Layout layout, Survey survey, @Nullable HeaderFinder header) {
        List<String> words = new ArrayList<>();
        words.add(packing);
        words.add(table.words());
        if (header != null && header.headerRows() > 1) {
            words.add(header.headerRows() + " header lines");
        }
        words.add(layout.numbers().decimalComma() ? "decimal comma" : "");
        words.add(survey.timeWords());
        words.add(survey.hasVolume() ? "" : "no volume");
        return words.stream().filter(word -> !word.isEmpty()).collect(Collectors.joining(", "));
    }

    /** Goes through all rows once and decides how to read them. */
    private static final class Survey implements Table.Visitor {
        private final Map<Column, Integer> columns;
        private final int headerRows;
        private final BarFileOptions options;
        private final Times.Evidence times;
        private final Numbers.Evidence numbers;
        private final Numbers.Evidence amounts;
        private final Map<String, Long> instruments = new TreeMap<>();
        private long seen;
        private final List<Integer> volumes;
        private final Set<Integer> filled = new HashSet<>();

        Survey(
                Table table,
                Map<Column, Integer> columns,
                List<Integer> volumes,
                int headerRows,
                BarFileOptions options) {
            this.columns = new EnumMap<>(columns);
            this.volumes = volumes.isEmpty() && columns.containsKey(Column.VOLUME)
                    ? List.of(this.columns.get(Column.VOLUME))
                    : volumes;
            this.headerRows = headerRows;
            this.options = options;
            times = new Times.Evidence(options.zone());
            numbers = new Numbers.Evidence(table.separator());
            amounts = new Numbers.Evidence(table.separator());
        }

        @Override
        public boolean row(Row row) {
            if (seen++ < headerRows || row.fault() != null || isComment(row)) {
                return true;
            }
            times.add(cell(row, Column.TIMESTAMP), cell(row, Column.TIME_OF_DAY));
            Layout.PRICES.forEach(column -> numbers.add(cell(row, column)));
            for (int at : volumes) {
                String volume = row.cell(at);
                amounts.add(volume);
                if (volume.chars().anyMatch(c -> c >= '1' && c <= '9') && !volume.equals("-1")) {
                    filled.add(at);
                }
            }
            String symbol = cell(row, Column.SYMBOL);
            if (!symbol.isEmpty() && (instruments.size() < 1_000 || instruments.containsKey(symbol))) {
                instruments.merge(symbol, 1L, Long::sum);
            }
            return true;
        }

        private String cell(Row row, Column column) {
            Integer at = columns.get(column);
            return at == null ? "" : row.cell(at);
        }

        Layout layout(int narrowest, int widest) throws RowFault {
            Times decided = options.dateFormat() == null
                    ? times.decide()
                    : Times.inFormat(options.dateFormat(), options.zone());
            volumes.stream().filter(filled::contains).findFirst().ifPresent(at -> columns.put(Column.VOLUME, at));
            if (options.decimal() == null) {
                numbers.requireClearPoint(amounts);
            }
            Numbers prices = options.decimal() == null ? numbers.decide() : Numbers.with(options.decimal());
            Numbers volumes = options.decimal() == null && amounts.tells() ? amounts.decide() : prices;
            return new Layout(columns, narrowest, widest, headerRows, decided, prices, volumes, instrument());
        }

        /** The instrument to keep, or null if there is only one. */
        private @Nullable String instrument() throws RowFault {
            if (instruments.size() < 2) {
                return null;
            }
            String asked = options.symbol();
            if (asked != null && instruments.keySet().stream().anyMatch(asked::equalsIgnoreCase)) {
                return asked;
            }
            String told = instruments.keySet().stream().limit(INSTRUMENTS_TOLD).collect(Collectors.joining(", "));
            int more = instruments.size() - INSTRUMENTS_TOLD;
            throw new RowFault("its column of symbols names " + instruments.size() + " instruments (" + told
                    + (more > 0 ? " and " + more + " more" : "") + "): choose one with --symbol");
        }

        boolean hasVolume() {
            return !filled.isEmpty();
        }

        String timeWords() {
            return options.dateFormat() == null ? times.words() : options.zone().getId();
        }

        /** Says so if the file names another instrument than its owner does. */
        Optional<String> otherInstrument() {
            String asked = options.symbol();
            if (asked == null || instruments.size() != 1) {
                return Optional.empty();
            }
            String named = instruments.keySet().iterator().next();
            return letters(named).equals(letters(asked))
                    ? Optional.empty()
                    : Optional.of("The file names its instrument " + named + ".");
        }

        private static String letters(String symbol) {
            return symbol.replaceAll("[^\\p{L}\\p{N}]", "").toUpperCase(Locale.ROOT);
        }
    }
}

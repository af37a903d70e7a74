package io.github.hybridinference.examples.bars;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.github.hybridinference.eval.Bar;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads bars from CSV with a header line that names timestamp, open, high, low, close and volume, in any order and
 * case; other columns are ignored.
 *
 * <p>A timestamp is ISO-8601 (a date alone, a blank for the T and a missing offset, then UTC, are fine) or seconds or
 * milliseconds of the epoch. A row that is not a bar, or not later than the one before, is left out, counted and
 * reported with its line and the reason. A row is one line: a quoted line break is reported as two bad rows. Blank lines are
 * ignored.
 */
public final class BarCsv {

    // Line by line, so that a stray quote affects its own row only.
    private static final ObjectReader LINE =
            CsvMapper.builder().enable(CsvParser.Feature.TRIM_SPACES).build().readerFor(String[].class);

    private final RowLog rejected = new RowLog();
    private final RowLog suspect = new RowLog();
    private final SuspectPrices lonePrices = new SuspectPrices(suspect);
    private final List<Bar> bars = new ArrayList<>();

    private BarCsv() {}

    /**
     * Reads a whole file.
     *
     * @param file a file in UTF-8
     * @return its bars, and findings about the rest
     * @throws BarFileException if the file cannot be read, is empty, or its header line lacks a column or names one
     *     twice
     */
    public static BarFile read(Path file) throws BarFileException {
        // An InputStreamReader replaces bytes that are not UTF-8, so that only one row is affected;
        // Files.newBufferedReader would fail on the whole file.
        try (Reader reader = new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8)) {
            return read(reader);
        } catch (RowFault e) {
            throw new BarFileException("The file " + file + " holds no bars: " + e.reason() + ".");
        } catch (NoSuchFileException e) {
            throw new BarFileException("There is no file " + file + ".");
        } catch (IOException e) {
            throw new BarFileException("The file " + file + " cannot be read.");
        }
    }

    static BarFile read(Reader reader) throws IOException, RowFault {
        BufferedReader lines = new BufferedReader(reader);
        return new BarCsv().readLines(lines);
    }

    private BarFile readLines(BufferedReader lines) throws IOException, RowFault {
        Columns columns = Columns.of(split(headerOf(lines)));
        long number = 1;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!line.isBlank()) {
                readRow(columns, line, number);
            }
        }
        return new BarFile(List.copyOf(bars), rejected.findings(), suspect.findings());
    }

    private static String headerOf(BufferedReader lines) throws IOException, RowFault {
        String header = lines.readLine();
        if (header == null || header.isBlank()) {
            throw new RowFault("its first line is not a header line");
        }
        return header.startsWith("\uFEFF") ? header.substring(1) : header; // the mark that spreadsheets put first
    }

    private void readRow(Columns columns, String line, long number) {
        try {
            Bar bar = columns.bar(split(line));
            requireLater(
                    bar.start(),
                    bars.isEmpty() ? null : bars.get(bars.size() - 1).start());
            bars.add(bar);
            lonePrices.accept(bar, number);
        } catch (RowFault e) {
            rejected.add(number, e.reason());
        }
    }

    private static void requireLater(Instant start, @Nullable Instant previous) throws RowFault {
        if (previous != null && start.equals(previous)) {
            throw new RowFault("the timestamp is that of the bar before");
        }
        if (previous != null && start.isBefore(previous)) {
            throw new RowFault("the timestamp is earlier than that of the bar before");
        }
    }

    private static String[] split(String line) throws RowFault {
        try {
            return LINE.readValue(line);
        } catch (JsonProcessingException e) { // its message repeats the line
            throw new RowFault("the line is not readable as CSV");
        }
    }
}

package io.github.hybridinference.examples.bars;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A file of lines whose cells are separated by one character. Each line is read by itself, so that a stray quote affects its
 * own row only: a quoted line break is reported as two bad rows.
 */
final class CsvTable implements Table {
    private static final CsvMapper CSV =
            CsvMapper.builder().enable(CsvParser.Feature.TRIM_SPACES).build();
    private static final Map<Character, String> NAMES =
            Map.of(',', "comma", ';', "semicolon", '\t', "tab", '|', "vertical bar");

    private final FileText text;
    private final char separator;
    private final ObjectReader reader;

    CsvTable(FileText text, char separator) {
        this.text = text;
        this.separator = separator;
        reader = reader(separator);
    }

    /** The separator under which most cells of some lines are numbers and times. */
    static char separatorOf(List<String> lines) {
        char best = ',';
        long most = -1;
        for (char candidate : new char[] {',', ';', '\t', '|'}) {
            ObjectReader reader = reader(candidate);
            long plain = 0;
            for (String line : lines) {
                List<String> cells = row(reader, line, 0).cells();
                plain += cells.stream().filter(CellKinds::isPlain).count();
            }
            if (plain > most) {
                best = candidate;
                most = plain;
            }
        }
        return best;
    }

    @Override
    public String words() {
        return String.valueOf(NAMES.get(separator));
    }

    @Override
    public char separator() {
        return separator;
    }

    @Override
    public void visit(Visitor visitor) throws IOException, RowFault {
        try (BufferedReader lines = text.open()) {
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!isBlank(line) && !visitor.row(row(reader, line, number))) {
                    return;
                }
            }
        }
    }

    /** A line of separators alone is what a spreadsheet writes for an empty row. */
    private boolean isBlank(String line) {
        return line.chars().allMatch(c -> c == separator || Character.isWhitespace(c));
    }

    private static ObjectReader reader(char separator) {
        return CSV.readerFor(String[].class).with(CsvSchema.emptySchema().withColumnSeparator(separator));
    }

    private static Row row(ObjectReader reader, String line, long number) {
        try {
            String[] cells = reader.readValue(line);
            return new Row(number, Arrays.stream(cells).map(String::strip).toList(), null);
        } catch (JsonProcessingException e) { // its message repeats the line
            return new Row(number, List.of(), "the line is not readable as CSV");
        }
    }
}

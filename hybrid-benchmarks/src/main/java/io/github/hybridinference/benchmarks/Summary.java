package io.github.hybridinference.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The last line of the output, for programs. */
final class Summary {
    private Summary() {}

    static String of(List<Row> rows, Measurements measured) {
        return rows.stream()
                .filter(row -> row.key() != null)
                .map(row -> entry(row, measured))
                .collect(Collectors.joining(",", "RESULT {", "}"));
    }

    private static String entry(Row row, Measurements measured) {
        Measured path = measured.get(row.benchmark());
        Measured floor = measured.get(row.floorBenchmark());
        return String.format(
                Locale.ROOT,
                "\"%s\":{\"ns\":%.1f,\"bytes\":%.0f,\"floor_ns\":%.1f}",
                row.key(),
                path.ns(),
                path.bytes(),
                floor.ns());
    }
}

package io.github.hybridinference.examples.bars;

import java.util.ArrayList;
import java.util.List;

/** Collects findings about rows in bounded space. */
final class RowLog {

    private final List<RowFindings.Row> first = new ArrayList<>();
    private long count;

    void add(long line, String reason) {
        count++;
        if (first.size() < RowFindings.MAX_DETAILS) {
            first.add(new RowFindings.Row(line, reason));
        }
    }

    RowFindings findings() {
        return new RowFindings(count, List.copyOf(first));
    }
}

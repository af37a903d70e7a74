package io.github.hybridinference.examples.bars;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects findings about rows in bounded space. */
final class RowLog {
    private final List<RowFindings.Row> first = new ArrayList<>();
    private final Map<String, RowFindings.Reason> reasons = new LinkedHashMap<>();
    private long count;

    void add(long line, String reason) {
        count++;
        if (first.size() < RowFindings.MAX_DETAILS) {
            first.add(new RowFindings.Row(line, reason));
        }
        RowFindings.Reason before = reasons.get(reason);
        if (before != null || reasons.size() < RowFindings.MAX_DETAILS) {
            reasons.put(
                    reason,
                    before == null
                            ? new RowFindings.Reason(reason, 1, line)
                            : new RowFindings.Reason(reason, before.count() + 1, Math.min(line, before.firstLine())));
        }
    }

    RowFindings findings() {
        List<RowFindings.Row> inOrder = first.stream()
                .sorted(Comparator.comparingLong(RowFindings.Row::line))
                .toList();
        List<RowFindings.Reason> frequent = reasons.values().stream()
                .sorted(Comparator.comparingLong(RowFindings.Reason::count).reversed())
                .toList();
        return new RowFindings(count, inOrder, frequent);
    }
}

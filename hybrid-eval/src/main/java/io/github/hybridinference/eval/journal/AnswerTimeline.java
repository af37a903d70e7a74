package io.github.hybridinference.eval.journal;

import io.github.hybridinference.model.Source;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The answers to one request, by the bar at which it was made. */
final class AnswerTimeline {
    private final TreeMap<Long, JournalEntry> answers = new TreeMap<>();
    private final Set<Long> failures = new HashSet<>();
    private final Set<Instant> answeredAt = new HashSet<>();

    /** Adds an answer; a cached one counts only if the original is not recorded. */
    void answered(JournalEntry entry) {
        Instant at = entry.provenance().orElseThrow().answeredAt();
        long bar = entry.barTime().toEpochMilli();
        if (entry.source() == Source.CACHE && !answeredAt.add(at)) {
            return;
        }
        answeredAt.add(at);
        JournalEntry there = answers.get(bar);
        if (there == null || (there.late() && !entry.late())) {
            answers.put(bar, entry);
        }
    }

    void failed(JournalEntry entry) {
        failures.add(entry.barTime().toEpochMilli());
    }

    Optional<JournalEntry> at(long nowMs) {
        JournalEntry exactly = answers.get(nowMs);
        if (exactly != null && !exactly.late()) {
            return Optional.of(exactly);
        }
        if (failures.contains(nowMs)) {
            return Optional.empty();
        }
        Map.Entry<Long, JournalEntry> nearest = answers.floorEntry(nowMs);
        if (nearest == null) {
            nearest = answers.firstEntry();
        }
        return Optional.ofNullable(nearest).map(Map.Entry::getValue);
    }
}

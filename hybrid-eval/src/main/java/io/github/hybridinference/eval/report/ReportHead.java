package io.github.hybridinference.eval.report;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The heading of a report.
 *
 * @param title what was evaluated, for human readers
 * @param model which model answered, for human readers; empty if none
 * @param simulated whether its answers are simulated: every figure of the model is then labelled so
 * @param knowledgeCutoff the end of the model's training data, as its maker states; it may know earlier bars
 * @param notes what else a reader must know, such as lines of a journal that were lost
 * @since 0.1.0
 */
public record ReportHead(
        String title, String model, boolean simulated, Optional<Instant> knowledgeCutoff, List<String> notes) {
    /**
     * Checks that all are there.
     *
     * @param title what was evaluated
     * @param model which model answered
     * @param simulated whether its answers are simulated
     * @param knowledgeCutoff the end of the model's training data
     * @param notes what else a reader must know
     */
    public ReportHead {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(knowledgeCutoff, "knowledgeCutoff");
        notes = List.copyOf(notes);
    }

    /** Whether the model may have been trained on bars from a time on: no, maybe or unknown. */
    String seen(Instant first) {
        if (simulated || model.isEmpty()) {
            return "no";
        }
        return knowledgeCutoff
                .map(cutoff -> first.isBefore(cutoff) ? "maybe" : "no")
                .orElse("unknown");
    }
}

package io.github.hybridinference.eval.report;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a report is about.
 *
 * @param title what was evaluated, for people
 * @param model which model answered, for people; empty if none
 * @param simulated whether its answers are made up: every figure of the model is then labelled so
 * @param knowledgeCutoff up to when the model knows the world, as its maker states; bars before it may be known to it
 * @param notes what else a reader must know, such as lines of a journal that were lost
 */
public record ReportHead(
        String title, String model, boolean simulated, Optional<Instant> knowledgeCutoff, List<String> notes) {
    /**
     * Checks that all are there.
     *
     * @param title what was evaluated
     * @param model which model answered
     * @param simulated whether its answers are made up
     * @param knowledgeCutoff up to when the model knows the world
     * @param notes what else a reader must know
     */
    public ReportHead {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(knowledgeCutoff, "knowledgeCutoff");
        notes = List.copyOf(notes);
    }
}

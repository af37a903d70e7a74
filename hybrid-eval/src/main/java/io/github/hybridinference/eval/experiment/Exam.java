package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.eval.journal.JournalEntry;
import io.github.hybridinference.eval.journal.Recording;
import io.github.hybridinference.model.Action;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The complex scenarios of a journal whose outcomes are known, on which models and prompts are compared. Immutable and
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class Exam {
    private static final double BPS = 10_000;

    private record Asked(String symbol, Instant barTime) {}

    private final List<ExamQuestion> questions;
    private final int unjudged;

    private Exam(List<ExamQuestion> questions, int unjudged) {
        this.questions = List.copyOf(questions);
        this.unjudged = unjudged;
    }

    /**
     * Selects the complex scenarios, whichever source answered them. Of several decisions about a symbol's bar the last counts, of
     * those with an answer of a model if there are any: what was asked again while a bar formed, or after a fallback, was decided
     * once.
     *
     * @param recording what was recorded
     * @param outcomes what the market did next
     * @param costBps the cost of changing the position, in basis points of the traded amount, not negative
     * @return the exam
     * @throws IllegalArgumentException if the cost is out of range
     */
    public static Exam of(Recording recording, Outcomes outcomes, double costBps) {
        Objects.requireNonNull(outcomes, "outcomes");
        if (!(costBps >= 0 && costBps < BPS)) {
            throw new IllegalArgumentException("costBps must be in [0, 10000)");
        }
        Map<Asked, Action> rules = new HashMap<>();
        Map<Asked, Action> ending = new HashMap<>();
        for (JournalEntry entry : recording.entries()) {
            Action action = entry.rules().signal().action();
            rules.put(new Asked(symbolOf(entry), entry.barTime()), action);
            ending.put(new Asked(symbolOf(entry), outcomes.until(entry)), action);
        }
        List<ExamQuestion> questions = new ArrayList<>();
        int unjudged = 0;
        for (JournalEntry entry : lastOfEachBar(recording)) {
            double forwardReturn = outcomes.forwardReturn(entry);
            if (Double.isNaN(forwardReturn)) {
                unjudged++;
            } else {
                String symbol = symbolOf(entry);
                Instant until = outcomes.until(entry);
                questions.add(new ExamQuestion(
                        entry,
                        forwardReturn,
                        until,
                        ending.getOrDefault(new Asked(symbol, entry.barTime()), Action.HOLD),
                        rules.getOrDefault(new Asked(symbol, until), Action.HOLD),
                        costBps / BPS));
            }
        }
        questions.sort(
                Comparator.comparing((ExamQuestion question) -> question.entry().barTime())
                        .thenComparing(question -> symbolOf(question.entry()))
                        .thenComparing(question -> question.entry().decisionId()));
        return new Exam(questions, unjudged);
    }

    private static Collection<JournalEntry> lastOfEachBar(Recording recording) {
        Map<Asked, JournalEntry> last = new LinkedHashMap<>();
        for (JournalEntry entry : recording.entries()) {
            if (!entry.late() && entry.scenario().isComplex()) {
                last.merge(
                        new Asked(symbolOf(entry), entry.barTime()),
                        entry,
                        (old, later) -> later.model().isPresent() || old.model().isEmpty() ? later : old);
            }
        }
        return last.values();
    }

    /**
     * Returns the number of questions.
     *
     * @return not negative
     */
    public int size() {
        return questions.size();
    }

    /**
     * Returns how many complex scenarios were left out because their outcome is not known.
     *
     * @return not negative
     */
    public int unjudged() {
        return unjudged;
    }

    List<ExamQuestion> questions() {
        return questions;
    }

    /**
     * The indices of questions whose outcomes do not overlap, by bars. Prices of several symbols are still correlated.
     */
    List<Integer> independent() {
        Map<String, Instant> free = new HashMap<>();
        List<Integer> chosen = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            ExamQuestion question = questions.get(i);
            String symbol = symbolOf(question.entry());
            if (!question.entry().barTime().isBefore(free.getOrDefault(symbol, Instant.MIN))) {
                chosen.add(i);
                free.put(symbol, question.until());
            }
        }
        return chosen;
    }

    /** The questions of the last part of the time, by number of questions. */
    Exam last(double share) {
        int from = (int) Math.round(size() * (1 - share));
        return new Exam(questions.subList(from, size()), 0);
    }

    /** The questions whose positions are closed before, or at the open at which, those of another exam begin. */
    Exam before(Exam later) {
        Instant begin = later.questions.get(0).entry().barTime();
        List<ExamQuestion> early = questions.stream()
                .filter(question -> !question.until().isAfter(begin))
                .toList();
        return new Exam(early, 0);
    }

    private static String symbolOf(JournalEntry entry) {
        return entry.symbol().orElse("");
    }

    /** The counts. */
    @Override
    public String toString() {
        return "Exam[" + size() + " questions, " + unjudged + " without outcome]";
    }
}

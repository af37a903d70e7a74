package io.github.hybridinference.eval;

import io.github.hybridinference.local.LocalRuleModel;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RuleVerdict;
import io.github.hybridinference.model.Timeframe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Bars, and the question that stands at the close of each of them. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class History {
    private static final double YEAR_SECONDS = 365.25 * 24 * 3_600;

    private final Timeframe timeframe;
    private final List<Bar> bars;
    private final List<MarketSnapshot> questions;

    private History(Timeframe timeframe, List<Bar> bars, List<MarketSnapshot> questions) {
        this.timeframe = timeframe;
        this.bars = bars;
        this.questions = questions;
    }

    /**
     * Walks through bars and makes the snapshot at the close of each.
     *
     * @param bars each later than the one before, at least three
     * @param timeframe the length of each bar
     * @param source makes each snapshot from the bars up to then
     * @return the history
     * @throws IllegalArgumentException if the bars are too few or out of order, or the time of a snapshot is not the
     *     close of its bar
     */
    public static History of(List<Bar> bars, Timeframe timeframe, SnapshotSource source) {
        if (bars.size() < 3) {
            throw new IllegalArgumentException("a history needs at least three bars");
        }
        List<Bar> all = List.copyOf(bars);
        List<MarketSnapshot> questions = new ArrayList<>(all.size());
        for (int i = 0; i < all.size(); i++) {
            Bar bar = all.get(i);
            if (i > 0 && !bar.start().isAfter(all.get(i - 1).start())) {
                throw new IllegalArgumentException("each bar must start after the one before");
            }
            MarketSnapshot question = source.at(new PastBars(all, i + 1));
            if (!question.time().equals(bar.start().plus(timeframe.duration()))) {
                throw new IllegalArgumentException("the time of a snapshot must be the close of its bar");
            }
            questions.add(question);
        }
        return new History(timeframe, all, Collections.unmodifiableList(questions));
    }

    /**
     * Returns the length of the bars.
     *
     * @return the timeframe
     */
    public Timeframe timeframe() {
        return timeframe;
    }

    /**
     * Returns the bars.
     *
     * @return in the order of time
     */
    public List<Bar> bars() {
        return bars;
    }

    /**
     * Returns the snapshot at the close of each bar.
     *
     * @return as many as there are bars
     */
    public List<MarketSnapshot> questions() {
        return questions;
    }

    /**
     * Returns the number of bars.
     *
     * @return at least three
     */
    public int size() {
        return bars.size();
    }

    /**
     * Returns the return of a long position that is entered at the open of the next bar and closed at the open the
     * given number of bars later.
     *
     * @param bar the index of the bar at whose close the signal was given
     * @param horizonBars how long the position is held, positive
     * @return as a fraction, 0.01 for one percent, before cost; NaN where the history ends too soon,
     *     or the price of the entry is zero or below
     */
    public double forwardReturn(int bar, int horizonBars) {
        int out = bar + 1 + horizonBars;
        if (out >= bars.size() || bars.get(bar + 1).open() <= 0) {
            return Double.NaN;
        }
        return bars.get(out).open() / bars.get(bar + 1).open() - 1;
    }

    /**
     * Returns the number of bars per year in this market, taking closing hours into account.
     *
     * @return the number of bars divided by the time they span
     */
    public double barsPerYear() {
        Duration span =
                Duration.between(bars.get(0).start(), bars.get(size() - 1).start());
        return (size() - 1) / (span.toSeconds() / YEAR_SECONDS);
    }

    /**
     * Returns the later part, for an evaluation on bars that nothing was fitted on. Its snapshots stay as they are: they were
     * made from all bars before them.
     *
     * @param bar the index of the first bar to keep
     * @return the bars from it on, and their snapshots
     * @throws IllegalArgumentException if fewer than three bars are left
     */
    public History from(int bar) {
        if (bar < 0 || size() - bar < 3) {
            throw new IllegalArgumentException("a history needs at least three bars");
        }
        return new History(timeframe, bars.subList(bar, size()), questions.subList(bar, size()));
    }

    /** The same without the bars of these indices, and their questions; empty if fewer than three bars are left. */
    Optional<History> without(Set<Integer> left) {
        if (size() - left.size() < 3) {
            return Optional.empty();
        }
        List<Bar> otherBars = new ArrayList<>();
        List<MarketSnapshot> otherQuestions = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            if (!left.contains(i)) {
                otherBars.add(bars.get(i));
                otherQuestions.add(questions.get(i));
            }
        }
        return Optional.of(new History(
                timeframe, Collections.unmodifiableList(otherBars), Collections.unmodifiableList(otherQuestions)));
    }

    /** What rules make of each question. */
    List<RuleVerdict> verdicts(LocalRuleModel rules) {
        return questions.stream().map(rules::evaluate).toList();
    }

    /** The counts. */
    @Override
    public String toString() {
        return "History[" + size() + " bars of " + timeframe.code() + "]";
    }
}

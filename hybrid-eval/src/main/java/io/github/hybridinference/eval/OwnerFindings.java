package io.github.hybridinference.eval;

import io.github.hybridinference.model.MarketSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@link OwnerChecks} found. Immutable and thread-safe.
 *
 * @param bars how many bars the series has
 * @param cuts at how many bars the series was cut to look for look-ahead
 * @param starts from how many bars on the snapshots were made anew to measure the warm-up
 * @param tolerance within which a figure agrees, as a share of its mean absolute value
 * @param figures each figure that occurs, in the order of their names
 * @since 0.1.0
 */
public record OwnerFindings(int bars, int cuts, int starts, double tolerance, List<Figure> figures) {
    /**
     * What was found of a figure.
     *
     * @param name the name of the figure
     * @param repeatable whether making the snapshots twice gave the same; if not, the rest says nothing
     * @param lookAhead at how many cuts it differed from what the whole series gives, at some bar up to the cut
     * @param firstLookAhead the first of those bars, as its index; empty if there is none
     * @param firstLookAheadTime the close of that bar
     * @param warmUpBars how many bars must come before the first one at which it agrees with what a longer past gives, the most of
     *     all starts; empty if it does not agree within the series, as with sums from the first bar on
     */
    public record Figure(
            String name,
            boolean repeatable,
            int lookAhead,
            OptionalInt firstLookAhead,
            Optional<Instant> firstLookAheadTime,
            OptionalInt warmUpBars) {
        /**
         * Returns whether the figure knows later bars.
         *
         * @return true if it differed at a cut
         */
        public boolean looksAhead() {
            return lookAhead > 0;
        }

        /**
         * Returns whether the figure needs more bars than a snapshot has to have before the engine trusts it.
         *
         * @return true also if it never settles
         */
        public boolean isSlow() {
            return warmUpBars.isEmpty() || warmUpBars.getAsInt() >= MarketSnapshot.SETTLED_AFTER_BARS;
        }
    }

    /**
     * Copies the list.
     *
     * @param bars how many bars
     * @param cuts how many cuts
     * @param starts how many starts
     * @param tolerance within which a figure agrees
     * @param figures each figure
     */
    public OwnerFindings {
        figures = List.copyOf(figures);
    }

    /**
     * Returns how many figures know later bars.
     *
     * @return not negative
     */
    public int lookingAhead() {
        return (int) figures.stream().filter(Figure::looksAhead).count();
    }

    /**
     * Returns how many figures need more than {@value MarketSnapshot#SETTLED_AFTER_BARS} bars, those that never settle included.
     *
     * @return not negative
     */
    public int slow() {
        return (int) figures.stream().filter(Figure::isSlow).count();
    }

    /**
     * Returns how many figures do not settle within the series.
     *
     * @return not negative
     */
    public int neverSettled() {
        return (int)
                figures.stream().filter(figure -> figure.warmUpBars().isEmpty()).count();
    }

    /**
     * Returns whether making the snapshots twice gave the same.
     *
     * @return for all figures
     */
    public boolean repeatable() {
        return figures.stream().allMatch(Figure::repeatable);
    }
}

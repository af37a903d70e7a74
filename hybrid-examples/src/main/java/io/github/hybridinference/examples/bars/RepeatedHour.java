package io.github.hybridinference.examples.bars;

import io.github.hybridinference.eval.Bar;
import io.github.hybridinference.examples.bars.RowOrder.Numbered;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells the two hours apart that have the same local times at the end of daylight saving. A time without an offset is read as
 * one of the first; where the times of such an hour go back, or stand still with other figures, the second one begins.
 */
final class RepeatedHour {
    private final ZoneId zone;
    private int moved;

    RepeatedHour(ZoneId zone) {
        this.zone = zone;
    }

    /** How many rows were found to be of the second hour. */
    int moved() {
        return moved;
    }

    /** Gives rows of the second hour their own time; all rows are in the order of the file. */
    List<Numbered> toldApart(List<Numbered> rows) {
        if (zone.getRules().isFixedOffset()) {
            return rows;
        }
        List<Numbered> told = new ArrayList<>(rows);
        boolean newestFirst = isNewestFirst(rows);
        if (newestFirst) {
            Collections.reverse(told);
        }
        Numbered before = null;
        Instant secondHour = null; // the transition whose second hour has begun
        for (int i = 0; i < told.size(); i++) {
            Numbered row = told.get(i);
            ZoneOffsetTransition end = endOfDaylightSaving(row.bar().start());
            if (end == null) {
                before = null;
                continue;
            }
            if (before != null && isAgain(before.bar(), row.bar())) {
                secondHour = end.getInstant();
            }
            before = row;
            if (end.getInstant().equals(secondHour)) {
                told.set(i, new Numbered(later(row.bar(), end.getDuration().negated()), row.line()));
                moved++;
            }
        }
        if (newestFirst) {
            Collections.reverse(told);
        }
        return told;
    }

    private static boolean isAgain(Bar before, Bar bar) {
        int step = bar.start().compareTo(before.start());
        return step < 0 || (step == 0 && !bar.equals(before));
    }

    /** The transition that repeats the local time of an instant, if the instant is in the first of the two hours, else null. */
    private @Nullable ZoneOffsetTransition endOfDaylightSaving(Instant instant) {
        ZoneOffsetTransition next = zone.getRules().nextTransition(instant);
        return next != null
                        && next.isOverlap()
                        && !instant.isBefore(next.getInstant().plus(next.getDuration()))
                ? next
                : null;
    }

    private static Bar later(Bar bar, Duration by) {
        return new Bar(bar.start().plus(by), bar.open(), bar.high(), bar.low(), bar.close(), bar.volume());
    }

    private static boolean isNewestFirst(List<Numbered> rows) {
        long falls = 0;
        for (int i = 1; i < rows.size(); i++) {
            falls += rows.get(i).bar().start().isBefore(rows.get(i - 1).bar().start()) ? 1 : 0;
        }
        return falls > rows.size() / 2;
    }
}

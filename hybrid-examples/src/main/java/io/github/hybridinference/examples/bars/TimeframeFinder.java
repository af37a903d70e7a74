package io.github.hybridinference.examples.bars;

import io.github.hybridinference.eval.Bar;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the length of the bars of a series from the distance between their starts. */
public final class TimeframeFinder {

    /** The lengths that can be found: 1 and 5 and 15 minutes, 1 and 4 hours, 1 day. */
    public static final List<Duration> KNOWN = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(4),
            Duration.ofDays(1));

    private TimeframeFinder() {}

    /**
     * Takes the most common distance, since gaps (weekends, outages) only make some distances longer.
     *
     * @param bars bars in the order of time
     * @return one of {@link #KNOWN}, or empty if there are fewer than two bars or their distance is none of these
     */
    public static Optional<Duration> find(List<Bar> bars) {
        Map<Duration, Integer> counts = new HashMap<>();
        for (int i = 1; i < bars.size(); i++) {
            counts.merge(Duration.between(bars.get(i - 1).start(), bars.get(i).start()), 1, Integer::sum);
        }
        // Of two that are equally common the shorter is the bar and the longer the gap.
        return counts.entrySet().stream()
                .max(Map.Entry.<Duration, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey)
                .filter(KNOWN::contains);
    }
}

package io.github.hybridinference.eval;

import io.github.hybridinference.model.MarketSnapshot;
import java.util.List;

/**
 * Makes the question that an engine would have been asked at the close of a bar, from what could be known then.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SnapshotSource {
    /**
     * Makes a snapshot. It is called once for each bar, in order, so that running indicators need only look at the bars
     * that have been added.
     *
     * @param past the bars up to the one that has just closed, which is the last; later ones cannot be reached from it
     * @return the snapshot, with the close of the last bar as its time
     */
    MarketSnapshot at(List<Bar> past);
}

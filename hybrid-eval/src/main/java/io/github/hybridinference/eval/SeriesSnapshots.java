package io.github.hybridinference.eval;

import io.github.hybridinference.model.MarketSnapshot;
import java.util.List;

/**
 * Makes the snapshots of a whole series at once, as code does that computes indicators over arrays. Such code can reach later bars by
 * mistake; {@link OwnerChecks} finds out. A {@link SnapshotSource} is given the past only.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SeriesSnapshots {
    /**
     * Makes one snapshot for each bar.
     *
     * @param bars the bars, each later than the one before; unmodifiable
     * @return as many snapshots, each with the close of its bar as its time
     */
    List<MarketSnapshot> of(List<Bar> bars);
}

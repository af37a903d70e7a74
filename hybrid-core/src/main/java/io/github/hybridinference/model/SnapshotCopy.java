package io.github.hybridinference.model;

import java.util.Map;

/** Copies a snapshot with more in it. */
final class SnapshotCopy {
    private SnapshotCopy() {}

    static MarketSnapshot withMissing(MarketSnapshot snapshot, Map<Feature, Double> figures) {
        SnapshotBuilder copy = new SnapshotBuilder(snapshot.symbol(), snapshot.timeframe())
                .assetClass(snapshot.assetClass())
                .session(snapshot.session())
                .time(snapshot.time());
        copy.warmingUp = snapshot.isWarmingUp();
        copy.inherited = snapshot.dropped();
        snapshot.forEach(copy::put);
        figures.forEach((feature, value) -> {
            if (Double.isNaN(copy.get(feature.on(snapshot.timeframe())))) {
                copy.feature(feature, value);
            }
        });
        return copy.build();
    }
}

package io.github.hybridinference.anonymize;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.FeatureFamily;
import io.github.hybridinference.model.FigureVisitor;
import io.github.hybridinference.model.MarketSnapshot;

/**
 * Says in relation to the price what a snapshot says in price units, so that nothing about the price leaves. A figure that
 * is also given in its relative form is left as given; one that falls out of range is left behind.
 */
final class RelativeFigures implements FigureVisitor {
    private static final Feature MACD_HIST_PCT = Feature.of("macd_hist_pct");
    private static final Feature BB_PERCENT_B = Feature.of("bb_percent_b");
    private static final Feature BB_BANDWIDTH = Feature.of("bb_bandwidth");

    private final MarketSnapshot snapshot;
    private final AnonymizedSnapshot.Builder target;
    private final double price;
    private boolean channelsSeen;

    private RelativeFigures(MarketSnapshot snapshot, AnonymizedSnapshot.Builder target) {
        this.snapshot = snapshot;
        this.target = target;
        this.price = snapshot.get(Feature.PRICE);
    }

    static void derive(MarketSnapshot snapshot, AnonymizedSnapshot.Builder target) {
        RelativeFigures figures = new RelativeFigures(snapshot, target);
        figures.deriveStandardOnes();
        snapshot.forEach(figures);
        if (figures.channelsSeen) {
            Channels.derive(snapshot, target);
        }
    }

    @Override
    public void visit(Feature feature, double value) {
        FeatureFamily family = feature.family();
        if (!family.mayLeave()) {
            target.putRelative(feature, value, price);
            channelsSeen |= Channels.isOne(family);
        }
    }

    private void deriveStandardOnes() {
        double histogram = snapshot.get(Feature.MACD) - snapshot.get(Feature.MACD_SIGNAL);
        target.putIfFree(MACD_HIST_PCT, histogram / price * 100);
        double lower = snapshot.get(Feature.BB_LOWER);
        double width = snapshot.get(Feature.BB_UPPER) - lower;
        target.putIfFree(BB_PERCENT_B, (price - lower) / width);
        target.putIfFree(BB_BANDWIDTH, width / snapshot.get(Feature.BB_MIDDLE) * 100);
    }
}

package io.github.hybridinference.model;

import java.util.Set;

/**
 * Merges what a snapshot tells and may leave with what was computed of it. Both are in the order of the wire, so each
 * figure is written once, in its place; one that was given is told as given.
 */
final class Departure {
    /** Figures in price units stand first in the order of the wire, among those with a slot and among the others. */
    private static final int FIRST_SLOT = firstThatMayLeave(Feature.DENSE);

    private Departure() {}

    static void eachInPriceUnits(MarketSnapshot given, FigureVisitor visitor) {
        for (int slot = given.nextSlot(0); slot < FIRST_SLOT; slot = given.nextSlot(slot + 1)) {
            visitor.visit(Feature.DENSE[slot], given.dense[slot]);
        }
        int end = firstThatMayLeave(given.others);
        for (int other = 0; other < end; other++) {
            visitor.visit(given.others[other], given.otherValues[other]);
        }
    }

    static Levels of(MarketSnapshot given, Levels computed, Set<Feature> custom, Resolution resolution) {
        double[] dense = given.dense;
        Feature[] others = given.others;
        Levels all = new Levels(dense.length - FIRST_SLOT + others.length + computed.size());
        int slot = given.nextSlot(FIRST_SLOT);
        int other = firstThatMayLeave(others);
        int next = 0;
        while (slot < dense.length || other < others.length) {
            boolean isDense = other == others.length
                    || (slot < dense.length && Feature.DENSE[slot].order() < others[other].order());
            Feature feature = isDense ? Feature.DENSE[slot] : others[other];
            double value = isDense ? dense[slot] : given.otherValues[other];
            slot = isDense ? given.nextSlot(slot + 1) : slot;
            other = isDense ? other : other + 1;
            if (isDense || !feature.isCustom() || custom.contains(feature)) {
                while (next < computed.size() && computed.feature(next).order() < feature.order()) {
                    all.append(computed, next++);
                }
                if (next < computed.size() && computed.feature(next).order() == feature.order()) {
                    next++;
                }
                all.append(feature, feature.family().grid(resolution).levelOf(value));
            }
        }
        while (next < computed.size()) {
            all.append(computed, next++);
        }
        return all;
    }

    private static int firstThatMayLeave(Feature[] inOrder) {
        int first = 0;
        while (first < inOrder.length && !inOrder[first].family().mayLeave()) {
            first++;
        }
        return first;
    }
}

package io.github.hybridinference.model;

import java.util.Set;

/** What of a snapshot may leave: figures in price units in relation to the price, the others as they are. */
final class OutboundFigures {
    /** Figures in price units stand first in the order of the wire, among those with a slot and among the others. */
    private static final int FIRST_SLOT = firstThatMayLeave(Feature.DENSE);

    private OutboundFigures() {}

    /** Adds what figures in price units say in relation to the price, unless that is there. */
    static void putRelatives(MarketSnapshot given, AnonymizedSnapshot.Builder target) {
        double price = given.get(Feature.PRICE);
        for (int slot = given.nextSlot(0); slot < FIRST_SLOT; slot = given.nextSlot(slot + 1)) {
            putRelative(Feature.DENSE[slot], given.dense[slot], price, target);
        }
        int end = firstThatMayLeave(given.others);
        for (int other = 0; other < end; other++) {
            putRelative(given.others[other], given.otherValues[other], price, target);
        }
    }

    /** A share of the price, or its distance from it. One that has no such form of its own is left out. */
    static void putRelative(Feature feature, double value, double price, AnonymizedSnapshot.Builder target) {
        FeatureFamily family = feature.family().relative();
        if (family != null) {
            int period = family.defaultPeriod() == 0 ? 0 : feature.period();
            Feature relative =
                    Feature.member(family, period, feature.timeframe().orElse(null));
            target.putIfFree(relative, feature.family().relativeValue(value, price));
        }
    }

    /**
     * Merges what is there with what was given, which goes before. Both are in the order of the wire, so each figure is
     * written once, in its place. To visit each and search its place took half as long again for the whole of anonymizing.
     */
    static Levels merge(MarketSnapshot given, Levels there, Set<Feature> custom, Resolution resolution, int market) {
        double[] dense = given.dense;
        Feature[] others = given.others;
        Levels all = new Levels(dense.length - FIRST_SLOT + others.length + there.size());
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
            FeatureFamily family = feature.family();
            if (family.mayLeave() && (!family.isCustom() || custom.contains(feature))) {
                while (next < there.size() && there.feature(next).order() < feature.order()) {
                    all.append(there, next++);
                }
                if (next < there.size() && there.feature(next).order() == feature.order()) {
                    next++;
                }
                all.append(feature, feature.grid(resolution, market).levelOf(value));
            }
        }
        while (next < there.size()) {
            all.append(there, next++);
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

package io.github.hybridinference.model;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads maps of a caller's and keeps nothing of them but catalogue features and counts.
 *
 * <p>One level of nesting and a bounded number of entries are looked at, so that a deep, cyclic or endless map costs
 * bounded time and no stack.
 */
final class FieldIntake {
    private static final int MAX_ENTRIES = 1_000;
    private static final String SECTIONS = " marketdata features sentimentdata onchaindata ";

    private final int[] dropped = new int[DropCause.values().length];
    private final Map<String, Feature> custom = new HashMap<>();
    private int sensitive;

    void accept(Feature feature) {
        FoldedName name = FoldedName.of(feature.name());
        if (name != null) {
            custom.put(name.key(), feature);
        }
    }

    DroppedFields dropped() {
        return new DroppedFields(dropped, sensitive);
    }

    void takeAll(Map<?, ?> fields, SnapshotBuilder into) {
        take(fields, into, true);
    }

    private void take(Map<?, ?> fields, SnapshotBuilder into, boolean outermost) {
        Iterator<? extends Map.Entry<?, ?>> entries = fields.entrySet().iterator();
        for (int seen = 0; entries.hasNext(); seen++) {
            if (seen == MAX_ENTRIES) {
                dropped[DropCause.TOO_MANY.ordinal()] += Math.max(1, fields.size() - MAX_ENTRIES);
                return;
            }
            Map.Entry<?, ?> entry = entries.next();
            Object value = entry.getValue();
            FoldedName name = entry.getKey() instanceof String text ? FoldedName.of(text) : null;
            if (outermost && value instanceof Map<?, ?> section && name != null && isSection(name)) {
                take(section, into, false);
            } else {
                takeOne(name, value, into);
            }
        }
    }

    private void takeOne(@Nullable FoldedName name, @Nullable Object value, SnapshotBuilder into) {
        Feature feature = name == null ? null : featureOf(name);
        if (feature == null) {
            drop(DropCause.UNKNOWN_NAME);
            if (name != null && SensitiveNames.contains(name)) {
                sensitive++;
            }
            return;
        }
        if (!(value instanceof Number number)) {
            drop(DropCause.NOT_A_NUMBER);
            return;
        }
        double figure = number.doubleValue();
        if (Double.isNaN(figure) || Double.isInfinite(figure)) {
            drop(DropCause.NOT_FINITE);
        } else if (!feature.family().accepts(figure)) {
            drop(DropCause.OUT_OF_RANGE);
        } else if (!into.put(feature.on(into.timeframe), figure)) {
            drop(DropCause.DUPLICATE);
        }
    }

    private @Nullable Feature featureOf(FoldedName name) {
        Feature feature = Catalogue.find(name);
        return feature != null || custom.isEmpty() ? feature : custom.get(name.key());
    }

    private void drop(DropCause cause) {
        dropped[cause.ordinal()]++;
    }

    private static boolean isSection(FoldedName name) {
        return SECTIONS.contains(" " + name.letters() + " ");
    }
}

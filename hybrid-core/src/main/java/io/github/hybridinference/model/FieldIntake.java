package io.github.hybridinference.model;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the maps that a caller hands in and keeps nothing of them but catalogue features and counts.
 *
 * <p>One level of nesting and a bounded number of entries are looked at, so that a deep, cyclic or endless map costs
 * bounded time and no stack. What is taken does not depend on the order of a map, up to that number of entries.
 */
final class FieldIntake {
    /** The figures of the snapshot that is being built. */
    interface Figures {
        Timeframe timeframe();

        /** Takes a figure known to be in range; false if it is there already. */
        boolean put(Feature feature, double value);

        /** The figure, or NaN. */
        double get(Feature feature);

        /** Takes back a figure that is there. */
        void remove(Feature feature);
    }

    private static final int MAX_ENTRIES = 1_000;

    /** About 1,200 decimal digits: enough for any honest figure, and little enough to turn into a double at once. */
    private static final int MAX_DECIMAL_BITS = 4_096;

    private static final List<String> SECTIONS = List.of("marketdata", "features", "sentimentdata", "onchaindata");

    private final int[] dropped = new int[DropCause.values().length];
    private final Map<String, Feature> custom = new HashMap<>();
    private int sensitive;

    void accept(Feature feature) {
        String name = FoldedName.compact(feature.name());
        if (name != null) {
            custom.put(name, feature);
        }
    }

    DroppedFields dropped() {
        return new DroppedFields(dropped, sensitive);
    }

    void takeAll(Map<?, ?> fields, Figures into) {
        new Reading(into).take(fields, true);
    }

    private @Nullable Feature featureOf(String text) {
        Feature feature = Catalogue.find(text);
        if (feature != null || custom.isEmpty()) {
            return feature;
        }
        String compact = FoldedName.compact(text);
        return compact == null ? null : custom.get(compact);
    }

    private void drop(DropCause cause, int count) {
        int sum = dropped[cause.ordinal()] + count;
        dropped[cause.ordinal()] = sum < 0 ? Integer.MAX_VALUE : sum;
    }

    private void dropUnknown(@Nullable String name) {
        drop(DropCause.UNKNOWN_NAME, 1);
        if (name != null && SensitiveNames.contains(name)) {
            sensitive++;
        }
    }

    /** The reading of one map with its sections. */
    private final class Reading {
        private final Figures into;

        /** What this map gave, to distinguish a second spelling of a name from a figure that was set before. */
        private final List<Feature> taken = new ArrayList<>();

        private final List<Feature> disputed = new ArrayList<>();
        private int sectionsSeen;

        Reading(Figures into) {
            this.into = into;
        }

        /** A map that throws is counted like any other bad input, and nothing of the exception is passed on. */
        void take(Map<?, ?> fields, boolean outermost) {
            try {
                Iterator<? extends Map.Entry<?, ?>> entries = fields.entrySet().iterator();
                for (int seen = 0; entries.hasNext(); seen++) {
                    if (seen == MAX_ENTRIES) {
                        drop(DropCause.TOO_MANY, Math.max(1, Math.max(0, fields.size()) - MAX_ENTRIES));
                        return;
                    }
                    takeEntry(entries.next(), outermost);
                }
            } catch (Throwable hostile) {
                FatalErrors.rethrowIfFatal(hostile);
                drop(DropCause.UNREADABLE, 1);
            }
        }

        private void takeEntry(Map.Entry<?, ?> entry, boolean outermost) {
            String name = null;
            Object value;
            try {
                name = entry.getKey() instanceof String text ? text : null;
                value = entry.getValue();
            } catch (Throwable hostile) {
                FatalErrors.rethrowIfFatal(hostile);
                drop(DropCause.UNREADABLE, 1);
                return;
            }
            int section = outermost && name != null && value instanceof Map<?, ?> ? sectionOf(name) : -1;
            if (section >= 0 && value instanceof Map<?, ?> fields) {
                takeSection(section, fields);
            } else {
                takeFigure(name, value);
            }
        }

        private void takeSection(int section, Map<?, ?> fields) {
            if ((sectionsSeen & 1 << section) != 0) {
                drop(DropCause.DUPLICATE, 1);
                return;
            }
            sectionsSeen |= 1 << section;
            take(fields, false);
        }

        private void takeFigure(@Nullable String name, @Nullable Object value) {
            Feature feature = name == null ? null : featureOf(name);
            if (feature == null) {
                dropUnknown(name);
            } else if (!(value instanceof Number number)) {
                drop(DropCause.NOT_A_NUMBER, 1);
            } else {
                takeNumber(feature.on(into.timeframe()), number);
            }
        }

        private void takeNumber(Feature feature, Number number) {
            double figure;
            try {
                if (isTooLong(number)) {
                    drop(DropCause.UNREADABLE, 1);
                    return;
                }
                figure = number.doubleValue();
            } catch (Throwable hostile) {
                FatalErrors.rethrowIfFatal(hostile);
                drop(DropCause.UNREADABLE, 1);
                return;
            }
            if (Double.isNaN(figure) || Double.isInfinite(figure)) {
                drop(DropCause.NOT_FINITE, 1);
            } else if (!feature.family().accepts(figure)) {
                drop(DropCause.OUT_OF_RANGE, 1);
            } else if (disputed.contains(feature)) {
                drop(DropCause.DUPLICATE, 1);
            } else if (into.put(feature, figure)) {
                taken.add(feature);
            } else {
                drop(DropCause.DUPLICATE, 1);
                settle(feature, figure);
            }
        }

        /** Two spellings with different figures: which one comes first is up to the map, so neither is taken. */
        private void settle(Feature feature, double figure) {
            if (taken.contains(feature) && into.get(feature) != figure) {
                into.remove(feature);
                disputed.add(feature);
                drop(DropCause.DUPLICATE, 1);
            }
        }
    }

    /** Making a double of a {@link BigDecimal} takes time that grows with the square of its length. */
    private static boolean isTooLong(Number number) {
        return number instanceof BigDecimal decimal && decimal.unscaledValue().bitLength() > MAX_DECIMAL_BITS;
    }

    private static int sectionOf(String text) {
        FoldedName name = FoldedName.of(text);
        return name == null ? -1 : SECTIONS.indexOf(name.letters());
    }
}

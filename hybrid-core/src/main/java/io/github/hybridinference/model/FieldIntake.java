package io.github.hybridinference.model;

import io.github.hybridinference.model.LibraryNames.Conversion;
import io.github.hybridinference.model.LibraryNames.Meaning;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the maps that a caller hands in and takes of them nothing but catalogue features; of the others it keeps counts and
 * a few names, for their owner.
 *
 * <p>One level of nesting and a bounded number of entries are looked at, so that a deep, cyclic or endless map costs
 * bounded time and no stack. What is taken does not depend on the order of a map, up to the bounds.
 */
final class FieldIntake {
    /** The figures of the snapshot that is being built. */
    interface Figures {
        Timeframe timeframe();

        String symbol();

        /** Whether no further figure is taken. */
        boolean isFull();

        /** Takes a figure known to be in range; false if it is there already. */
        boolean put(Feature feature, double value);

        /** The figure, or NaN. */
        double get(Feature feature);

        /** Takes back a figure that is there. */
        void remove(Feature feature);
    }

    /** What a map holds under a name; the name is null if it is no text. */
    private record Field(@Nullable String name, @Nullable Object value) {
        boolean isMark() {
            return name != null
                    && !(value instanceof Map)
                    && !(value instanceof Iterable)
                    && AccountMarks.contains(name);
        }
    }

    /** A figure that has to wait for the price, which may come later. */
    private record Waiting(String name, Meaning meaning, double value) {}

    private static final int MAX_ENTRIES = 1_000;

    /** About 1,200 decimal digits: enough for any honest figure, and little enough to turn into a double at once. */
    private static final int MAX_DECIMAL_BITS = 4_096;

    private static final List<String> SECTIONS =
            List.of("marketdata", "features", "sentimentdata", "onchaindata", "indicators");

    private final int[] dropped = new int[DropCause.values().length];
    private final List<DroppedField> fields = new ArrayList<>();
    private final Map<String, Feature> custom = new HashMap<>();
    private final List<Waiting> waiting = new ArrayList<>();

    /** Figures in price units that came from maps, each with the name it had there. */
    private final Map<Feature, String> inPriceUnits = new HashMap<>();

    private int sensitive;
    private boolean pricedByMap;

    void accept(Feature feature) {
        String name = FoldedName.compact(feature.name());
        if (name != null) {
            custom.put(name, feature);
        }
    }

    DroppedFields dropped() {
        return new DroppedFields(dropped, sensitive, fields);
    }

    void takeAll(Map<?, ?> fields, @Nullable Vocabulary vocabulary, Figures into) {
        Reading reading = new Reading(vocabulary, into);
        reading.take(reading.fieldsOf(fields), true);
        reading.dropRatios();
    }

    /** Whether the price is a map's and gives way to one that a setter is given. */
    boolean gavePrice() {
        return pricedByMap;
    }

    void loseTypedPrice() {
        pricedByMap = false;
        drop(DropCause.DUPLICATE, Feature.PRICE.name(), Feature.PRICE);
    }

    /** What can be judged and converted only now that the price is known or known to be missing. */
    void finish(Figures into) {
        double price = into.get(Feature.PRICE);
        inPriceUnits.forEach((feature, name) -> {
            double value = into.get(feature);
            if (!Double.isNaN(value) && Doubts.isFarFromPrice(feature, value, price)) {
                into.remove(feature);
                drop(DropCause.OUT_OF_RANGE, name, feature);
                sensitive++;
            }
        });
        for (Waiting figure : waiting) {
            Feature feature = figure.meaning.feature().on(into.timeframe());
            double value = figure.meaning.convert(figure.value, price);
            if (figure.meaning.conversion() == Conversion.BY_SIZE && Double.isNaN(value)) {
                drop(DropCause.AMBIGUOUS_NAME, figure.name, feature);
            } else if (Double.isNaN(price)
                    || !feature.family().accepts(value)
                    || (figure.meaning.conversion() != Conversion.BY_SIZE
                            && Doubts.isFarFromPrice(figure.value, price))) {
                drop(DropCause.OUT_OF_RANGE, figure.name, feature);
            } else if (into.isFull()) {
                drop(DropCause.TOO_MANY, figure.name, feature);
            } else if (!into.put(feature, value)) {
                drop(DropCause.DUPLICATE, figure.name, feature);
            }
        }
    }

    private @Nullable Meaning meaningOf(String text, @Nullable Vocabulary vocabulary, Figures into) {
        Meaning meaning = CallersNames.read(text, vocabulary, into.symbol());
        if (meaning != null || custom.isEmpty()) {
            return meaning;
        }
        String compact = FoldedName.compact(text);
        Feature feature = compact == null ? null : custom.get(compact);
        return feature == null ? null : Meaning.plain(feature);
    }

    /** Counts a field that was not taken, and keeps its name if there is room. */
    void drop(DropCause cause, @Nullable String name, @Nullable Feature meant) {
        count(cause, 1);
        if (fields.size() < DroppedFields.MAX_FIELDS) {
            fields.add(new DroppedField(name, cause, meant));
        }
    }

    private void count(DropCause cause, int count) {
        int sum = dropped[cause.ordinal()] + count;
        dropped[cause.ordinal()] = sum < 0 ? Integer.MAX_VALUE : sum;
    }

    private void dropUnknown(@Nullable String name) {
        Feature perhaps = name == null ? null : CallersNames.inSomeLibrary(name);
        drop(perhaps == null ? DropCause.UNKNOWN_NAME : DropCause.AMBIGUOUS_NAME, name, perhaps);
        if (name != null && SensitiveNames.contains(name)) {
            sensitive++;
        }
    }

    /** The reading of one map with its sections. */
    private final class Reading {
        private final @Nullable Vocabulary vocabulary;
        private final Figures into;

        /** What this map gave, to distinguish a second spelling of a name from a figure that was set before. */
        private final List<Feature> taken = new ArrayList<>();

        private final List<Feature> disputed = new ArrayList<>();

        /** Moves that are next to nothing in percent and usual as ratios, each with its name in the map. */
        private final Map<Feature, String> perhapsRatios = new LinkedHashMap<>();

        private boolean surelyPercent;
        private int sectionsSeen;

        Reading(@Nullable Vocabulary vocabulary, Figures into) {
            this.vocabulary = vocabulary;
            this.into = into;
        }

        /** A map that throws is counted like any other bad input, and nothing of the exception is passed on. */
        List<Field> fieldsOf(Map<?, ?> map) {
            List<Field> found = new ArrayList<>();
            try {
                Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
                for (int seen = 0; entries.hasNext(); seen++) {
                    if (seen == MAX_ENTRIES) {
                        count(DropCause.TOO_MANY, Math.max(1, Math.max(0, map.size()) - MAX_ENTRIES));
                        break;
                    }
                    Field field = fieldOf(entries.next());
                    if (field != null) {
                        found.add(field);
                    }
                }
            } catch (Throwable hostile) {
                FatalErrors.rethrowIfFatal(hostile);
                drop(DropCause.UNREADABLE, null, null);
            }
            return found;
        }

        private @Nullable Field fieldOf(Map.Entry<?, ?> entry) {
            try {
                return new Field(entry.getKey() instanceof String text ? text : null, entry.getValue());
            } catch (Throwable hostile) {
                FatalErrors.rethrowIfFatal(hostile);
                drop(DropCause.UNREADABLE, null, null);
                return null;
            }
        }

        void take(List<Field> found, boolean outermost) {
            boolean ofAccount = hasMark(found);
            for (Field field : found) {
                if (outermost && field.name != null && field.value instanceof Map<?, ?> nested) {
                    takeNested(field.name, nested);
                } else {
                    takeFigure(field, ofAccount);
                }
            }
        }

        private boolean hasMark(List<Field> found) {
            for (Field field : found) {
                if (field.isMark()) {
                    return true;
                }
            }
            return false;
        }

        private void takeNested(String name, Map<?, ?> nested) {
            int section = sectionOf(name);
            if (section < 0) {
                takeGroup(name, fieldsOf(nested));
            } else if ((sectionsSeen & 1 << section) != 0) {
                drop(DropCause.DUPLICATE, name, null);
            } else {
                sectionsSeen |= 1 << section;
                take(fieldsOf(nested), false);
            }
        }

        /** A map of one indicator's lines, {@code {"macd": {"signal": ..}}}, or of one timeframe's, {@code {"4h": ..}}. */
        private void takeGroup(String name, List<Field> members) {
            Optional<Timeframe> frame = Timeframe.find(name);
            boolean known = false;
            for (Field member : members) {
                known |= member.name != null && isOfGroup(name, frame, member.name);
            }
            if (hasMark(members) || !known || !hasLetters(name)) {
                Feature feature = Catalogue.find(name);
                if (feature == null) {
                    dropUnknown(name);
                } else {
                    drop(DropCause.NOT_A_NUMBER, name, feature);
                }
                return;
            }
            for (Field member : members) {
                takeFigure(new Field(joined(name, frame, member.name), member.value), false);
            }
        }

        private boolean isOfGroup(String name, Optional<Timeframe> frame, String member) {
            Meaning meaning = meaningOf(joined(name, frame, member), vocabulary, into);
            // the price of something nested is not sure to be the market's
            return meaning != null && (frame.isPresent() || !meaning.feature().equals(Feature.PRICE));
        }

        private static boolean hasLetters(String name) {
            FoldedName folded = FoldedName.of(name);
            return folded != null && folded.letters().length() > 1;
        }

        private static String joined(String name, Optional<Timeframe> frame, @Nullable String member) {
            return frame.isPresent() ? member + "_" + name : name + "." + member;
        }

        private void takeFigure(Field field, boolean ofAccount) {
            Meaning meaning = field.name == null ? null : meaningOf(field.name, vocabulary, into);
            if (field.name == null || meaning == null) {
                dropUnknown(field.name);
                return;
            }
            Feature feature = meaning.feature();
            if (!(field.value instanceof Number number)) {
                drop(DropCause.NOT_A_NUMBER, field.name, feature);
            } else if (ofAccount && !Doubts.isOfTheMarket(meaning, field.name)) {
                drop(DropCause.ACCOUNT_DATA, field.name, feature);
                sensitive++;
            } else if (Doubts.isAmbiguous(meaning, field.name, vocabulary)) {
                drop(DropCause.AMBIGUOUS_NAME, field.name, feature);
            } else {
                takeNumber(field.name, meaning, number);
            }
        }

        private void takeNumber(String name, Meaning meaning, Number number) {
            Feature feature = meaning.feature().on(into.timeframe());
            double figure;
            try {
                if (isTooLong(number)) {
                    drop(DropCause.UNREADABLE, name, feature);
                    return;
                }
                figure = number.doubleValue();
            } catch (Throwable hostile) {
                FatalErrors.rethrowIfFatal(hostile);
                drop(DropCause.UNREADABLE, name, feature);
                return;
            }
            if (Double.isNaN(figure) || Double.isInfinite(figure)) {
                drop(DropCause.NOT_FINITE, name, feature);
            } else if (!meaning.conversion().needsPrice()) {
                takeFinite(name, feature, meaning.convert(figure, Double.NaN), meaning.ofLibrary());
            } else if (waiting.size() < DroppedFields.MAX_FIELDS) {
                waiting.add(new Waiting(name, meaning, figure));
            } else {
                drop(DropCause.TOO_MANY, name, feature);
            }
        }

        private void takeFinite(String name, Feature feature, double figure, boolean ofLibrary) {
            if (!feature.family().accepts(figure)) {
                drop(DropCause.OUT_OF_RANGE, name, feature);
            } else if (Doubts.isInAnotherUnit(feature, figure, into.timeframe())) {
                drop(DropCause.WRONG_UNIT, name, feature);
            } else if (disputed.contains(feature)) {
                drop(DropCause.DUPLICATE, name, feature);
            } else if (!Double.isNaN(into.get(feature))) {
                drop(DropCause.DUPLICATE, name, feature);
                settle(name, feature, figure);
            } else if (into.isFull()) {
                drop(DropCause.TOO_MANY, name, feature);
            } else {
                into.put(feature, figure);
                taken.add(feature);
                pricedByMap |= feature.equals(Feature.PRICE);
                noteUnit(name, feature, figure, ofLibrary);
                if (!feature.family().mayLeave() && !feature.equals(Feature.PRICE)) {
                    inPriceUnits.put(feature, name);
                }
            }
        }

        private void noteUnit(String name, Feature feature, double figure, boolean ofLibrary) {
            if (vocabulary != Vocabulary.CATALOGUE && Doubts.isOfMoves(feature.family())) {
                surelyPercent |= Doubts.isSurelyPercent(figure);
                if (!ofLibrary && Doubts.isPerhapsRatio(feature.family(), figure)) {
                    perhapsRatios.put(feature, name);
                }
            }
        }

        /** Unless another figure of the map is a percentage for sure. */
        void dropRatios() {
            if (surelyPercent) {
                return;
            }
            perhapsRatios.forEach((feature, name) -> {
                if (!Double.isNaN(into.get(feature))) {
                    into.remove(feature);
                    drop(DropCause.WRONG_UNIT, name, feature);
                }
            });
        }

        /** Two spellings with different figures: which one comes first is up to the map, so neither is taken. */
        private void settle(String name, Feature feature, double figure) {
            if (taken.contains(feature) && into.get(feature) != figure) {
                into.remove(feature);
                inPriceUnits.remove(feature); // a setter may give it after all, which is not doubted
                pricedByMap &= !feature.equals(Feature.PRICE);
                disputed.add(feature);
                drop(DropCause.DUPLICATE, name, feature);
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

package io.github.hybridinference.model;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One row of the {@link FeatureTable}, read.
 *
 * @param name how its members are called
 * @param period the standard period in bars, or 0
 * @param relativeFamily plain name of the family a figure in price units becomes, or null
 */
record FamilySpec(
        FeatureGroup group,
        NamePattern name,
        int period,
        int minPeriod,
        int maxPeriod,
        double low,
        double high,
        Step step,
        Fineness fineness,
        Relative relative,
        @Nullable String relativeFamily,
        String unit,
        String description) {

    private static final Pattern CELL_END = Pattern.compile(" | ", Pattern.LITERAL);

    /** How a figure in price units becomes one that says nothing about the price. */
    enum Relative {
        /** It is relative as it is. */
        ALREADY,
        /** In percent of the price. */
        SHARE,
        /** As the distance of the price from it, in percent of it. */
        DISTANCE,
        /** Only together with other figures; the anonymizer knows how. */
        TOGETHER
    }

    /** How a step follows the moves of the price in a market. */
    enum Fineness {
        /** Not at all: the figure does not grow with them. */
        FIXED(0),
        /** As many values as on hourly bars of Bitcoin. */
        ONCE(1),
        /** Twice as many: of the moves of single bars, too many would else be rounded to zero. */
        TWICE(2);

        private final int valuesToOne;

        Fineness(int valuesToOne) {
            this.valuesToOne = valuesToOne;
        }

        /** How many values there are, for each on hourly bars of Bitcoin. */
        int valuesToOne() {
            return valuesToOne;
        }
    }

    /** A rounding step of {@code units} × 10^-{@code decimals}. */
    record Step(long units, int decimals) {
        /** A step of a whole number of parts that end in 1, 2 or 5 and zeros. */
        Step dividedBy(int parts) {
            long finer = units;
            int places = decimals;
            for (int rest = parts; rest > 1; rest = rest % 10 == 0 ? rest / 10 : 1) {
                finer *= rest % 10 == 0 ? 1 : 10 / rest;
                places++;
            }
            return new Step(finer, places);
        }

        static Step parse(String text) {
            int point = text.indexOf('.');
            return point < 0
                    ? new Step(Integer.parseInt(text), 0)
                    : new Step(Integer.parseInt(text.substring(point + 1)), text.length() - point - 1);
        }
    }

    static FamilySpec parse(FeatureGroup group, String row) {
        String[] cells = CELL_END.split(row, -1);
        String[] period = cells[1].equals("-") ? new String[] {"0", "0", "0"} : cells[1].split(" ", 3);
        String[] range = cells[2].split(" ", 2);
        String[] step = cells[3].split(" ", 2);
        boolean stays = Character.isLetter(step[0].charAt(0));
        return new FamilySpec(
                group,
                NamePattern.parse(cells[0]),
                Integer.parseInt(period[0]),
                Integer.parseInt(period[1]),
                Integer.parseInt(period[2]),
                Double.parseDouble(range[0]),
                Double.parseDouble(range[1]),
                stays ? new Step(1, 0) : Step.parse(step[0]),
                stays || step.length == 1 ? Fineness.FIXED : Fineness.valueOf(step[1].toUpperCase(Locale.ROOT)),
                stays ? Relative.valueOf(step[0].toUpperCase(Locale.ROOT)) : Relative.ALREADY,
                stays && step.length == 2 ? step[1] : null,
                cells[4],
                cells[5]);
    }

    /** A family of an owner's own, with one member. */
    static FamilySpec custom(String name, double low, double high, Step step, String unit, String meaning) {
        return new FamilySpec(
                FeatureGroup.CUSTOM,
                new NamePattern(name, "", false, false),
                0,
                0,
                0,
                low,
                high,
                step,
                Fineness.FIXED,
                Relative.ALREADY,
                null,
                unit,
                meaning);
    }

    boolean acceptsPeriod(int bars) {
        return period == 0 ? bars == 0 : bars >= minPeriod && bars <= maxPeriod;
    }
}

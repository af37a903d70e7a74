package io.github.hybridinference.model;

import org.jspecify.annotations.Nullable;

/**
 * How the names of a family are spelled.
 *
 * @param stem the name up to period, timeframe or suffix
 * @param suffix the rest of the name, or empty
 * @param periodShown whether the canonical name shows the standard period
 * @param frameInside whether the timeframe stands before the suffix
 */
record NamePattern(String stem, String suffix, boolean periodShown, boolean frameInside) {
    private static final String OPTIONAL_PERIOD = "[_{n}]";
    private static final String PERIOD = "_{n}";
    private static final String FRAME = "[_{t}]";

    /** Reads a pattern of the {@link FeatureTable}. */
    static NamePattern parse(String pattern) {
        String[] parts = pattern.replace(OPTIONAL_PERIOD, "#")
                .replace(FRAME, "#")
                .replace(PERIOD, "#")
                .split("#", 2);
        String suffix = parts.length == 1 || parts[1].isEmpty() ? "" : parts[1].substring(1);
        boolean shown = pattern.contains(PERIOD) && !pattern.contains(OPTIONAL_PERIOD);
        return new NamePattern(parts[0], suffix, shown, pattern.contains(FRAME));
    }

    /** The name without period and timeframe. */
    String plainName() {
        return suffix.isEmpty() ? stem : stem + "_" + suffix;
    }

    /** The pattern as an owner reads it. */
    String spelled(boolean hasPeriod) {
        return join(hasPeriod ? periodShown ? PERIOD : OPTIONAL_PERIOD : "", "[_{timeframe}]");
    }

    /** The canonical name of a member; the period is left out if it is the standard one and need not be shown. */
    String nameOf(int period, int standardPeriod, @Nullable Timeframe timeframe) {
        boolean shown = standardPeriod != 0 && (periodShown || period != standardPeriod);
        return join(shown ? "_" + period : "", timeframe == null ? "" : "_" + timeframe.code());
    }

    /** The letters to which {@link FoldedName} brings a name with or without a period, on a timeframe of that unit. */
    String foldedLetters(boolean withPeriod, String frameUnit) {
        return join(withPeriod ? "#" : "", frameUnit.isEmpty() ? "" : "#" + frameUnit)
                .replace("_", "");
    }

    private String join(String period, String frame) {
        String tail = suffix.isEmpty() ? "" : "_" + suffix;
        return frameInside ? stem + period + frame + tail : stem + period + tail + frame;
    }
}

package io.github.hybridinference.model;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The checks on a feature that an owner declares, and its place in the order. */
final class CustomFeatures {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z_]{0,30}[0-9]{0,2}");

    /** Above the order of any feature of the catalogue, so that custom ones stand last. */
    private static final long FIRST = 1L << 40;

    private static final int ORDINAL = Integer.MAX_VALUE;
    private static final double LARGEST = 1e12;
    private static final double MOST_LEVELS = 1e4;

    private CustomFeatures() {}

    /** {@code evenThough} is why the owner wants a telling name, or null. */
    static FeatureFamily family(String name, double low, double high, int digits, @Nullable String evenThough) {
        requireName(name, evenThough);
        requireBounds(low, high);
        if (digits < 1 || digits > FeatureFamily.MAX_DIGITS) {
            throw new IllegalArgumentException("a custom feature has 1 to 4 significant digits");
        }
        FamilySpec.Step step = Grid.stepOf(digits, Math.max(Math.abs(low), Math.abs(high)));
        if (Grid.of(step, low, high).isEmpty()) {
            throw new IllegalArgumentException("no figure between the bounds has so few significant digits");
        }
        return new FeatureFamily(
                ORDINAL,
                FamilySpec.custom(name, low, high, step, "", meaning("Declared by the owner", evenThough)),
                null);
    }

    /** With a step instead of digits, and with the words of a file of features. */
    static FeatureFamily family(
            String name,
            double low,
            double high,
            FamilySpec.Step step,
            String unit,
            String meaning,
            @Nullable String evenThough) {
        requireName(name, evenThough);
        requireBounds(low, high);
        double largest = Math.max(Math.abs(low), Math.abs(high));
        if (step.units() < 1 || largest * Math.pow(10, step.decimals()) / withoutZeros(step) >= MOST_LEVELS) {
            throw new IllegalArgumentException(
                    "a custom feature has a positive step with which no figure has more than 4 significant digits");
        }
        if (Grid.of(step, low, high).isEmpty()) {
            throw new IllegalArgumentException("no figure between the bounds is a whole number of steps");
        }
        return new FeatureFamily(
                ORDINAL, FamilySpec.custom(name, low, high, step, unit, meaning(meaning, evenThough)), null);
    }

    /** The power of ten in a step of whole units, whose zeros are no significant digits. */
    private static long withoutZeros(FamilySpec.Step step) {
        long power = 1;
        while (step.decimals() == 0 && step.units() % (power * 10) == 0) {
            power *= 10;
        }
        return power;
    }

    /** The reason stands in the description, where an auditor finds it. It is not sent. */
    private static String meaning(String meaning, @Nullable String evenThough) {
        return evenThough == null ? meaning : meaning + "; named so even though it may tell: " + evenThough.strip();
    }

    private static void requireName(String name, @Nullable String evenThough) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a custom feature is named [a-z][a-z_]{0,30} with at most a two-digit suffix");
        }
        if (SensitiveNames.contains(name)) {
            throw new IllegalArgumentException("a custom feature must not have a sensitive name");
        }
        if (evenThough == null && TellingNames.contains(name)) {
            throw new IllegalArgumentException(
                    "the name of a custom feature is sent, and this one can tell whose figure it is"
                            + " or of which instrument: choose another, or say in your own words why it may be sent"
                            + " (Feature.customEvenThough, or even_though in a file of features)");
        }
        if (evenThough != null && !isReason(evenThough)) {
            throw new IllegalArgumentException("the reason for a telling name is one line of 10 to 200 characters");
        }
    }

    private static boolean isReason(String text) {
        String reason = text.strip();
        return reason.length() >= 10 && reason.length() <= 200 && reason.chars().noneMatch(Character::isISOControl);
    }

    private static void requireBounds(double low, double high) {
        if (!(low < high && low >= -LARGEST && high <= LARGEST)) {
            throw new IllegalArgumentException("a custom feature needs bounds within 1e12, low below high");
        }
    }

    /** Stable between processes, so that a fleet agrees on the digest of a snapshot with custom features. */
    static long order(String name, double low, double high, int digits) {
        long hash = digits;
        hash = hash * 31 + Double.doubleToLongBits(low);
        hash = hash * 31 + Double.doubleToLongBits(high);
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        return FIRST | ((hash ^ (hash >>> 32)) & (FIRST - 1));
    }
}

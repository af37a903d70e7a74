package io.github.hybridinference.model;

import java.util.regex.Pattern;

/** The checks on a feature that an owner declares, and its place in the order. */
final class CustomFeatures {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z_]{0,30}[0-9]{0,2}");

    /** Above the order of any feature of the catalogue, so that custom ones stand last. */
    private static final long FIRST = 1L << 40;

    private static final int ORDINAL = Integer.MAX_VALUE;

    private CustomFeatures() {}

    static FeatureFamily family(String name, double low, double high, int digits) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a custom feature is named [a-z][a-z_]{0,30} with at most a two-digit suffix");
        }
        FoldedName folded = FoldedName.of(name);
        if (folded == null || SensitiveNames.contains(folded)) {
            throw new IllegalArgumentException("a custom feature must not have a sensitive name");
        }
        if (Catalogue.find(folded) != null) {
            throw new IllegalArgumentException("the catalogue has a feature of that name: use Feature.of");
        }
        if (!(low < high) || Double.isInfinite(low) || Double.isInfinite(high)) {
            throw new IllegalArgumentException("a custom feature needs finite bounds, low below high");
        }
        if (digits < 1 || digits > FeatureFamily.MAX_DIGITS) {
            throw new IllegalArgumentException("a custom feature has 1 to 4 significant digits");
        }
        FamilySpec.Step step = step(Math.max(Math.abs(low), Math.abs(high)), digits);
        return new FeatureFamily(
                ORDINAL,
                new FamilySpec(
                        FeatureGroup.CUSTOM,
                        name,
                        "",
                        false,
                        false,
                        0,
                        0,
                        0,
                        low,
                        high,
                        step,
                        FamilySpec.Relative.ALREADY,
                        null,
                        "",
                        "Declared by the owner"),
                null);
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

    private static FamilySpec.Step step(double largest, int digits) {
        double limit = Math.pow(10, digits);
        int decimals = 0;
        while (decimals < digits && largest * Math.pow(10, decimals + 1) < limit) {
            decimals++;
        }
        int units = 1;
        while (largest / units >= limit) {
            if (units == 1_000_000_000) {
                throw new IllegalArgumentException("a custom feature's bounds lie within 1e12");
            }
            units *= 10;
        }
        return new FamilySpec.Step(units, decimals);
    }
}

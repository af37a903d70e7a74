package io.github.hybridinference.model;

/** Figures as whole steps, so that rounding, comparing and printing are exact integer arithmetic. */
final class Grid {
    private static final int FINE_DIGITS = 9;

    /** So many fine steps on either side of zero, at least: ten times the range of a usual bar and more. */
    private static final int FINE_STEPS = 100;

    /**
     * Half a step up, and a hair more: figures that lie half-way between two levels in decimals land on the same one
     * whatever unit the prices were in when they were computed, though their binary forms differ in the last bit.
     */
    private static final double HALF_UP = 0.5 + 1e-9;

    private final long units;
    private final long power;
    private final double levelsPerUnit;
    private final int lowest;
    private final int highest;
    private final int parts;
    private final int nearZero;

    private Grid(FamilySpec.Step step, double low, double high, int parts) {
        this.units = step.units();
        this.power = pow10(step.decimals());
        this.levelsPerUnit = (double) power / units;
        this.lowest = (int) Math.ceil(low * levelsPerUnit - 1e-6);
        this.highest = (int) Math.floor(high * levelsPerUnit + 1e-6);
        this.parts = parts;
        this.nearZero = (FINE_STEPS + parts - 1) / parts * parts;
    }

    static Grid of(FamilySpec.Step step, double low, double high) {
        return new Grid(step, low, high, 1);
    }

    /**
     * Near zero, steps as many times finer; beyond, the given ones, so that a figure has neither more digits nor many more
     * values than with the given steps alone.
     */
    static Grid finerNearZero(FamilySpec.Step step, double low, double high, int parts) {
        return parts == 1 ? of(step, low, high) : new Grid(step.dividedBy(parts), low, high, parts);
    }

    /** As many decimals as fit nine digits at the far end of the range. */
    static Grid fine(double low, double high) {
        return new Grid(stepOf(FINE_DIGITS, Math.max(Math.abs(low), Math.abs(high))), low, high, 1);
    }

    /** The finest step that tells no figure up to {@code largest} in more than so many significant digits. */
    static FamilySpec.Step stepOf(int digits, double largest) {
        int decimals = 0;
        while (decimals < FINE_DIGITS && largest * pow10(decimals + 1) < pow10(digits)) {
            decimals++;
        }
        long units = 1;
        while (largest / units >= pow10(digits)) {
            units *= 10;
        }
        return new FamilySpec.Step(units, decimals);
    }

    /** Whether any figure of the range is a whole number of steps. */
    boolean isEmpty() {
        return lowest > highest;
    }

    double step() {
        return (double) units / power;
    }

    /** The distance to the level beyond that one, away from zero. */
    double stepAt(int level) {
        return Math.abs(level) < nearZero ? step() : (double) (parts * units) / power;
    }

    /** Into how many parts the catalogue's step is divided. */
    int parts() {
        return parts;
    }

    /** The nearest level within the range. */
    int levelOf(double value) {
        int level = (int) Math.floor(value * levelsPerUnit + HALF_UP);
        if (parts > 1 && Math.abs(level) > nearZero) {
            level = parts * (int) Math.floor(value * levelsPerUnit / parts + HALF_UP);
        }
        return Math.max(lowest, Math.min(highest, level));
    }

    double valueOf(int level) {
        return (double) (level * units) / power;
    }

    /** Writes a level as a plain decimal number, exact and without needless zeros. */
    void append(StringBuilder target, int level) {
        long rest = level * units;
        if (rest < 0) {
            target.append('-');
            rest = -rest;
        }
        target.append(rest / power);
        rest %= power;
        if (rest != 0) {
            target.append('.');
            for (long digit = power / 10; rest != 0; digit /= 10) {
                target.append((char) ('0' + rest / digit));
                rest %= digit;
            }
        }
    }

    private static long pow10(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }
}

package io.github.hybridinference.model;

/** Figures as whole steps, so that rounding, comparing and printing are exact integer arithmetic. */
final class Grid {
    private static final int FINE_DIGITS = 9;

    private final long units;
    private final long power;
    private final double levelsPerUnit;

    private Grid(long units, int decimals) {
        this.units = units;
        this.power = pow10(decimals);
        this.levelsPerUnit = (double) power / units;
    }

    static Grid of(FamilySpec.Step step) {
        return new Grid(step.units(), step.decimals());
    }

    /** As many decimals as fit nine digits at the far end of the range. */
    static Grid fine(double low, double high) {
        double largest = Math.max(Math.abs(low), Math.abs(high));
        int decimals = FINE_DIGITS;
        while (decimals > 0 && largest * pow10(decimals) >= pow10(FINE_DIGITS)) {
            decimals--;
        }
        long units = 1;
        while (largest / units >= pow10(FINE_DIGITS)) {
            units *= 10;
        }
        return new Grid(units, decimals);
    }

    double step() {
        return (double) units / power;
    }

    int levelOf(double value) {
        return (int) Math.rint(value * levelsPerUnit);
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

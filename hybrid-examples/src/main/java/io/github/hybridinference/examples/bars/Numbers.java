package io.github.hybridinference.examples.bars;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the numbers of one file. Whether the comma or the point is the decimal mark is found from all of its numbers
 * beforehand, by {@link Evidence}; the other one may group thousands, as may apostrophes and spaces.
 */
final class Numbers {
    private static final Set<String> MISSING =
            Set.of("", "-", "--", "—", "null", "none", "nan", "n/a", "na", "#n/a", "<na>", "nil");

    /** A number without its sign, currency and suffix. */
    private static final Pattern PARTS = Pattern.compile(
            "([-+]?)[$€£¥]?\\s*([\\d.,'’\u00a0\u202f ]+)((?:[eE][-+]?\\d{1,3})?)\\s*([KkMmBbTt万亿]?)\\s*%?");

    private final char decimal;
    private final Pattern plain;
    private final Pattern groups;

    private Numbers(char decimal) {
        this.decimal = decimal;
        String mark = Pattern.quote(String.valueOf(decimal));
        String group = "[" + (decimal == '.' ? "," : ".") + "'’\u00a0\u202f ]";
        groups = Pattern.compile(group);
        // 1234.5, 1,234.5, and Indian 12,34,567
        plain = Pattern.compile("(?:\\d+|\\d{1,3}(?:" + group + "\\d{2,3})*" + group + "\\d{3})?(?:" + mark + "\\d*)?");
    }

    /** Numbers with the mark that the owner of a file names. */
    static Numbers with(char decimal) {
        return new Numbers(decimal);
    }

    static Numbers withPoint() {
        return new Numbers('.');
    }

    static boolean isMissing(String cell) {
        return MISSING.contains(cell.toLowerCase(Locale.ROOT));
    }

    /** Whether the decimal mark is a comma. */
    boolean decimalComma() {
        return decimal == ',';
    }

    /**
     * Reads a number.
     *
     * @throws NumberFormatException if it is none; its message must not be passed on
     */
    double read(String cell) {
        boolean negative = cell.startsWith("(") && cell.endsWith(")");
        Matcher parts = PARTS.matcher(negative ? cell.substring(1, cell.length() - 1) : cell);
        if (!parts.matches()) {
            throw new NumberFormatException();
        }
        String digits = parts.group(2).strip();
        if (digits.isEmpty()
                || !plain.matcher(digits).matches()
                || digits.chars().noneMatch(Character::isDigit)) {
            throw new NumberFormatException();
        }
        String bare = groups.matcher(digits).replaceAll("");
        BigDecimal value = new BigDecimal(bare.replace(decimal, '.') + parts.group(3));
        double signed = value.multiply(factor(parts.group(4))).doubleValue();
        return negative || parts.group(1).equals("-") ? -signed : signed;
    }

    private static BigDecimal factor(String suffix) {
        return switch (suffix) {
            case "K", "k" -> BigDecimal.valueOf(1_000);
            case "M", "m" -> BigDecimal.valueOf(1_000_000);
            case "B", "b" -> BigDecimal.valueOf(1_000_000_000);
            case "T", "t" -> BigDecimal.valueOf(1_000_000_000_000L);
            case "万" -> BigDecimal.valueOf(10_000);
            case "亿" -> BigDecimal.valueOf(100_000_000);
            default -> BigDecimal.ONE;
        };
    }

    /** Collects, over all rows of a file, what tells which decimal mark it uses. */
    static final class Evidence {
        private static final Pattern EITHER = Pattern.compile("\\d{1,3}[.,]\\d{3}");

        /** A whole number below a thousand. */
        private static final Pattern SMALL = Pattern.compile("[1-9]\\d{0,2}");

        private final char separator;
        private long point;
        private long comma;
        private long openComma;
        private long openPoint;
        private long small;

        Evidence(char separator) {
            this.separator = separator;
        }

        void add(String cell) {
            int lastPoint = cell.lastIndexOf('.');
            int lastComma = cell.lastIndexOf(',');
            if (lastPoint < 0 && lastComma < 0) {
                small += SMALL.matcher(cell).matches() ? 1 : 0;
                return;
            }
            if (lastPoint >= 0 && lastComma >= 0) {
                vote(lastPoint > lastComma);
            } else if (lastPoint >= 0 ? lastPoint != cell.indexOf('.') : lastComma != cell.indexOf(',')) {
                vote(lastPoint < 0); // a mark that stands twice groups
            } else if (EITHER.matcher(cell).matches() && !cell.startsWith("0")) {
                openComma += lastComma >= 0 ? 1 : 0;
                openPoint += lastPoint >= 0 ? 1 : 0;
            } else {
                vote(lastPoint >= 0);
            }
        }

        private void vote(boolean isPoint) {
            point += isPoint ? 1 : 0;
            comma += isPoint ? 0 : 1;
        }

        /**
         * Requires that the point of these numbers is the decimal mark, if all of them have three digits behind it. Then it
         * may group thousands, and there is reason to think so if whole numbers below a thousand have none, or if the
         * amounts of the file have a decimal comma or the same open point.
         *
         * @throws RowFault if there is reason to doubt it
         */
        void requireClearPoint(Evidence amounts) throws RowFault {
            boolean commaElsewhere = amounts.comma > amounts.point || (amounts.openPoint > 0 && !amounts.tells());
            if (separator != ',' && !tells() && openPoint > 0 && (small > 0 || commaElsewhere)) {
                throw new RowFault(
                        "its prices, such as 1.234, leave open whether the point is the decimal mark or groups "
                                + "thousands: say it with --decimal comma or --decimal point");
            }
        }

        /** Whether anything was seen that tells. */
        boolean tells() {
            return point > 0 || comma > 0;
        }

        /**
         * Decides. A comma in a file that is separated by commas is quoted, as a thousands separator is.
         *
         * @throws RowFault if all that was seen, such as 1,234, may be read in two ways
         */
        Numbers decide() throws RowFault {
            if (!tells() && openComma > 0 && separator != ',') {
                throw new RowFault(
                        "its prices leave open whether a comma is the decimal mark or groups thousands: say it "
                                + "with --decimal comma or --decimal point");
            }
            return new Numbers(comma > point ? ',' : '.');
        }
    }
}

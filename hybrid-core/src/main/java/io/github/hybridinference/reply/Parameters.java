package io.github.hybridinference.reply;

import org.jspecify.annotations.Nullable;

/**
 * What hangs on the name of a feature: {@code RSI(14)}, {@code RSI (14, 4h)}, {@code RSI14}, {@code RSI_14}.
 *
 * @param start where the name before it ends
 * @param period the number of bars, or 0 if it is more or other than that
 */
record Parameters(int start, int period) {
    private static final int MAX_LENGTH = 16;
    private static final int MAX_PERIOD_DIGITS = 3;

    /** Finds the parameters that end at {@code end}, which is not 0. */
    static @Nullable Parameters endingAt(String text, int end) {
        char last = text.charAt(end - 1);
        if (last != ')' && last != '\uff09') {
            return digits(text, end);
        }
        for (int i = end - 2; i >= Math.max(0, end - MAX_LENGTH); i--) {
            char c = text.charAt(i);
            if (c == '(' || c == '\uff08') {
                Parameters inside = digits(text, end - 1);
                int period = inside != null && inside.start == i + 1 ? inside.period : 0;
                return new Parameters(skipBlanks(text, i), period);
            }
            if (!WrittenFigures.isWordPart(c) && " ,.".indexOf(c) < 0) {
                return null;
            }
        }
        return null;
    }

    private static @Nullable Parameters digits(String text, int end) {
        int start = end;
        int period = 0;
        int weight = 1;
        while (start > 0 && end - start < MAX_PERIOD_DIGITS && WrittenFigures.isDigit(text.charAt(start - 1))) {
            start--;
            period += weight * (text.charAt(start) - '0');
            weight *= 10;
        }
        if (start == end) {
            return null;
        }
        boolean joined = start > 0 && "_-".indexOf(text.charAt(start - 1)) >= 0;
        return new Parameters(joined ? start - 1 : skipBlanks(text, start), period);
    }

    private static int skipBlanks(String text, int end) {
        int at = end;
        while (at > 0 && end - at < 3 && text.charAt(at - 1) == ' ') {
            at--;
        }
        return at;
    }
}

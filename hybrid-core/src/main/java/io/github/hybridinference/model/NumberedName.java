package io.github.hybridinference.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A library's name with case and separators folded away and all its numbers taken out: {@code BBP_20_2.0} has the letters
 * {@code bbp##} and the numbers 20 and 2. More generous than {@link FoldedName}: it takes decimals, more numbers, and the
 * punctuation and Chinese letters that columns are named with.
 */
record NumberedName(String letters, List<Double> numbers) {
    private static final int MAX_NUMBERS = 5;
    private static final int MAX_DIGITS = 7;
    private static final String SEPARATORS = "_- .,()[]|:%&";
    private static final char FIRST_IDEOGRAPH = '\u4e00';
    private static final char LAST_IDEOGRAPH = '\u9fff';

    static @Nullable NumberedName of(String name) {
        int length = name.length();
        if (length == 0 || length > FoldedName.MAX_LENGTH) {
            return null;
        }
        StringBuilder letters = new StringBuilder(length);
        List<Double> numbers = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            char c = name.charAt(i);
            if (isDigit(c)) {
                int end = endOfNumber(name, i);
                if (numbers.size() == MAX_NUMBERS || end - i > MAX_DIGITS) {
                    return null;
                }
                numbers.add(Double.parseDouble(name.substring(i, end)));
                letters.append('#');
                i = end - 1;
            } else if (c >= 'A' && c <= 'Z') {
                letters.append((char) (c + ('a' - 'A')));
            } else if (isLowerCaseOrIdeograph(c)) {
                letters.append(c);
            } else if (SEPARATORS.indexOf(c) < 0) {
                return null;
            }
        }
        return new NumberedName(letters.toString(), List.copyOf(numbers));
    }

    double number(int index) {
        return numbers.get(index);
    }

    /** A name without a word that says nothing, such as {@code Indicator} or {@code period}. */
    NumberedName without(String word) {
        return new NumberedName(letters.replace(word, ""), numbers);
    }

    NumberedName withShortPercent() {
        return new NumberedName(letters.replace("percent", "pct"), numbers);
    }

    private static int endOfNumber(String name, int start) {
        int end = start;
        boolean decimal = false;
        while (end < name.length()) {
            char c = name.charAt(end);
            boolean point = c == '.' && !decimal && end + 1 < name.length() && isDigit(name.charAt(end + 1));
            if (!point && !isDigit(c)) {
                break;
            }
            decimal |= point;
            end++;
        }
        return end;
    }

    private static boolean isLowerCaseOrIdeograph(char c) {
        return (c >= 'a' && c <= 'z') || c == '+' || (c >= FIRST_IDEOGRAPH && c <= LAST_IDEOGRAPH);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}

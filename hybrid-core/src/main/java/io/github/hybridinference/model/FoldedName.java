package io.github.hybridinference.model;

import org.jspecify.annotations.Nullable;

/**
 * A name with case and separators folded away and its numbers taken out: {@code RSI-14}, {@code rsi_14} and
 * {@code rsi14} all have the letters {@code rsi#} and the number 14.
 *
 * <p>Only ASCII letters, digits, {@code _}, {@code -} and space are folded; a name with anything else is no name. There
 * is no folding of Unicode look-alikes, because that could only ever accept too much.
 *
 * @param letters lower-case letters, {@code #} for each run of digits
 * @param first the first number, or -1
 * @param second the second number, or -1
 */
record FoldedName(String letters, int first, int second) {
    static final int MAX_LENGTH = 64;
    private static final int MAX_NUMBER_DIGITS = 3;

    static @Nullable FoldedName of(String name) {
        int length = name.length();
        if (length == 0 || length > MAX_LENGTH) {
            return null;
        }
        StringBuilder letters = new StringBuilder(length);
        int[] numbers = {-1, -1};
        int count = 0;
        for (int i = 0; i < length; i++) {
            char c = name.charAt(i);
            if (c >= 'a' && c <= 'z') {
                letters.append(c);
            } else if (c >= 'A' && c <= 'Z') {
                letters.append((char) (c + ('a' - 'A')));
            } else if (c >= '0' && c <= '9') {
                int end = endOfDigits(name, i);
                if (count == 2 || end - i > MAX_NUMBER_DIGITS || c == '0') {
                    return null;
                }
                numbers[count++] = Integer.parseInt(name, i, end, 10);
                letters.append('#');
                i = end - 1;
            } else if (c != '_' && c != '-' && c != ' ') {
                return null;
            }
        }
        return new FoldedName(letters.toString(), numbers[0], numbers[1]);
    }

    private static int endOfDigits(String name, int start) {
        int end = start;
        while (end < name.length() && name.charAt(end) >= '0' && name.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    /** A name in lower case without its separators: one for all spellings of it. Null for what is no name. */
    static @Nullable String compact(String name) {
        if (name.length() > MAX_LENGTH) {
            return null;
        }
        StringBuilder compact = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                compact.append((char) (c + ('a' - 'A')));
            } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                compact.append(c);
            } else if (c != '_' && c != '-' && c != ' ') {
                return null;
            }
        }
        return compact.toString();
    }
}

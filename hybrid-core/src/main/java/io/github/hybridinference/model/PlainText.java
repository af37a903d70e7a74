package io.github.hybridinference.model;

/**
 * Makes a text of foreign origin, such as a model's, fit to be kept, shown and logged. Thread-safe.
 *
 * @since 0.1.0
 */
public final class PlainText {
    /** Fillers of Hangul, the empty pattern of Braille and the joiner of graphemes. */
    private static final String DRAWN_AS_NOTHING = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0";

    private PlainText() {}

    /**
     * Takes out what is not seen: control characters, invisible formatting (which can hide or reverse text) and halves
     * of surrogate pairs, and letters and symbols that are drawn as nothing. White space of any kind becomes a blank, and
     * none is left at the ends.
     *
     * @param text any text
     * @return the same string if there is nothing to do
     */
    public static String clean(String text) {
        for (int i = 0; i < text.length(); i++) {
            // a half of a surrogate pair is not plain: pairs are looked at in the copy
            if (!isPlain(text.charAt(i))) {
                return cleaned(text, i).strip();
            }
        }
        return text.strip();
    }

    /** Cuts to at most so many characters, and never through the middle of a surrogate pair. */
    static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }

    private static String cleaned(String text, int from) {
        StringBuilder clean = new StringBuilder(text.length()).append(text, 0, from);
        for (int i = from; i < text.length(); ) {
            int symbol = text.codePointAt(i);
            if (isPlain(symbol)) {
                clean.appendCodePoint(symbol);
            } else if (Character.isWhitespace(symbol) || Character.isSpaceChar(symbol) || symbol == '\u0085') {
                clean.append(' ');
            }
            i += Character.charCount(symbol);
        }
        return clean.toString();
    }

    private static boolean isPlain(int symbol) {
        if (symbol >= ' ' && symbol <= '~') {
            return true;
        }
        if (DRAWN_AS_NOTHING.indexOf(symbol) >= 0 || isVariationSelector(symbol)) {
            return false;
        }
        return switch (Character.getType(symbol)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }

    private static boolean isVariationSelector(int symbol) {
        return (symbol >= 0xfe00 && symbol <= 0xfe0f) || (symbol >= 0xe0100 && symbol <= 0xe01ef);
    }
}

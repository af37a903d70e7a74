package io.github.hybridinference.reply;

/** Reads names in a text backwards, in any case, set apart by any separators or none. */
final class Spelling {
    private static final Signs SEPARATORS = Signs.of(" _-&/");
    private static final int MAX_SEPARATORS = 3;

    private Spelling() {}

    /**
     * Tells where a name begins that ends at {@code end}.
     *
     * @param name in lower case, with blanks or low lines where its words can be set apart
     * @return -1 if the text does not end with it there, or with a longer word
     */
    static int startOf(String name, String text, int end) {
        int start = startOfPart(name, text, end);
        return start >= 0 && isWhole(name, text, start) ? start : -1;
    }

    /** Like {@link #startOf}, but content with the end of a word. */
    static int startOfPart(String part, String text, int end) {
        int at = end;
        for (int i = part.length() - 1; i >= 0; i--) {
            char wanted = part.charAt(i);
            if (wanted == ' ' || wanted == '_') {
                at = skipSeparators(text, at);
            } else if (at == 0 || lowerCase(text.charAt(at - 1)) != wanted) {
                return -1;
            } else {
                at--;
            }
        }
        return at;
    }

    /** Tells whether what begins at {@code start} is not the end of a longer word. */
    static boolean isWhole(String name, String text, int start) {
        return start == 0
                || !WrittenFigures.isWordPart(name.charAt(0))
                || !WrittenFigures.isWordPart(text.charAt(start - 1));
    }

    static char lowerCase(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }

    /** Goes left over what can set words apart. */
    static int skipSeparators(String text, int end) {
        int at = end;
        while (at > 0 && end - at < MAX_SEPARATORS && SEPARATORS.contains(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }
}

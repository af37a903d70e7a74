package io.github.hybridinference.reply;

/**
 * Walks over the figures of a text that stand by themselves: not part of a name, a date, a price, a range or a list.
 * A cursor: its fields tell of the figure it stands on.
 */
final class WrittenFigures {
    /** What a figure counts. */
    enum Unit {
        /** Nothing said. */
        NONE,
        /** Written with a percent sign. */
        PERCENT,
        /** A multiple, such as 1.9x. */
        TIMES
    }

    private static final int MAX_DIGITS = 9;
    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

    /** Money, paths, fractions, dashes and "about" right before a figure, and powers, ranges and fractions right after it. */
    private static final Signs BREAKS_BEFORE = Signs.of("./\\#$^~\u20ac\u00a3\u00a5\u2013\u2014\uff5e\u2192");

    private static final Signs BREAKS_AFTER = Signs.of("-/+~^=>\u2013\u2014\uff5e\u2192");
    private static final WordSet PERCENT_WORDS = WordSet.of("percent pct");
    private static final Signs ASCII_WORD_PARTS =
            Signs.of("_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    private static final WordSet TIMES_WORDS = WordSet.of("x times");

    /** Where it begins, its sign included. */
    int start;
    /** Where it ends, its unit included. */
    int end;
    /** How much, with its sign. */
    double value;
    /** Half a unit of its last digit: how far the truth can be from it if it was rounded. */
    double halfUnit;
    /** Whether it has no decimals. */
    boolean whole;
    /** Whether a sign is written. */
    boolean signed;

    Unit unit = Unit.NONE;

    private final String text;
    private int next;

    WrittenFigures(String text) {
        this.text = text;
    }

    /** Goes on to the next figure; false if there is none. */
    boolean next() {
        while (goToDigit()) {
            if (readDigits() && readSign() && readUnit()) {
                return true;
            }
        }
        return false;
    }

    /** On a local variable: this loop passes over every character of every reply. */
    private boolean goToDigit() {
        int at = next;
        int length = text.length();
        while (at < length && !isDigit(text.charAt(at))) {
            at++;
        }
        next = at;
        return at < length;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Tells whether a character goes into words that are set apart by blanks, which Chinese ones are not. */
    static boolean isWordPart(char c) {
        return c < 128 ? ASCII_WORD_PARTS.contains(c) : c < '\u2e80' && Character.isLetterOrDigit(c);
    }

    private char at(int index) {
        return index >= 0 && index < text.length() ? text.charAt(index) : ' ';
    }

    private boolean readDigits() {
        start = next;
        long digits = 0;
        int count = 0;
        int points = 0;
        int decimals = 0;
        boolean commas = false;
        for (; isDigit(at(next)) || isInnerMark(); next++) {
            char c = at(next);
            if (isDigit(c)) {
                digits = count < MAX_DIGITS ? digits * 10 + (c - '0') : 0;
                count++;
                decimals += points;
            } else {
                points++;
                commas |= c == ',';
            }
        }
        end = next;
        if (count > MAX_DIGITS || points > 1 || commas) {
            // too exact to be a feature; a version; thousands or decimals, who knows
            return false;
        }
        value = digits / POWERS[decimals];
        halfUnit = 0.5 / POWERS[decimals];
        whole = decimals == 0;
        return true;
    }

    private boolean isInnerMark() {
        return (at(next) == '.' || at(next) == ',') && isDigit(at(next + 1));
    }

    private boolean readSign() {
        char sign = at(start - 1);
        signed = sign == '-' || sign == '+' || sign == '\u2212';
        if (signed) {
            start--;
            value = sign == '+' ? value : -value;
        }
        char before = at(start - 1);
        // a hyphen or a dash rather than a sign: 30-70, RSI-14, 2%-3%
        boolean hyphen = signed && "-)%".indexOf(before) >= 0;
        return !hyphen && !isWordPart(before) && !BREAKS_BEFORE.contains(before);
    }

    private boolean readUnit() {
        unit = Unit.NONE;
        int at = at(end) == ' ' ? end + 1 : end;
        int wordEnd = at;
        while (wordEnd < at + 8 && isWordPart(at(wordEnd))) {
            wordEnd++;
        }
        if (at(at) == '%' || at(at) == '\uff05') {
            take(Unit.PERCENT, at + 1);
        } else if (at(at) == '\u00d7' || at(at) == '\u500d') {
            take(Unit.TIMES, at + 1);
        } else if (PERCENT_WORDS.contains(text, at, wordEnd)) {
            take(Unit.PERCENT, wordEnd);
        } else if (TIMES_WORDS.contains(text, at, wordEnd)) {
            take(Unit.TIMES, wordEnd);
        } else if (text.startsWith("/100", at)) {
            take(Unit.NONE, at + 4);
        }
        return !isWordPart(at(end)) && !BREAKS_AFTER.contains(at(end));
    }

    private void take(Unit found, int newEnd) {
        unit = found;
        end = newEnd;
    }
}

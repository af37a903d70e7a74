package io.github.hybridinference.remote;

/** The words around a figure that decide whether it is claimed to be the current one. */
final class ClaimWords {
    /** Between a name and its current figure. */
    static final WordSet LINKS =
            WordSet.of("is at of reads reading stands sits sitting standing currently now value score"
                    + " equals shows showing prints printing remains has a an the still just only also");

    /** Between a name and its figure, where the figure may be a quoted threshold as well. */
    static final WordSet ADJECTIVES =
            WordSet.of("oversold overbought high low elevated extreme extremely neutral strong"
                    + " weak bullish bearish deeply moderately slightly very");

    /** Make anything in the same sentence after them a condition, a wish or the past. */
    static final WordSet NOT_NOW_BEFORE =
            WordSet.of("if when whenever once until till unless should would could might may"
                    + " wait waiting await watch target targets targeting expect expected expecting assume assuming suppose"
                    + " previous previously prior earlier yesterday last formerly historically typically usually normally"
                    + " threshold limit need needs require requires minute hour day week month monthly");

    /** Make a name right after them part of a comparison. */
    static final WordSet COMPARISONS = WordSet.of(
            "below above under over than from past to near toward towards average mean maximum minimum max min not");

    /** Make the figure right before them a threshold, part of a range or a count of something else. */
    static final WordSet NOT_NOW_NEXT = WordSet.of("level levels line mark zone area region territory boundary support"
            + " resistance threshold percentile or to bps bp bar bars candle candles period periods minute minutes hour"
            + " hours day days week weeks month months year years");

    /** Make the figure before them in the same clause a condition, a wish or the past. */
    static final WordSet NOT_NOW_AFTER = WordSet.of(
            "threshold would could might should ago needed required trigger triggers earlier previously yesterday");

    static final WordSet ARTICLES = WordSet.of("a an the");

    /** Their first letters are the units of their codes: 1h, 1d, 1w. */
    static final WordSet TIMEFRAMES = WordSet.of("hourly daily weekly");

    /** Join the figure before them to another one. */
    static final WordSet JOINTS = WordSet.of("and versus vs");

    private static final int MAX_GAP = 3;
    private static final int MAX_WORD = 24;

    private ClaimWords() {}

    /** Tells whether a sign or a Chinese word stands between a name and its current figure. */
    static boolean isLink(char c) {
        return "=:\uff1a\uff1d为是在值现当目前处于报".indexOf(c) >= 0;
    }

    /** Tells whether a Chinese character ends a comparison: 低于, 跌破, 从. */
    static boolean compares(char c) {
        return "于破至到从由过".indexOf(c) >= 0;
    }

    /** Tells whether a Chinese character makes a condition, a wish or the past. */
    static boolean conditions(char c) {
        return "若如等待曾昨需".indexOf(c) >= 0;
    }

    /** Tells whether a Chinese character makes the figure before it a bound or an approximate one: 以下, 左右, 附近. */
    static boolean bounds(char c) {
        return "以附左上下之线区时阈至到或则关".indexOf(c) >= 0;
    }

    /** Goes left over blanks, quotes and the stars of Markdown. */
    static int skipGap(String text, int end) {
        int at = end;
        while (at > 0 && end - at < MAX_GAP && " \"'`*\u201c\u201d".indexOf(text.charAt(at - 1)) >= 0) {
            at--;
        }
        return at;
    }

    /** Goes left to the beginning of the word that ends at {@code end}. */
    static int startOfWord(String text, int end) {
        int at = end;
        while (at > 0 && end - at < MAX_WORD && WrittenFigures.isWordPart(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }
}

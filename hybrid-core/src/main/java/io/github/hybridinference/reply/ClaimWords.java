package io.github.hybridinference.reply;

/** The words around a figure that decide whether it is claimed to be the current one. */
final class ClaimWords {
    /** Between a name and its current figure. */
    static final WordSet LINKS =
            WordSet.of("is at of reads reading stands sits sitting standing currently now value score"
                    + " equals shows showing prints printing remains has a an the still just only also");

    /** Between a name and its figure, where the figure may be a quoted threshold as well. */
    static final WordSet ADJECTIVES =
            WordSet.of("oversold overbought high low elevated extreme extremely neutral strong"
                    + " weak bullish bearish deeply moderately slightly very"
                    + " in territory zone region area condition conditions");

    /** Make anything in the same sentence after them a condition, a wish or the past. */
    static final WordSet NOT_NOW_BEFORE =
            WordSet.of("if when whenever once until till unless should would could might may"
                    + " wait waiting await watch target targets targeting expect expected expecting assume assuming suppose"
                    + " previous previously prior earlier yesterday last formerly historically typically usually normally"
                    + " threshold limit need needs require requires minute hour day week month monthly"
                    + " invalidation invalidated invalidates trigger triggers");

    /** Make a name right after them part of a comparison. */
    static final WordSet COMPARISONS = WordSet.of(
            "below above under over than from past to near toward towards average mean maximum minimum max min not at on for"
                    + " times twice double half");

    /** Make the figure right before them a threshold, part of a range or a count of something else. */
    static final WordSet NOT_NOW_NEXT = WordSet.of("level levels line mark zone area region territory boundary support"
            + " resistance threshold percentile or to bps bp bar bars candle candles period periods minute minutes hour"
            + " hours day days week weeks month months year years point points pts"
            + " below above away off higher lower short shy more less consecutive straight");

    /** Make the figure before them in the same clause a condition, a wish or the past. */
    static final WordSet NOT_NOW_AFTER = WordSet.of(
            "threshold would could might should ago needed required trigger triggers earlier previously yesterday last prior"
                    + " previous before");

    /** After a plain figure they make it a count: 1 of 3 signals. */
    static final WordSet OF = WordSet.of("of out");

    /** Part of "in oversold territory at 27", but right before the figure it makes it a time: in 2024. */
    static final WordSet IN = WordSet.of("in");

    static final WordSet ARTICLES = WordSet.of("a an the");

    /** Their first letters are the units of their codes: 1h, 1d, 1w. */
    static final WordSet TIMEFRAMES = WordSet.of("hourly daily weekly");

    /** Join the figure before them to another one. */
    static final WordSet JOINTS = WordSet.of("and versus vs");

    /** Signs and Chinese words between a name and its current figure. */
    static final Signs LINK_SIGNS = Signs.of("=:\uff1a\uff1d为是在值现当目前处于报高达");

    /** Ends of Chinese comparisons: 低于, 跌破, 从. */
    static final Signs COMPARISON_SIGNS = Signs.of("于破至到从由过\u00d7");

    /** Chinese characters that make a condition, a wish or the past. */
    static final Signs CONDITION_SIGNS = Signs.of("若如等待曾昨需");

    /** Make the figure before them a bound, an approximate one or a definition: 以下, 左右, 附近. */
    static final Signs BOUND_SIGNS = Signs.of("=?以附左上下之线区时阈至到或则关再才");

    /** Join the figure before them to another one. */
    static final Signs JOINT_SIGNS = Signs.of("-\u2013\u2014~\uff5e&,\u3001\uff0c/\u2192");

    /** Stand between a joint and the other figure. */
    static final Signs AFTER_JOINT = Signs.of(" -+$~>");

    static final Signs CLOSING_SIGNS = Signs.of(" )\uff09\"'`*\u201d");
    static final Signs SENTENCE_ENDS = Signs.of(".!?;。！？；");
    static final Signs CLAUSE_ENDS = Signs.of(".!?;。！？；,，");

    private static final Signs GAP = Signs.of(" \"'`*\u201c\u201d");
    private static final int MAX_GAP = 3;
    private static final int MAX_WORD = 24;

    private ClaimWords() {}

    /** Goes left over blanks, quotes and the stars of Markdown. */
    static int skipGap(String text, int end) {
        int at = end;
        while (at > 0 && end - at < MAX_GAP && GAP.contains(text.charAt(at - 1))) {
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

package io.github.hybridinference.reply;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.reply.WrittenFigures.Unit;
import java.util.Optional;

/** Tells from what stands before and after a figure whether it is meant to be the current one. */
final class ClaimContext {
    private static final int REACH_BEFORE = 120;
    private static final int REACH_AFTER = 60;

    private final String text;
    private final AnonymizedSnapshot sent;

    ClaimContext(String text, AnonymizedSnapshot sent) {
        this.text = text;
        this.sent = sent;
    }

    /** Tells whether nothing speaks against it. */
    boolean isNow(Mention mention, WrittenFigures figure) {
        int from = sentenceStart(mention.start());
        return !isAfter(ClaimWords.IN, figure.start)
                && !isCompared(mention.start())
                && !isRuledOutBefore(from, figure.start, mention)
                && !isRuledOutNext(figure)
                && !isRuledOutAfter(figure.end);
    }

    private boolean isAfter(WordSet words, int index) {
        int end = ClaimWords.skipGap(text, index);
        return words.contains(text, ClaimWords.startOfWord(text, end), end);
    }

    private boolean isCompared(int mentionStart) {
        int end = ClaimWords.skipGap(text, mentionStart);
        int start = ClaimWords.startOfWord(text, end);
        if (ClaimWords.ARTICLES.contains(text, start, end)) {
            return isAfter(ClaimWords.COMPARISONS, start);
        }
        return ClaimWords.COMPARISONS.contains(text, start, end)
                || ClaimWords.COMPARISON_SIGNS.contains(charAt(end - 1))
                || isMultiple(start, end);
    }

    /** 1.5 ATR and 2x ATR are not ATR. */
    private boolean isMultiple(int start, int end) {
        char last = charAt(end - 1);
        return WrittenFigures.isDigit(last) || (WrittenFigures.isDigit(charAt(start)) && (last == 'x' || last == 'X'));
    }

    private int sentenceStart(int from) {
        int at = from;
        while (at > 0 && from - at < REACH_BEFORE && !isEnd(at - 1, ClaimWords.SENTENCE_ENDS)) {
            at--;
        }
        return at;
    }

    private boolean isRuledOutBefore(int from, int to, Mention mention) {
        int at = from;
        while (at < to) {
            int end = endOfWord(at, to);
            if (end == at) {
                if (isConditional(at)) {
                    return true;
                }
                at++;
            } else if (ClaimWords.NOT_NOW_BEFORE.contains(text, at, end) || isOtherTimeframe(at, end, mention)) {
                return true;
            } else {
                at = end;
            }
        }
        return false;
    }

    private boolean isRuledOutNext(WrittenFigures figure) {
        int at = figure.end;
        while (at < figure.end + 3 && ClaimWords.CLOSING_SIGNS.contains(charAt(at))) {
            at++;
        }
        char c = charAt(at);
        int end = endOfWord(at, text.length());
        boolean joint = ClaimWords.JOINT_SIGNS.contains(c);
        if (joint || ClaimWords.JOINTS.contains(text, at, end)) {
            // another figure follows: a range or a list
            int other = joint ? at + 1 : end;
            while (other < at + 6 && ClaimWords.AFTER_JOINT.contains(charAt(other))) {
                other++;
            }
            return WrittenFigures.isDigit(charAt(other));
        }
        boolean counted = figure.unit == Unit.NONE && ClaimWords.OF.contains(text, at, end);
        return counted || ClaimWords.NOT_NOW_NEXT.contains(text, at, end) || ClaimWords.BOUND_SIGNS.contains(c);
    }

    private boolean isRuledOutAfter(int figureEnd) {
        int limit = Math.min(text.length(), figureEnd + REACH_AFTER);
        int at = figureEnd;
        while (at < limit && !isEnd(at, ClaimWords.CLAUSE_ENDS)) {
            int end = endOfWord(at, limit);
            if (ClaimWords.NOT_NOW_AFTER.contains(text, at, end)) {
                return true;
            }
            at = Math.max(at + 1, end);
        }
        return false;
    }

    /** 当 is "when", but 当前 is "now"; 前 is "ago", but 目前 is "now". */
    private boolean isConditional(int at) {
        char c = text.charAt(at);
        return switch (c) {
            case '当' -> charAt(at + 1) != '前' && charAt(at + 1) != '下';
            case '前' -> charAt(at - 1) != '当' && charAt(at - 1) != '目';
            default -> ClaimWords.CONDITION_SIGNS.contains(c);
        };
    }

    /** A figure of a timeframe that was not sent can be as it likes. */
    private boolean isOtherTimeframe(int start, int end, Mention mention) {
        Optional<Timeframe> timeframe;
        if (ClaimWords.TIMEFRAMES.contains(text, start, end)) {
            timeframe = Timeframe.find("1" + text.charAt(start));
        } else if (isTimeframeCode(start, end)) {
            timeframe = Timeframe.find(text.substring(start, end));
        } else {
            return false;
        }
        return timeframe.isEmpty() || !isSent(timeframe.get(), mention);
    }

    private boolean isTimeframeCode(int start, int end) {
        return WrittenFigures.isDigit(text.charAt(start))
                && "mhdwMHDW".indexOf(text.charAt(end - 1)) >= 0
                && WrittenFigures.isDigit(text.charAt(end - 2));
    }

    private boolean isSent(Timeframe timeframe, Mention mention) {
        for (int i = 0; i < sent.size(); i++) {
            if (mention.covers(sent.feature(i), i)
                    && sent.feature(i).timeframe().orElse(sent.timeframe()) == timeframe) {
                return true;
            }
        }
        return false;
    }

    private int endOfWord(int start, int limit) {
        int at = start;
        while (at < limit && WrittenFigures.isWordPart(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private boolean isEnd(int at, Signs ends) {
        char c = text.charAt(at);
        // not the point of a decimal
        return ends.contains(c) && !(c == '.' && WrittenFigures.isDigit(charAt(at + 1)));
    }

    private char charAt(int index) {
        return index >= 0 && index < text.length() ? text.charAt(index) : 0;
    }
}

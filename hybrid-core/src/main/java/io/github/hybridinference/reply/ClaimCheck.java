package io.github.hybridinference.reply;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.FeatureFamily;
import io.github.hybridinference.reply.SpokenNames.SpokenName;
import io.github.hybridinference.reply.WrittenFigures.Unit;
import java.util.BitSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a text claims a current figure other than the one that was sent: "RSI at 81" where 27 was.
 *
 * <p>Prefers to miss a false claim rather than to see one where there is none. A claim is a figure that follows the name
 * of a feature that was sent, with nothing between but words such as "is", "at" or "reading"; thresholds, conditions,
 * ranges, periods, past figures and rounded ones are none. Looks at a bounded stretch of text around each figure, so the
 * work grows in proportion to the length of the text.
 */
final class ClaimCheck {
    private static final int MAX_LINKS = 8;
    private static final double FLOATING_ERROR = 1e-9;

    /** The periods in common use. */
    private static final BitSet USUAL_PERIODS = bits(2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 20, 21, 26, 50, 100, 200);

    /** Units of figures that people like to write in percent. */
    private static final Set<String> SHARES = Set.of("share", "ratio", "score");

    private final WrittenFigures figure;
    private final String text;
    private final AnonymizedSnapshot sent;
    private final SentNames sentNames;
    private boolean linked;
    private boolean described;
    private boolean attached;

    private ClaimCheck(WrittenFigures figure, String text, AnonymizedSnapshot sent) {
        this.figure = figure;
        this.text = text;
        this.sent = sent;
        this.sentNames = new SentNames(sent);
    }

    /** Tells whether {@code text} claims a figure that {@code sent} belies. */
    static boolean contradicts(String text, AnonymizedSnapshot sent) {
        WrittenFigures figure = new WrittenFigures(text);
        return figure.next() && new ClaimCheck(figure, text, sent).isAnyBelied();
    }

    private boolean isAnyBelied() {
        do {
            Mention mention = mention();
            if (mention != null && isBelied(mention)) {
                return true;
            }
        } while (figure.next());
        return false;
    }

    /** Walks from the figure to the left over words that link it to a name, to the name. */
    private @Nullable Mention mention() {
        linked = false;
        described = false;
        attached = false;
        int at = ClaimWords.skipGap(text, figure.start);
        for (int i = 0; i < MAX_LINKS && at > 0; i++) {
            int link = startOfLink(at);
            if (link == at) {
                break;
            }
            at = ClaimWords.skipGap(text, link);
        }
        return at == 0 ? null : mentionEndingAt(at);
    }

    /**
     * Finds the longest name that ends at {@code end}, which is not 0: what looks like RSI may be the end of "stochastic
     * RSI".
     */
    private @Nullable Mention mentionEndingAt(int end) {
        Mention best = Mention.longer(sentNames.endingAt(text, end), SpokenNames.endingAt(text, end, 0));
        Parameters parameters = Parameters.endingAt(text, end);
        return parameters == null || parameters.start() == 0
                ? best
                : Mention.longer(best, SpokenNames.endingAt(text, parameters.start(), parameters.period()));
    }

    /** Where the link begins that ends at {@code end}, or {@code end} if there is none. */
    private int startOfLink(int end) {
        char last = text.charAt(end - 1);
        if (last == '(' || last == '\uff08') {
            attached = last == '(' && end > 1 && WrittenFigures.isWordPart(text.charAt(end - 2));
            return end - 1;
        }
        if (ClaimWords.LINK_SIGNS.contains(last)) {
            linked = true;
            return end - 1;
        }
        int start = ClaimWords.startOfWord(text, end);
        boolean link = ClaimWords.LINKS.contains(text, start, end);
        boolean adjective = ClaimWords.ADJECTIVES.contains(text, start, end);
        linked |= link;
        described |= adjective;
        return link || adjective ? start : end;
    }

    private boolean isBelied(Mention mention) {
        if (!isFigureOf(mention)) {
            return false;
        }
        boolean covered = false;
        for (int i = 0; i < sent.size(); i++) {
            Feature feature = sent.feature(i);
            if (mention.covers(feature, i)) {
                if (!fits(feature.family())
                        || mayBePeriod(feature.period())
                        || agrees(feature.family(), sent.value(i), sent.step(i))) {
                    return false;
                }
                covered = true;
            }
        }
        return covered && new ClaimContext(text, sent).isNow(mention, figure);
    }

    private boolean isFigureOf(Mention mention) {
        SpokenName spoken = mention.spoken();
        if (spoken != null && spoken.unit() != null && spoken.unit() != figure.unit) {
            return false;
        }
        // "oversold at 30" may quote a threshold, and those are round
        return !(described && figure.value % 5 == 0) && !(attached && isBare()) && !mayBePeriod(0);
    }

    /** RSI 14 and RSI (14) name a period rather than claim a figure. */
    private boolean mayBePeriod(int period) {
        return !linked && isBare() && (figure.value == period || USUAL_PERIODS.get((int) figure.value));
    }

    private boolean isBare() {
        return figure.whole && !figure.signed && figure.unit == Unit.NONE;
    }

    /** "RSI: +1" is a score and "RSI is 2x as low" a comparison. */
    private boolean fits(FeatureFamily family) {
        return !(figure.signed && family.low() >= 0)
                && (figure.unit != Unit.TIMES || family.unit().equals("ratio"));
    }

    private boolean agrees(FeatureFamily family, double truth, double step) {
        if (isNear(1, figure.value, truth, step)) {
            return true;
        }
        // the direction may be said in words: "down 2%"
        boolean directionless = family.unit().startsWith("percent") || family.high() <= 0;
        if (directionless && !figure.signed && isNear(1, figure.value, Math.abs(truth), step)) {
            return true;
        }
        boolean writtenInPercent = figure.unit == Unit.PERCENT || Math.abs(figure.value) > family.high();
        return writtenInPercent && SHARES.contains(family.unit()) && isNear(100, figure.value, truth, step);
    }

    private boolean isNear(int scale, double claimed, double truth, double step) {
        return Math.abs(claimed / scale - truth) <= step + figure.halfUnit / scale + FLOATING_ERROR;
    }

    private static BitSet bits(int... set) {
        BitSet bits = new BitSet();
        for (int bit : set) {
            bits.set(bit);
        }
        return bits;
    }
}

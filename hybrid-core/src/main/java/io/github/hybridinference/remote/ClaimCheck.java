package io.github.hybridinference.remote;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.FeatureFamily;
import io.github.hybridinference.remote.SpokenNames.SpokenName;
import io.github.hybridinference.remote.WrittenFigures.Unit;
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
    private static final int MAX_LINKS = 6;
    private static final double FLOATING_ERROR = 1e-9;

    /** The periods in common use. */
    private static final Set<Integer> USUAL_PERIODS = Set.of(2, 3, 5, 6, 7, 9, 10, 12, 14, 20, 21, 26, 50, 100, 200);

    /** Units of figures that people like to write in percent. */
    private static final Set<String> SHARES = Set.of("share", "ratio", "score");

    private final String text;
    private final AnonymizedSnapshot sent;
    private final WrittenFigures figure;
    private boolean linked;
    private boolean described;
    private boolean attached;

    private ClaimCheck(String text, AnonymizedSnapshot sent) {
        this.text = text;
        this.sent = sent;
        this.figure = new WrittenFigures(text);
    }

    /** Tells whether {@code text} claims a figure that {@code sent} belies. */
    static boolean contradicts(String text, AnonymizedSnapshot sent) {
        ClaimCheck check = new ClaimCheck(text, sent);
        while (check.figure.next()) {
            Mention mention = check.mention();
            if (mention != null && check.isBelied(mention)) {
                return true;
            }
        }
        return false;
    }

    /** Walks from the figure to the left over words that link it to a name. */
    private @Nullable Mention mention() {
        linked = false;
        described = false;
        attached = false;
        int at = figure.start;
        for (int i = 0; i < MAX_LINKS && at >= 0; i++) {
            at = ClaimWords.skipGap(text, at);
            Mention mention = Mention.endingAt(text, at, sent);
            if (mention != null) {
                return mention;
            }
            at = beforeLink(at);
        }
        return null;
    }

    private int beforeLink(int end) {
        if (end == 0) {
            return -1;
        }
        char last = text.charAt(end - 1);
        if (last == '(' || last == '\uff08') {
            attached = last == '(' && end > 1 && WrittenFigures.isWordPart(text.charAt(end - 2));
            return end - 1;
        }
        if (ClaimWords.isLink(last)) {
            linked = true;
            return end - 1;
        }
        int start = ClaimWords.startOfWord(text, end);
        if (ClaimWords.LINKS.contains(text, start, end)) {
            linked = true;
            return start;
        }
        described = ClaimWords.ADJECTIVES.contains(text, start, end);
        return described ? start : -1;
    }

    private boolean isBelied(Mention mention) {
        if (!isFigureOf(mention)) {
            return false;
        }
        boolean covered = false;
        for (int i = 0; i < sent.size(); i++) {
            Feature feature = sent.feature(i);
            if (mention.covers(feature, i)) {
                if (agrees(feature.family(), sent.value(i)) || mayBePeriod(feature.period())) {
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
        return !linked && isBare() && (figure.value == period || USUAL_PERIODS.contains((int) figure.value));
    }

    private boolean isBare() {
        return figure.whole && !figure.signed && figure.unit == Unit.NONE;
    }

    private boolean agrees(FeatureFamily family, double truth) {
        if (isNear(1, figure.value, truth, family)) {
            return true;
        }
        boolean inPercent = family.unit().startsWith("percent");
        boolean oneSided = family.low() >= 0 || family.high() <= 0;
        // the direction may be said in words: "down 2%"
        if ((oneSided || (inPercent && !figure.signed)) && isNear(1, Math.abs(figure.value), Math.abs(truth), family)) {
            return true;
        }
        return SHARES.contains(family.unit()) && isNear(100, figure.value, truth, family);
    }

    private boolean isNear(int scale, double claimed, double truth, FeatureFamily family) {
        return Math.abs(claimed / scale - truth) <= family.step() + figure.halfUnit / scale + FLOATING_ERROR;
    }
}

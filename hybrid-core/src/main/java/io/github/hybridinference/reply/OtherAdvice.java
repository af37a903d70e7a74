package io.github.hybridinference.reply;

import io.github.hybridinference.model.Action;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A reply whose sentence advises another trade than its verdict: {@code "action":"BUY"} beside "I recommend SELL." Only the words of
 * the wire format are looked for, as it writes them, and their Chinese counterparts after a word of advice; what a sentence
 * says in other words is decoration. Costs time in proportion to the sentence.
 */
final class OtherAdvice {
    private static final Pattern VERDICT =
            Pattern.compile("(?<![\\p{L}\\p{N}_])(?:BUY|SELL|HOLD)(?![\\p{L}\\p{N}_])|(?<![不勿别])(?:建议|推荐)(?:买入|卖出|观望)");

    /** One of these is in each match, and in few sentences: to try the pattern at each letter takes longer than all other checks. */
    private static final List<String> PARTS = List.of("BUY", "SELL", "HOLD", "建议", "推荐");

    private OtherAdvice() {}

    /** Whether a sentence beside advice to trade names other actions only. HOLD is explained by what it is not. */
    static boolean isIn(String sentence, Action verdict) {
        if (verdict == Action.HOLD || !hasPart(sentence)) {
            return false;
        }
        Set<Action> named = EnumSet.noneOf(Action.class);
        Matcher matcher = VERDICT.matcher(sentence);
        while (matcher.find()) {
            named.add(actionOf(matcher.group()));
        }
        return !named.isEmpty() && !named.contains(verdict);
    }

    private static boolean hasPart(String sentence) {
        for (String part : PARTS) {
            if (sentence.contains(part)) {
                return true;
            }
        }
        return false;
    }

    private static Action actionOf(String word) {
        return word.endsWith("BUY") || word.endsWith("买入")
                ? Action.BUY
                : word.endsWith("SELL") || word.endsWith("卖出") ? Action.SELL : Action.HOLD;
    }
}

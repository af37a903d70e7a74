package io.github.hybridinference.model;

import java.util.List;
import java.util.Set;

/**
 * Takes the names of verified figures out of a sentence, each with its value if that directly follows, so that what is left
 * has a figure only if it has one that is not evidence.
 *
 * <p>A name stands in the sentence as in the catalogue, with blanks for underscores, or without {@code _pct}; one like
 * {@code rsi_14} also as {@code RSI} or {@code RSI(14)}, and as {@code RSI 14} or {@code RSI14} if the value follows, since
 * alone these would state a value. A value belongs to a name only if at most a few words such as "is" and "at" stand between,
 * and none before the name that could make it another one, as in "stochastic RSI".
 */
final class EvidenceInText {
    private static final int MAX_LINKS = 4;
    private static final String PERCENT = "_pct";
    private static final Set<String> LINKS = Set.of("is", "at", "of", "为", "是", "在");
    private static final String LINK_SIGNS = " :=(（：";

    /** What may follow a value: after a unit or a sign, it would be another one. */
    private static final String BEHIND = " ,.;:!?)/，。；：！？）、";

    private static final Set<String> BEFORE =
            Set.of("the", "a", "an", "and", "with", "but", "while", "as", "since", "because", "当前", "目前", "但", "且");

    private final String text;
    private final String value;
    private final String name;
    private final boolean percent;

    /** Without the ending of percentages. */
    private final String shortName;

    /** Of a name of one word and a period, such as {@code rsi} of {@code rsi_14}; empty if the name is another one. */
    private final String stem;

    private final String period;
    private int end;

    /** Whether the name that was found ends with a period that alone would be read as a value. */
    private boolean looksLikeValue;

    private EvidenceInText(String text, Evidence evidence) {
        this.text = text;
        this.value = evidence.valueText();
        this.name = evidence.name();
        this.percent = name.endsWith(PERCENT);
        this.shortName = percent ? name.substring(0, name.length() - PERCENT.length()) : name;
        int line = shortName.indexOf('_');
        boolean hasPeriod = line > 0
                && line + 1 < shortName.length()
                && shortName.chars().skip(line + 1).allMatch(c -> c >= '0' && c <= '9');
        this.stem = hasPeriod ? shortName.substring(0, line) : "";
        this.period = hasPeriod ? shortName.substring(line + 1) : "";
    }

    /**
     * Takes evidence out.
     *
     * @param text a sentence in lower case
     */
    static String without(List<Evidence> evidence, String text) {
        String rest = text;
        for (Evidence figure : evidence) {
            rest = new EvidenceInText(rest, figure).without();
        }
        return rest;
    }

    private String without() {
        StringBuilder rest = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            if ((i == 0 || !isWordPart(text.charAt(i - 1))) && isNameAt(i)) {
                boolean hasValue = mayStandBefore(i) && takeValue();
                if (hasValue || !looksLikeValue) {
                    rest.append('·');
                    i = end;
                    continue;
                }
            }
            rest.append(text.charAt(i++));
        }
        return rest.toString();
    }

    private boolean isNameAt(int start) {
        looksLikeValue = false;
        return isWholeAt(start, name) || isWholeAt(start, shortName) || isStemAt(start);
    }

    private boolean isWholeAt(int start, String words) {
        if (!isAt(start, words)) {
            return false;
        }
        end = start + words.length();
        return isEndOfWord(end);
    }

    private boolean isAt(int start, String words) {
        if (start + words.length() > text.length()) {
            return false;
        }
        for (int i = 0; i < words.length(); i++) {
            char c = text.charAt(start + i);
            if (c != words.charAt(i) && !(c == ' ' && words.charAt(i) == '_' && !isDigitAt(words, i + 1))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigitAt(String words, int index) {
        return index < words.length() && Character.isDigit(words.charAt(index));
    }

    /** A name of one word and a period, with the period or without. */
    private boolean isStemAt(int start) {
        if (stem.isEmpty() || !isAt(start, stem)) {
            return false;
        }
        end = start + stem.length();
        if (text.startsWith("(" + period + ")", end)) {
            end += period.length() + 2;
            return isEndOfWord(end);
        }
        if (isPeriodAt(end) || ((text.startsWith(" ", end) || text.startsWith("-", end)) && isPeriodAt(end + 1))) {
            looksLikeValue = true;
            end = text.indexOf(period, end) + period.length();
            return true;
        }
        return isEndOfWord(end) || takesValueAtOnce();
    }

    private boolean isPeriodAt(int at) {
        return text.startsWith(period, at) && isEndOfWord(at + period.length());
    }

    /** As in {@code RSI35}, which Chinese writes without a blank. */
    private boolean takesValueAtOnce() {
        return text.startsWith(value, end) && isEndOfValue(end + value.length());
    }

    private boolean takeValue() {
        int at = end;
        for (int i = 0; i < MAX_LINKS; i++) {
            int next = startBehindLink(at);
            if (next == at) {
                break;
            }
            at = next;
        }
        if (text.startsWith(value, at)) {
            int behind = at + value.length();
            behind += percent && text.startsWith("%", behind) ? 1 : 0;
            if (isEndOfValue(behind)) {
                end = behind;
                return true;
            }
        }
        return false;
    }

    private int startBehindLink(int at) {
        int behind = at;
        while (behind < text.length() && LINK_SIGNS.indexOf(text.charAt(behind)) >= 0) {
            behind++;
        }
        for (String link : LINKS) {
            if (text.startsWith(link, behind) && (link.charAt(0) > 'z' || isEndOfWord(behind + link.length()))) {
                return behind + link.length();
            }
        }
        return behind;
    }

    private boolean isEndOfValue(int at) {
        if (at >= text.length()) {
            return true;
        }
        char c = text.charAt(at);
        boolean decimals = c == '.' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1));
        return BEHIND.indexOf(c) >= 0 && !decimals;
    }

    private boolean mayStandBefore(int start) {
        int to = start;
        while (to > 0 && text.charAt(to - 1) == ' ') {
            to--;
        }
        int from = to;
        while (from > 0 && Character.isLetterOrDigit(text.charAt(from - 1))) {
            from--;
        }
        return from == to ? isPunctuation(to) : BEFORE.contains(text.substring(from, to));
    }

    /** Whether nothing stands before, or a sign that sets apart what follows. */
    private boolean isPunctuation(int to) {
        return to == 0 || ",.;!?/，。；！？、·".indexOf(text.charAt(to - 1)) >= 0;
    }

    private boolean isEndOfWord(int at) {
        return at >= text.length() || !isWordPart(text.charAt(at));
    }

    private static boolean isWordPart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    }
}

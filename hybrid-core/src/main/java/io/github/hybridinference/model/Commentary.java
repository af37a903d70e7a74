package io.github.hybridinference.model;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/**
 * Makes a model's own sentences fit to be shown beside its verified evidence: a sentence with a figure that is not evidence
 * is dropped, and so is one in which a figure could not be recognized.
 *
 * <p>Whether such a figure is true cannot be told from a sentence: there are too many ways to write one. So no attempt is
 * made. A figure is a digit of any script, or a number in English or Chinese words; letters of other scripts than Latin and
 * Chinese drop the sentence, as their words for numbers are not known here. A figure is evidence only where it directly
 * follows its own name: {@code RSI at 35} for {@code rsi_14} of 35. Losing a sentence costs nothing, so every doubt drops it.
 *
 * <p>Looks at {@value #MAX_LENGTH} characters at most, so that the work is bounded. Cleaning a clean text changes nothing.
 */
final class Commentary {
    /** How much of a text is kept, in characters. */
    static final int MAX_LENGTH = 500;

    private static final String ENDS = "!?;。！？；…";

    private static final String HANZI_NUMBERS = "零一二三四五六七八九十百千万亿两俩仨廿卅半壹贰叁肆伍陆柒捌玖拾佰仟萬億兩貳參叄陸";

    /** Words with the character for one that state no number. */
    private static final List<String> NO_NUMBERS = List.of("进一步", "一定", "一般", "一致", "一旦", "一直", "一些", "统一", "唯一");

    private Commentary() {}

    /**
     * Cleans a text.
     *
     * @param words what the model wrote
     * @param evidence the verified figures of its answer
     * @return empty if nothing is left
     */
    static String of(String words, List<Evidence> evidence) {
        String text = cut(PlainText.clean(words));
        if (isPlainWords(text) && !NumberWords.anyIn(text)) {
            return hasLetter(text) ? text : "";
        }
        StringBuilder kept = new StringBuilder(text.length());
        for (int start = 0; start < text.length(); ) {
            int end = endOfSentence(text, start);
            String sentence = text.substring(start, end);
            if (!hasOtherFigure(sentence, evidence)) {
                kept.append(sentence);
            }
            start = end;
        }
        return hasLetter(kept) ? kept.toString().strip() : "";
    }

    /** ASCII without digits, as most sentences are: only a word can be a number there. */
    private static boolean isPlainWords(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > '~' || (c >= '0' && c <= '9')) {
                return false;
            }
        }
        return true;
    }

    /** A text of signs alone says nothing. */
    private static boolean hasLetter(CharSequence text) {
        for (int i = 0; i < text.length(); ) {
            int symbol = Character.codePointAt(text, i);
            if (Character.isLetter(symbol)) {
                return true;
            }
            i += Character.charCount(symbol);
        }
        return false;
    }

    /** A number that the cut goes through would be another one, so the end of a cut text has none. */
    private static String cut(String text) {
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        int end = PlainText.cut(text, MAX_LENGTH).length();
        while (end > 0 && !Character.isLetter(text.codePointBefore(end)) && text.charAt(end - 1) != ' ') {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(0, end).strip();
    }

    /** A full stop ends a sentence only before white space: it may stand in a number or a name. */
    private static int endOfSentence(String text, int start) {
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean fullStop = c == '.' && (i + 1 == text.length() || text.charAt(i + 1) == ' ');
            if (fullStop || ENDS.indexOf(c) >= 0) {
                return i + 1;
            }
        }
        return text.length();
    }

    private static boolean hasOtherFigure(String sentence, List<Evidence> evidence) {
        if (sentence.codePoints().anyMatch(Commentary::isForeignNumber)) {
            return true;
        }
        String plain = withoutMarks(Normalizer.normalize(sentence, Normalizer.Form.NFKD));
        return hasNumber(EvidenceInText.without(evidence, plain.toLowerCase(Locale.ROOT)));
    }

    /** A digit of another script, a Roman numeral, a fraction, a number in a circle. */
    private static boolean isForeignNumber(int symbol) {
        return switch (Character.getType(symbol)) {
            case Character.DECIMAL_DIGIT_NUMBER -> symbol > '9';
            case Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
            default -> false;
        };
    }

    private static String withoutMarks(String decomposed) {
        StringBuilder text = new StringBuilder(decomposed.length());
        decomposed
                .codePoints()
                .filter(symbol -> Character.getType(symbol) != Character.NON_SPACING_MARK)
                .forEach(text::appendCodePoint);
        return text.toString();
    }

    private static boolean hasNumber(String text) {
        String rest = text;
        if (text.indexOf('一') >= 0) {
            for (String word : NO_NUMBERS) {
                rest = rest.replace(word, "·");
            }
        }
        for (int i = 0; i < rest.length(); ) {
            int symbol = rest.codePointAt(i);
            if (Character.isDigit(symbol) || HANZI_NUMBERS.indexOf(symbol) >= 0 || isOfUnknownScript(symbol)) {
                return true;
            }
            i += Character.charCount(symbol);
        }
        return NumberWords.anyIn(rest);
    }

    private static boolean isOfUnknownScript(int symbol) {
        return Character.isLetter(symbol)
                && !isLatin(symbol)
                && Character.UnicodeScript.of(symbol) != Character.UnicodeScript.HAN;
    }

    private static boolean isLatin(int symbol) {
        return symbol >= 'a' && symbol <= 'z';
    }
}

package io.github.hybridinference.reply;

import java.util.Locale;
import java.util.Set;

/**
 * What may stand around the object: white space, a Markdown fence, and before it a label of at most three words, as in
 * {@code Answer:}. Any other text may take the object back ("I can't advise; if I could:"), so a reply with such text is
 * not believed. A label that denies or supposes something is such a text.
 */
final class Surroundings {
    private static final int MAX_LABEL_LENGTH = 40;
    private static final int MAX_LABEL_WORDS = 3;

    /** Of a word of a label. Chinese is written without blanks between words: more characters are a sentence. */
    private static final int MAX_LATIN_LETTERS = 20;

    private static final int MAX_HANZI = 6;

    private static final Set<String> DENYING = Set.of(
            "no",
            "not",
            "never",
            "don",
            "dont",
            "cannot",
            "can",
            "cant",
            "won",
            "wont",
            "without",
            "against",
            "avoid",
            "sorry",
            "refused",
            "refuse",
            "wrong",
            "bad",
            "invalid",
            "incorrect",
            "false",
            "fake",
            "opposite",
            "if",
            "would",
            "could",
            "might",
            "maybe",
            "example",
            "sample",
            "template",
            "placeholder",
            "dummy",
            "format",
            "schema",
            "hypothetical",
            "hypothetically",
            "fictional",
            "unlike",
            "instead",
            "ignore");

    private static final String DENYING_HANZI = "不没非勿别否无错例假若如模";

    private Surroundings() {}

    /**
     * Tells whether a text may stand before the object.
     *
     * @param text the text, clean
     */
    static boolean mayPrecede(String text) {
        String rest = text.strip();
        int fence = fenceIn(rest);
        if (fence >= 0) {
            int language = skip(rest, fence, rest.charAt(fence));
            if (!rest.substring(language).chars().allMatch(Surroundings::isLatinLetter)) {
                return false;
            }
            rest = rest.substring(0, fence).strip();
        }
        return rest.isEmpty() || rest.equalsIgnoreCase("json") || isLabel(rest);
    }

    /**
     * Tells whether a text may stand behind the object.
     *
     * @param text the text, clean
     */
    static boolean mayFollow(String text) {
        String rest = text.strip();
        return rest.isEmpty() || (fenceIn(rest) == 0 && skip(rest, 0, rest.charAt(0)) == rest.length());
    }

    private static int fenceIn(String text) {
        int backticks = text.indexOf('`');
        return backticks >= 0 ? backticks : text.indexOf("~~~");
    }

    private static int skip(String text, int from, char c) {
        int to = from;
        while (to < text.length() && text.charAt(to) == c) {
            to++;
        }
        return to;
    }

    /** Up to three words and a colon, in Markdown's marks for headings and emphasis or without. */
    private static boolean isLabel(String text) {
        if (text.length() > MAX_LABEL_LENGTH) {
            return false;
        }
        String bare = text.replace("*", "").replace("_", " ").replace("#", "").strip();
        if (!bare.endsWith(":") && !bare.endsWith("：")) {
            return false;
        }
        String[] words = bare.substring(0, bare.length() - 1)
                .strip()
                .toLowerCase(Locale.ROOT)
                .split("\\s+", -1);
        if (words.length > MAX_LABEL_WORDS) {
            return false;
        }
        for (String word : words) {
            if (word.isEmpty()
                    || word.length() > (isLatinLetter(word.charAt(0)) ? MAX_LATIN_LETTERS : MAX_HANZI)
                    || DENYING.contains(word)
                    || !word.chars().allMatch(c -> Character.isLetterOrDigit(c) && DENYING_HANZI.indexOf(c) < 0)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLatinLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}

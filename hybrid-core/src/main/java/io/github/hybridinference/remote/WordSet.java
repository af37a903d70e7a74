package io.github.hybridinference.remote;

import java.util.Arrays;

/** A few lower-case words, to be found in a text in any case without cutting the text up. */
final class WordSet {
    private final String[][] byLength;

    private WordSet(String[] words) {
        int longest = 0;
        for (String word : words) {
            longest = Math.max(longest, word.length());
        }
        byLength = new String[longest + 1][];
        for (int length = 0; length <= longest; length++) {
            int wanted = length;
            byLength[length] =
                    Arrays.stream(words).filter(word -> word.length() == wanted).toArray(String[]::new);
        }
    }

    /** Makes a set of words separated by blanks. */
    static WordSet of(String words) {
        return new WordSet(words.split(" "));
    }

    /** Tells whether the text from {@code start} to {@code end} is one of the words. */
    boolean contains(String text, int start, int end) {
        int length = end - start;
        if (length >= byLength.length) {
            return false;
        }
        for (String word : byLength[length]) {
            if (text.regionMatches(true, start, word, 0, length)) {
                return true;
            }
        }
        return false;
    }
}

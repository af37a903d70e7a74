package io.github.hybridinference.reply;

import org.jspecify.annotations.Nullable;

/** A few lower-case English words, to be found in a text in any case without cutting the text up. */
final class WordSet {
    private static final int LOWER_CASE = 'a' - 'A';

    /** Open addressing, at most half full, so that a search soon meets a gap. */
    private final @Nullable String[] table;

    private WordSet(String[] words) {
        table = new String[Integer.highestOneBit(words.length) * 4];
        for (String word : words) {
            int slot = slot(word, 0, word.length());
            while (table[slot] != null) {
                slot = next(slot);
            }
            table[slot] = word;
        }
    }

    /** Makes a set of words of the letters a to z, separated by blanks. */
    static WordSet of(String words) {
        return new WordSet(words.split(" "));
    }

    /** Tells whether the text from {@code start} to {@code end} is one of the words. */
    boolean contains(String text, int start, int end) {
        int slot = slot(text, start, end);
        for (String word = table[slot]; word != null; word = table[slot]) {
            if (isSame(word, text, start, end)) {
                return true;
            }
            slot = next(slot);
        }
        return false;
    }

    private static boolean isSame(String word, String text, int start, int end) {
        if (end - start != word.length()) {
            return false;
        }
        for (int i = start; i < end; i++) {
            // of all characters only a letter and its capital become that letter
            if ((text.charAt(i) | LOWER_CASE) != word.charAt(i - start)) {
                return false;
            }
        }
        return true;
    }

    private int slot(String text, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + (text.charAt(i) | LOWER_CASE);
        }
        return (hash ^ hash >>> 8) & (table.length - 1);
    }

    private int next(int slot) {
        return (slot + 1) & (table.length - 1);
    }
}

package io.github.hybridinference.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds English words for numbers, in one pass and without allocating: every accepted reply is looked through. The words stand in a
 * tree of letters, which is walked from each letter of the text until no word can follow, mostly after one or two steps.
 */
final class NumberWords {
    /** Whole words: others begin with them, as {@code tension} with {@code ten}. */
    private static final List<String> WHOLE = List.of(
            "zero",
            "nil",
            "one",
            "ones",
            "two",
            "three",
            "four",
            "fourteen",
            "forties",
            "five",
            "six",
            "seven",
            "nine",
            "nineteen",
            "ten",
            "tens",
            "eleven",
            "twelve",
            "half",
            "third",
            "thirds",
            "quarter",
            "quarters",
            "twice",
            "thrice");

    /** What words for numbers begin with, {@code eighties} and {@code doubled} included. */
    private static final List<String> BEGINNINGS = List.of(
            "twent",
            "thirt",
            "fift",
            "sixt",
            "sevent",
            "eight",
            "ninet",
            "doubl",
            "tripl",
            "quadrupl",
            "halv",
            "dozen");

    /** Words for numbers that are found in the middle of a word too, as in {@code onehundred}. */
    private static final List<String> ANYWHERE = List.of(
            "hundred",
            "thousand",
            "million",
            "billion",
            "trillion",
            "twenty",
            "thirty",
            "forty",
            "fifty",
            "sixty",
            "seventy",
            "eighty",
            "ninety");

    private static final int LETTERS = 26;
    private static final byte IS_ANYWHERE = 1;
    private static final byte IS_BEGINNING = 2;
    private static final byte IS_WHOLE = 4;

    /** By node and letter the node behind it, or 0; the root is node 0. */
    private static final short[] NEXT;

    /** By node, of which kinds the word is that ends there. */
    private static final byte[] KINDS;

    static {
        List<short[]> nodes = new ArrayList<>(List.of(new short[LETTERS]));
        List<Byte> kinds = new ArrayList<>(List.of((byte) 0));
        WHOLE.forEach(word -> add(word, IS_WHOLE, nodes, kinds));
        BEGINNINGS.forEach(word -> add(word, IS_BEGINNING, nodes, kinds));
        ANYWHERE.forEach(word -> add(word, IS_ANYWHERE, nodes, kinds));
        NEXT = new short[nodes.size() * LETTERS];
        KINDS = new byte[nodes.size()];
        for (int i = 0; i < KINDS.length; i++) {
            System.arraycopy(nodes.get(i), 0, NEXT, i * LETTERS, LETTERS);
            KINDS[i] = kinds.get(i);
        }
    }

    private NumberWords() {}

    private static void add(String word, byte kind, List<short[]> nodes, List<Byte> kinds) {
        int node = 0;
        for (int i = 0; i < word.length(); i++) {
            short[] next = nodes.get(node);
            int letter = word.charAt(i) - 'a';
            if (next[letter] == 0) {
                next[letter] = (short) nodes.size();
                nodes.add(new short[LETTERS]);
                kinds.add((byte) 0);
            }
            node = next[letter];
        }
        kinds.set(node, (byte) (kinds.get(node) | kind));
    }

    /** Tells whether a text has such a word, in any case. */
    static boolean anyIn(String text) {
        boolean first = true;
        for (int i = 0; i < text.length(); i++) {
            if (letterAt(text, i) < 0) {
                first = true;
            } else if (isNumberAt(text, i, first)) {
                return true;
            } else {
                first = false;
            }
        }
        return false;
    }

    private static boolean isNumberAt(String text, int start, boolean first) {
        int node = 0;
        for (int i = start; i < text.length(); i++) {
            int letter = letterAt(text, i);
            node = letter < 0 ? 0 : NEXT[node * LETTERS + letter];
            if (node == 0) {
                return false;
            }
            byte kinds = KINDS[node];
            if (kinds != 0
                    && ((kinds & IS_ANYWHERE) != 0
                            || (first
                                    && ((kinds & IS_BEGINNING) != 0
                                            || i + 1 == text.length()
                                            || letterAt(text, i + 1) < 0)))) {
                return true;
            }
        }
        return false;
    }

    private static int letterAt(String text, int index) {
        int letter = (text.charAt(index) | 0x20) - 'a';
        return letter >= 0 && letter < LETTERS ? letter : -1;
    }
}

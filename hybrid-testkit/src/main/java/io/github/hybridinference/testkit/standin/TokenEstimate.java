package io.github.hybridinference.testkit.standin;

/**
 * Token counts estimated from characters by the vendor's rule of thumb: 0.3 tokens a character, 0.6 for one outside
 * ASCII. An estimate, not the vendor's tokenizer.
 */
final class TokenEstimate {

    private TokenEstimate() {}

    static int estimate(CharSequence text) {
        return tenths(text, text.length());
    }

    /** The longest beginning of the text that is estimated at no more than the given number of tokens. */
    static String upTo(int tokens, String text) {
        int end = text.length();
        while (end > 0 && tenths(text, end) > tokens) {
            end--;
        }
        return text.substring(0, end);
    }

    private static int tenths(CharSequence text, int end) {
        long tenths = 0;
        for (int i = 0; i < end; i++) {
            tenths += text.charAt(i) < 128 ? 3 : 6;
        }
        return (int) ((tenths + 9) / 10);
    }
}

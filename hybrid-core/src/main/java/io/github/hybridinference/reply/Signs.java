package io.github.hybridinference.reply;

/** A few characters, of which those of ASCII are found at once. */
final class Signs {
    private final boolean[] ascii = new boolean[128];
    private final String others;

    private Signs(String signs) {
        StringBuilder rest = new StringBuilder();
        for (int i = 0; i < signs.length(); i++) {
            char c = signs.charAt(i);
            if (c < ascii.length) {
                ascii[c] = true;
            } else {
                rest.append(c);
            }
        }
        others = rest.toString();
    }

    static Signs of(String signs) {
        return new Signs(signs);
    }

    boolean contains(char c) {
        return c < ascii.length ? ascii[c] : others.indexOf(c) >= 0;
    }
}

package io.github.hybridinference.model;

/** The letters of a name, by which two spellings of it are compared. */
final class Letters {
    private Letters() {}

    /**
     * Leaves out everything else.
     *
     * @param most after this number of letters and one more the rest is not looked at
     * @return Latin letters in lower case
     */
    static String of(String name, int most) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < name.length() && letters.length() <= most; i++) {
            char c = name.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                letters.append((char) (c + ('a' - 'A')));
            } else if (c >= 'a' && c <= 'z') {
                letters.append(c);
            }
        }
        return letters.toString();
    }
}

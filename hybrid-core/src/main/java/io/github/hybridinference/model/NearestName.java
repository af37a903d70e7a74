package io.github.hybridinference.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The feature whose name is most like a given one, by the number of letters to change. */
final class NearestName {
    /** Of so many letters one may be wrong. */
    private static final int LETTERS_PER_MISTAKE = 3;

    private static final int FEWEST_LETTERS = 3;
    private static final int MOST_LETTERS = 64;

    private NearestName() {}

    static @Nullable Feature of(String name) {
        String letters = Letters.of(name, MOST_LETTERS);
        if (letters.length() < FEWEST_LETTERS) {
            return null;
        }
        FeatureFamily nearest = null;
        int fewest = letters.length() / LETTERS_PER_MISTAKE + 1;
        for (FeatureFamily family : Catalogue.families()) {
            int mistakes = distance(letters, Letters.of(family.spec().name().plainName(), MOST_LETTERS), fewest);
            if (mistakes < fewest) {
                fewest = mistakes;
                nearest = family;
            }
        }
        return nearest == null ? null : Feature.member(nearest, nearest.defaultPeriod(), null);
    }

    /** Levenshtein's distance, or {@code enough} if it is no less. */
    private static int distance(String a, String b, int enough) {
        if (Math.abs(a.length() - b.length()) >= enough) {
            return enough;
        }
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(diagonal, row[j - 1]));
            }
        }
        return Math.min(enough, row[b.length()]);
    }
}

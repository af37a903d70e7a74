package io.github.hybridinference.examples.service;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds the variable that a mistyped one was meant to be. */
final class NearestVariable {
    /** Variables that others read and that resemble ours. */
    private static final Set<String> OF_OTHERS = Set.of("HTTP_PROXY", "ALL_PROXY", "FTP_PROXY", "JAVA_OPTS");

    private static final List<String> OWN_PREFIXES = List.of("DEEPSEEK_", "MODEL_");
    private static final int SHORTEST_FOR_EDITS = 8;
    private static final int MOST_EDITS = 2;

    private NearestVariable() {}

    static boolean isKnown(String name) {
        String given = name.endsWith("_proxy") ? name.toUpperCase(Locale.ROOT) : name;
        return Variable.ALL.stream().anyMatch(variable -> variable.name().equals(given));
    }

    static boolean isUsual(String name) {
        return OF_OTHERS.contains(name.toUpperCase(Locale.ROOT));
    }

    static boolean hasOwnPrefix(String name) {
        return OWN_PREFIXES.stream().anyMatch(name.toUpperCase(Locale.ROOT)::startsWith);
    }

    /** The name of the variable that is most like this one, or nothing if none is like it. */
    static String of(String name) {
        String best = "";
        int fewest = Integer.MAX_VALUE;
        for (Variable variable : Variable.ALL) {
            int distance = distance(letters(name), letters(variable.name()));
            if (distance < fewest && isNear(name, variable.name(), distance)) {
                best = variable.name();
                fewest = distance;
            }
        }
        return best;
    }

    /** The same letters, a letter or two of a long name amiss, or some of its words: {@code DAILY_BUDGET}. */
    private static boolean isNear(String given, String known, int distance) {
        int length = Math.min(letters(given).length(), letters(known).length());
        return distance == 0 || (distance <= MOST_EDITS && length >= SHORTEST_FOR_EDITS) || isPart(given, known);
    }

    private static boolean isPart(String given, String known) {
        List<String> some = words(given);
        List<String> all = words(known);
        return (some.size() >= 2 && new HashSet<>(all).containsAll(some))
                || (all.size() >= 2 && new HashSet<>(some).containsAll(all));
    }

    private static List<String> words(String name) {
        return Arrays.asList(name.toUpperCase(Locale.ROOT).split("_+"));
    }

    private static String letters(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    }

    /** Levenshtein's distance. */
    private static int distance(String one, String other) {
        int[] before = new int[other.length() + 1];
        Arrays.setAll(before, i -> i);
        for (int i = 1; i <= one.length(); i++) {
            int[] now = new int[other.length() + 1];
            now[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                now[j] = Math.min(before[j - 1] + change, 1 + Math.min(before[j], now[j - 1]));
            }
            before = now;
        }
        return before[other.length()];
    }
}

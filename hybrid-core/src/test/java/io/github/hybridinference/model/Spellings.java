package io.github.hybridinference.model;

import java.util.List;
import java.util.Locale;

/** The ways in which people write one name. */
public final class Spellings {
    private Spellings() {}

    /**
     * Spells a name in snake case in other ways.
     *
     * @param snake for example {@code ema_20_dist_pct}
     * @return among others {@code EMA-20-DIST-PCT} and {@code ema20DistPct}
     */
    public static List<String> of(String snake) {
        String kebab = snake.replace('_', '-');
        String spaced = snake.replace('_', ' ');
        return List.of(
                snake,
                snake.toUpperCase(Locale.ROOT),
                kebab,
                kebab.toUpperCase(Locale.ROOT),
                spaced,
                capitals(spaced, ' '),
                capitals(kebab, '-'),
                camel(snake),
                capital(camel(snake)),
                capitals(snake, '_'),
                "_" + snake + "_",
                snake.replace("_", "__"));
    }

    private static String camel(String snake) {
        StringBuilder camel = new StringBuilder();
        for (String word : snake.split("_")) {
            boolean digits = Character.isDigit(word.charAt(0));
            boolean afterDigits = !camel.isEmpty() && Character.isDigit(camel.charAt(camel.length() - 1));
            if (digits && afterDigits) {
                camel.append('_'); // two numbers side by side would be one
            }
            camel.append(camel.isEmpty() ? word : capital(word));
        }
        return camel.toString();
    }

    private static String capitals(String words, char separator) {
        StringBuilder text = new StringBuilder();
        for (String word : words.split(String.valueOf(separator))) {
            text.append(text.isEmpty() ? "" : separator).append(capital(word));
        }
        return text.toString();
    }

    private static String capital(String word) {
        return word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}

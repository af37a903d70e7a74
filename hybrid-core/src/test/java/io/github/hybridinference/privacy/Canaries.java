package io.github.hybridinference.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.model.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The texts that must turn up nowhere: foreign names, and values in more digits than may leave. */
final class Canaries {
    private static final int SHORTEST = 4;
    private static final int DIGITS = 7;

    private final List<String> texts = new ArrayList<>();

    private Canaries() {}

    /** Everything in a map that is foreign or finer than what leaves. */
    static Canaries of(Map<String, ?> fields) {
        Canaries canaries = new Canaries();
        canaries.addAll(fields);
        return canaries;
    }

    static Canaries of(String... texts) {
        Canaries canaries = new Canaries();
        for (String text : texts) {
            canaries.addText(text);
        }
        return canaries;
    }

    /** Without those that are words of ours as well, such as {@code name}. */
    Canaries except(String ownWords) {
        String lower = ownWords.toLowerCase(Locale.ROOT);
        texts.removeIf(lower::contains);
        return this;
    }

    void assertAbsentFrom(String sink) {
        String lower = sink.toLowerCase(Locale.ROOT);
        for (String text : texts) {
            assertThat(lower).doesNotContain(text);
        }
    }

    private void addAll(Map<?, ?> fields) {
        fields.forEach((key, value) -> {
            String name = String.valueOf(key);
            if (Feature.find(name).isEmpty() && !Told.SECTIONS.contains(name)) {
                addText(name);
            }
            add(value);
        });
    }

    private void add(Object value) {
        if (value instanceof Map<?, ?> nested) {
            addAll(nested);
        } else if (value instanceof List<?> list) {
            list.forEach(this::add);
        } else if (value instanceof Number) {
            String digits = value.toString();
            boolean whole = digits.indexOf('.') < 0;
            addText(whole || digits.length() <= DIGITS ? digits : digits.substring(0, DIGITS));
        } else {
            addText(String.valueOf(value));
        }
    }

    private void addText(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.length() >= SHORTEST) {
            texts.add(lower);
        }
    }
}

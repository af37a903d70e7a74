package io.github.hybridinference.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Features of an owner's own from a file, checked as strictly as {@link Feature#custom}. The file is the part of YAML that
 * this takes:
 *
 * <pre>{@code
 * features:
 *   - name: my_alpha
 *     unit: score
 *     range: [-1, 1]
 *     step: 0.05
 *     meaning: Strength of the breakout model
 * }</pre>
 *
 * <p>All five are required. A name that can tell whose figure it is or of which instrument needs a sixth, {@code even_though}, with
 * the reason why it may be sent, as for {@link Feature#customEvenThough}. Comments start with {@code #} at the start of a line or after a space.
 *
 * @since 0.1.0
 */
public final class FeatureFile {
    private static final int MAX_BYTES = 65_536;
    private static final int MAX_WORDS = 100;
    private static final String EVEN_THOUGH = "even_though";
    private static final Set<String> REQUIRED = Set.of("name", "unit", "range", "step", "meaning");
    private static final Set<String> KEYS = Set.of("name", "unit", "range", "step", "meaning", EVEN_THOUGH);
    private static final Pattern ENTRY = Pattern.compile("\\s+(- )?\\s*([a-z_]+):\\s+(.*\\S)\\s*");
    private static final Pattern RANGE = Pattern.compile("\\[\\s*(-?[0-9.eE+]{1,20})\\s*,\\s*(-?[0-9.eE+]{1,20})\\s*]");
    private static final Pattern STEP = Pattern.compile("[0-9]{1,9}|[0-9]\\.[0-9]{1,8}");
    private static final Pattern WORDS = Pattern.compile("[A-Za-z][A-Za-z0-9 ,.%/()'-]{0," + (MAX_WORDS - 1) + "}");

    private final List<Feature> features = new ArrayList<>();
    private final Set<String> names = new TreeSet<>();
    private final Map<String, String> current = new TreeMap<>();
    private int startedAt;

    private FeatureFile() {}

    /**
     * Reads a file.
     *
     * @param file in UTF-8, of at most 64 kB
     * @return the features, in the order of the file
     * @throws IOException if the file cannot be read or is too long; the message does not have its path
     * @throws IllegalArgumentException if it is not as described; the message has the line, and none of the file's text
     */
    public static List<Feature> read(Path file) throws IOException {
        @Nullable String text;
        try {
            text = Files.size(file) > MAX_BYTES ? null : Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException namesThePath) {
            throw FileFaults.withoutPath("the file of features cannot be read", namesThePath);
        }
        if (text == null) {
            throw new IOException("a file of features has at most 64 kB");
        }
        return parse(text);
    }

    /**
     * Reads the text of a file.
     *
     * @param text the text
     * @return the features, in the order of the text
     * @throws IllegalArgumentException if it is not as described; the message has the line, and none of the text
     */
    public static List<Feature> parse(String text) {
        FeatureFile file = new FeatureFile();
        int number = 0;
        boolean headed = false;
        for (String line : text.split("\r?\n", -1)) {
            number++;
            String content = line.replaceFirst("(^|\\s)#.*", "").stripTrailing();
            if (content.isEmpty()) {
                continue;
            }
            if (!headed) {
                file.require(content.equals("features:"), number, "the first line is \"features:\"");
                headed = true;
            } else {
                file.take(content, number);
            }
        }
        file.finish();
        return List.copyOf(file.features);
    }

    private void take(String line, int number) {
        Matcher entry = ENTRY.matcher(line);
        require(entry.matches(), number, "a line is \"key: value\", indented, and \"- \" starts a feature");
        if (entry.group(1) != null) {
            finish();
            startedAt = number;
        }
        require(startedAt > 0, number, "\"- \" starts a feature");
        String key = entry.group(2);
        require(KEYS.contains(key), number, "the keys are name, unit, range, step, meaning and even_though");
        String value = entry.group(3);
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        String before = current.put(key, quoted ? value.substring(1, value.length() - 1) : value);
        require(before == null, number, "a key stands there twice");
    }

    private void finish() {
        if (startedAt == 0) {
            return;
        }
        require(current.keySet().containsAll(REQUIRED), startedAt, "a feature has name, unit, range, step and meaning");
        Matcher range = RANGE.matcher(value("range"));
        require(range.matches(), startedAt, "a range is [low, high]");
        require(STEP.matcher(value("step")).matches(), startedAt, "a step is a decimal number such as 0.05");
        require(WORDS.matcher(value("unit")).matches(), startedAt, "a unit is a few words");
        require(WORDS.matcher(value("meaning")).matches(), startedAt, "a meaning is one line of up to 100 characters");
        require(names.add(value("name")), startedAt, "a name stands there twice");
        try {
            features.add(feature(Double.parseDouble(range.group(1)), Double.parseDouble(range.group(2))));
        } catch (NumberFormatException noNumber) {
            throw fault(startedAt, "a range is [low, high]", null);
        } catch (IllegalArgumentException refused) {
            throw fault(startedAt, String.valueOf(refused.getMessage()), refused);
        }
        current.clear();
    }

    private Feature feature(double low, double high) {
        FamilySpec.Step step = stepOf(value("step"));
        String name = value("name");
        FeatureFamily family =
                CustomFeatures.family(name, low, high, step, value("unit"), value("meaning"), current.get(EVEN_THOUGH));
        int identity = (int) step.units() * 31 + step.decimals() + FeatureFamily.MAX_DIGITS + 1;
        return Feature.custom(family, CustomFeatures.order(name, low, high, identity));
    }

    private static FamilySpec.Step stepOf(String text) {
        int point = text.indexOf('.');
        return point < 0
                ? FamilySpec.Step.parse(text)
                : new FamilySpec.Step(
                        Long.parseLong(text.substring(0, point) + text.substring(point + 1)),
                        text.length() - point - 1);
    }

    private String value(String key) {
        return current.getOrDefault(key, "");
    }

    private void require(boolean holds, int line, String rule) {
        if (!holds) {
            throw fault(line, rule, null);
        }
    }

    private static IllegalArgumentException fault(int line, String rule, @Nullable Throwable cause) {
        return new IllegalArgumentException("features, line " + line + ": " + rule, cause);
    }
}

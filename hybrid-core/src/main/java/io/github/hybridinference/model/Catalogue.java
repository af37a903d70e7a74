package io.github.hybridinference.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The closed list of feature families, and the look-up from a name of any spelling to a member of one. */
final class Catalogue {
    /** Where the numbers of a folded name belong. */
    private record Pattern(FeatureFamily family, boolean period, char frameUnit) {
        boolean isLike(Pattern other) {
            return family == other.family && period == other.period && frameUnit == other.frameUnit;
        }
    }

    /** The names most callers write, found without being read letter by letter. Made when first needed, as features are. */
    private static final class CanonicalNames {
        private static final Map<String, Feature> FEATURES = new HashMap<>();

        static {
            for (FeatureFamily family : FAMILIES) {
                Feature feature = Feature.member(family, family.defaultPeriod(), null);
                FEATURES.put(feature.name(), feature);
            }
        }
    }

    /** All spellings of all names. Made when first needed: the typed setters do without. */
    private static final class Spellings {
        private static final Map<String, Pattern> PATTERNS = patterns();
    }

    private static final char NO_FRAME = 0;
    private static final char[] FRAME_UNITS = {NO_FRAME, 'm', 'h', 'd', 'w'};

    private static final List<FeatureFamily> FAMILIES = numbered();

    private Catalogue() {}

    static List<FeatureFamily> families() {
        return FAMILIES;
    }

    /** The family whose name without period and timeframe is {@code plainName}; for look-ups at start-up. */
    static FeatureFamily family(String plainName) {
        for (FeatureFamily family : FAMILIES) {
            if (plainName.equals(family.spec().name().plainName())) {
                return family;
            }
        }
        throw new AssertionError("no such family in the catalogue");
    }

    /** The feature of a name in any spelling, or null. */
    static @Nullable Feature find(String text) {
        if (text.length() > FoldedName.MAX_LENGTH) {
            return null;
        }
        Feature canonical = CanonicalNames.FEATURES.get(text);
        if (canonical != null) {
            return canonical;
        }
        FoldedName name = FoldedName.of(text);
        return name == null ? null : find(name);
    }

    private static @Nullable Feature find(FoldedName name) {
        Pattern pattern = Spellings.PATTERNS.get(name.letters());
        if (pattern == null) {
            return null;
        }
        FeatureFamily family = pattern.family;
        int period = pattern.period ? name.first() : family.defaultPeriod();
        if (!family.spec().acceptsPeriod(period)) {
            return null;
        }
        if (pattern.frameUnit == NO_FRAME) {
            return Feature.member(family, period, null);
        }
        Timeframe frame = Timeframe.of(pattern.period ? name.second() : name.first(), pattern.frameUnit);
        return frame == null ? null : Feature.member(family, period, frame);
    }

    private static List<FeatureFamily> numbered() {
        List<FamilySpec> specs = new ArrayList<>();
        FeatureGroup group = FeatureGroup.PRICE;
        for (String row : FeatureTable.ROWS.split("\n")) {
            if (row.startsWith("[")) {
                group = FeatureGroup.valueOf(row.substring(1, row.length() - 1));
            } else {
                specs.add(FamilySpec.parse(group, row));
            }
        }
        // figures in price units stand first in the table and refer to later rows, so numbering goes backwards
        FeatureFamily[] families = new FeatureFamily[specs.size()];
        Map<String, FeatureFamily> byName = new HashMap<>();
        for (int i = families.length - 1; i >= 0; i--) {
            FamilySpec spec = specs.get(i);
            families[i] = new FeatureFamily(i, spec, byName.get(spec.relativeFamily()));
            byName.put(spec.name().plainName(), families[i]);
        }
        return List.of(families);
    }

    private static Map<String, Pattern> patterns() {
        Map<String, Pattern> patterns = new HashMap<>(8_192);
        for (FeatureFamily family : FAMILIES) {
            enter(patterns, family.spec().name(), family);
        }
        for (String row : FeatureAliases.ROWS.split("\n")) {
            String[] cells = row.split(" \\| ", 2);
            for (String alias : cells[1].split(" ")) {
                enter(patterns, NamePattern.parse(alias), family(cells[0]));
            }
        }
        return patterns;
    }

    private static void enter(Map<String, Pattern> patterns, NamePattern name, FeatureFamily family) {
        for (char unit : FRAME_UNITS) {
            String frame = unit == NO_FRAME ? "" : String.valueOf(unit);
            enter(patterns, name.foldedLetters(false, frame), new Pattern(family, false, unit));
            if (family.defaultPeriod() != 0) {
                enter(patterns, name.foldedLetters(true, frame), new Pattern(family, true, unit));
            }
        }
    }

    private static void enter(Map<String, Pattern> patterns, String letters, Pattern pattern) {
        claim(patterns, letters, pattern);
        String spelledOut = letters.replace("pct", "percent");
        if (!spelledOut.equals(letters)) {
            claim(patterns, spelledOut, pattern);
        }
    }

    private static void claim(Map<String, Pattern> patterns, String letters, Pattern pattern) {
        Pattern other = patterns.put(letters, pattern);
        if (other != null && !other.isLike(pattern)) {
            throw new AssertionError("two families fold to one name: " + other.family + ", " + pattern.family);
        }
    }
}

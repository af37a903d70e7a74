package io.github.hybridinference.spring;

import static io.github.hybridinference.spring.InvalidSettingException.check;

import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.anonymize.Noise;
import io.github.hybridinference.classify.RouterModel;
import io.github.hybridinference.classify.ScenarioClassifier;
import io.github.hybridinference.classify.ThresholdClassifier;
import io.github.hybridinference.local.LocalRuleModel;
import io.github.hybridinference.local.VotingRules;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.FeatureFile;
import io.github.hybridinference.spring.HybridProperties.CustomFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes the parts on the caller's thread of what the properties say. */
final class ConfiguredParts {
    private ConfiguredParts() {}

    static LocalRuleModel rules(HybridProperties.Rules settings) {
        VotingRules[] rules = {LocalRuleModel.standard()};
        for (int i = 0; i < settings.without().size(); i++) {
            String name = settings.without().get(i);
            check("hybrid.rules.without[" + i + "]", () -> rules[0] = rules[0].without(ruleName(name)));
        }
        settings.weights()
                .forEach((name, weight) ->
                        check("hybrid.rules.weights", () -> rules[0] = rules[0].reweigh(ruleName(name), weight)));
        return rules[0];
    }

    /** Spring drops underlines from the keys of maps. */
    private static String ruleName(String given) {
        return LocalRuleModel.standard().names().stream()
                .filter(name -> name.replace("_", "")
                        .equals(given.replaceAll("[_-]", "").toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse(given);
    }

    static ScenarioClassifier classifier(HybridProperties.Classifier settings) {
        Thresholds thresholds = new Thresholds();
        thresholds.change(
                "extreme-rsi-low, extreme-rsi-high and extreme-volume-ratio",
                standard -> standard.extremeRsi(
                        settings.extremeRsiLow(), settings.extremeRsiHigh(), settings.extremeVolumeRatio()));
        thresholds.change("high-volatility-pct", standard -> standard.highVolatilityPct(settings.highVolatilityPct()));
        thresholds.change(
                "neutral-rsi-low and neutral-rsi-high",
                standard -> standard.neutralRsi(settings.neutralRsiLow(), settings.neutralRsiHigh()));
        thresholds.change("conflict-weight", standard -> standard.conflictWeight(settings.conflictWeight()));
        thresholds.change("calm-volatility-pct", standard -> standard.calmVolatilityPct(settings.calmVolatilityPct()));
        thresholds.change(
                "clear-rsi-low and clear-rsi-high",
                standard -> standard.clearRsi(settings.clearRsiLow(), settings.clearRsiHigh()));
        thresholds.change("decisive-score", standard -> standard.decisiveScore(settings.decisiveScore()));
        if (settings.volatilityBeforeExtremeRsi()) {
            thresholds.change("volatility-before-extreme-rsi", ThresholdClassifier::volatilityBeforeExtremeRsi);
        }
        if (settings.fixedVolatility()) {
            thresholds.change("fixed-volatility", ThresholdClassifier::fixedVolatility);
        }
        return thresholds.classifier;
    }

    /** Narrowed by the ranking of a learned router, if there is one. */
    static ScenarioClassifier routed(ScenarioClassifier table, @Nullable Path file) {
        if (file == null) {
            return table;
        }
        try {
            return ScenarioClassifier.learned(RouterModel.read(file)).over(table);
        } catch (IOException unreadable) { // its message has the path
            throw new InvalidSettingException("hybrid.router-file", "it names no file in UTF-8 that can be read");
        } catch (IllegalArgumentException refused) {
            throw new InvalidSettingException("hybrid.router-file", String.valueOf(refused.getMessage()));
        }
    }

    private static final class Thresholds {
        private ThresholdClassifier classifier = ScenarioClassifier.thresholds();

        void change(String properties, UnaryOperator<ThresholdClassifier> change) {
            check("hybrid.classifier." + properties, () -> classifier = change.apply(classifier));
        }
    }

    static Anonymizer anonymizer(HybridProperties.Anonymizer settings, List<Feature> custom) {
        Feature[] features = custom.toArray(new Feature[0]);
        return switch (Objects.requireNonNull(settings.resolution())) {
            case STANDARD -> Anonymizer.standard(features);
            case COARSE -> Anonymizer.coarse(features);
            case FINE -> Anonymizer.fine(features);
            case NOISE -> Anonymizer.withNoise(noise(settings.noise()), features);
        };
    }

    private static Noise noise(HybridProperties.Noise settings) {
        if (settings.seed() == null) {
            throw new InvalidSettingException(
                    "hybrid.anonymizer.noise.seed", "it is not set; draw a number at random and keep it secret");
        }
        Noise[] noise = {Noise.seeded(settings.seed())};
        Double steps = settings.steps();
        if (steps != null) {
            check("hybrid.anonymizer.noise.steps", () -> noise[0] = noise[0].amplitude(steps));
        }
        Duration window = settings.window();
        if (window != null) {
            check("hybrid.anonymizer.noise.window", () -> noise[0] = noise[0].window(window));
        }
        return noise[0];
    }

    /** Those of the properties and those of the file. */
    static List<Feature> features(HybridProperties properties) {
        List<Feature> features = features(properties.customFeatures());
        for (Feature feature : ofFile(properties.featuresFile())) {
            if (features.stream().anyMatch(other -> other.name().equals(feature.name()))) {
                throw new InvalidSettingException(
                        "hybrid.features-file", "hybrid.custom-features has a feature of the same name");
            }
            features.add(feature);
        }
        return features;
    }

    private static List<Feature> ofFile(@Nullable Path file) {
        if (file == null) {
            return List.of();
        }
        try {
            return FeatureFile.read(file);
        } catch (IOException unreadable) { // its message has the path
            throw new InvalidSettingException(
                    "hybrid.features-file", "it names no file of at most 64 kB in UTF-8 that can be read");
        } catch (IllegalArgumentException refused) {
            throw new InvalidSettingException("hybrid.features-file", String.valueOf(refused.getMessage()));
        }
    }

    private static List<Feature> features(List<CustomFeature> settings) {
        List<Feature> features = new ArrayList<>();
        for (int i = 0; i < settings.size(); i++) {
            CustomFeature feature = settings.get(i);
            String property = "hybrid.custom-features[" + i + "]";
            String name = given(property + ".name", feature.name());
            double low = given(property + ".low", feature.low());
            double high = given(property + ".high", feature.high());
            int digits = given(property + ".digits", feature.digits());
            String evenThough = feature.evenThough();
            check(
                    property,
                    () -> features.add(
                            evenThough == null
                                    ? Feature.custom(name, low, high, digits)
                                    : Feature.customEvenThough(name, low, high, digits, evenThough)));
        }
        return features;
    }

    private static <T> T given(String property, @Nullable T value) {
        if (value == null) {
            throw new InvalidSettingException(
                    property, "it is not set, and a feature needs name, low, high and digits");
        }
        return value;
    }
}

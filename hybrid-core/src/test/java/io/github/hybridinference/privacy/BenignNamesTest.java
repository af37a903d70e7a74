package io.github.hybridinference.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.FeatureFamily;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Spellings;
import io.github.hybridinference.model.Timeframe;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What people really send must come through, or they will go around the catalogue. */
class BenignNamesTest {
    private static final List<String> NAMES = Corpus.benignNames();

    private static double someFigure(FeatureFamily family) {
        return family.low() < 0 && family.high() > 0 ? 0.5 : (family.low() + family.high()) / 2;
    }

    @Test
    void hasEnoughNames() {
        assertThat(NAMES.size() + Corpus.benignCustomNames().size()).isGreaterThanOrEqualTo(150);
        assertThat(NAMES).doesNotHaveDuplicates();
    }

    @Test
    void keepsEachThroughEveryEntrance() {
        for (String name : NAMES) {
            Feature feature = Feature.of(name);
            double figure = someFigure(feature.family());
            List<MarketSnapshot.Builder> entrances = List.of(
                    builder().features(Map.of(name, figure)),
                    builder().features(Map.of("market_data", Map.of(name, figure))),
                    builder().features(Map.of("features", Map.of(name, figure))),
                    builder().features(Map.of("sentiment_data", Map.of(name, figure))),
                    builder().features(Map.of("onChainData", Map.of(name, figure))),
                    builder().feature(name, figure),
                    builder().feature(feature, figure));
            for (MarketSnapshot.Builder entrance : entrances) {
                MarketSnapshot snapshot = entrance.build();
                assertThat(snapshot.dropped().total()).as(name).isZero();
                AnonymizedSnapshot told = Anonymizer.standard().anonymize(snapshot);
                if (feature.family().mayLeave()) {
                    double step = feature.family().step();
                    assertThat(told.get(feature)).as(name).isCloseTo(figure, within(step * 0.5001));
                } else {
                    assertThat(snapshot.get(feature)).as(name).isEqualTo(figure);
                }
            }
        }
    }

    /** No name of the corpus is on the half-hour, so that none is on the snapshot's own timeframe. */
    private static MarketSnapshot.Builder builder() {
        return MarketSnapshot.builder("BTC-USDT", Timeframe.M30);
    }

    @Test
    void keepsAllOfThemAtOnce() {
        Map<String, Object> fields = new HashMap<>();
        NAMES.forEach(name -> fields.put(name, someFigure(Feature.of(name).family())));
        MarketSnapshot snapshot = builder().features(fields).build();
        long distinct = NAMES.stream().map(Feature::of).distinct().count();
        assertThat(snapshot.dropped().total()).as("second spellings that agree").isEqualTo((int)
                (NAMES.size() - distinct));
        assertThat(snapshot.dropped().sensitive()).isZero();
        NAMES.forEach(
                name -> assertThat(snapshot.has(Feature.of(name))).as(name).isTrue());
    }

    @Test
    void takesNamesAsCustomThatOnlyResembleSensitiveOnes() {
        for (String name : Corpus.benignCustomNames()) {
            Feature custom = Feature.custom(name, -1, 1, 3);
            Stream<String> spellings = Spellings.of(name).stream();
            spellings.forEach(spelling -> {
                MarketSnapshot snapshot = builder()
                        .accepting(custom)
                        .features(Map.of(spelling, 0.25))
                        .build();
                assertThat(snapshot.dropped().total()).as(spelling).isZero();
                assertThat(Anonymizer.standard(custom).anonymize(snapshot).get(custom))
                        .isEqualTo(0.25);
                assertThat(Anonymizer.standard().anonymize(snapshot).size())
                        .as("undeclared")
                        .isZero();
            });
            assertThat(builder().features(Map.of(name, 0.25)).build().dropped().sensitive())
                    .as(name)
                    .isZero();
        }
    }
}

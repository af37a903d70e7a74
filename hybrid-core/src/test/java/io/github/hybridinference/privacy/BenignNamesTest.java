package io.github.hybridinference.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.DropCause;
import io.github.hybridinference.model.DroppedFields;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.FeatureFamily;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Spellings;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.model.Vocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What people really send must come through, or they will go around the catalogue. */
class BenignNamesTest {
    private static final List<String> NAMES = Corpus.benignNames();

    private static final List<String> MOVING_AVERAGES = List.of("ema", "sma", "wma", "hma");

    private static double someFigure(FeatureFamily family) {
        if (family.pattern().startsWith("atr_{n}") || family.pattern().equals("atr[_{n}]")) {
            return 1; // of a price that is itself in the middle of its range
        }
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
            List<MarketSnapshot.Builder> entrances = new ArrayList<>(
                    List.of(builder().feature(name, figure), builder().feature(feature, figure)));
            if (!MOVING_AVERAGES.contains(name)) {
                entrances.add(builder().features(Map.of(name, figure), Vocabulary.CATALOGUE));
                for (String section : List.of("market_data", "features", "sentiment_data", "onChainData")) {
                    entrances.add(builder().features(Map.of(section, Map.of(name, figure)), Vocabulary.CATALOGUE));
                }
            }
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

    /** As many at once as a snapshot holds: none is dropped because of another, except a second spelling. */
    @Test
    void keepsAsManyAtOnceAsASnapshotHolds() {
        List<String> names = new ArrayList<>(NAMES);
        names.removeAll(MOVING_AVERAGES);
        for (int from = 0; from < names.size(); from += 60) {
            List<String> some = names.subList(from, Math.min(from + 60, names.size()));
            Map<String, Object> fields = new HashMap<>();
            some.forEach(name -> fields.put(name, someFigure(Feature.of(name).family())));
            MarketSnapshot snapshot =
                    builder().features(fields, Vocabulary.CATALOGUE).build();
            long distinct = some.stream().map(Feature::of).distinct().count();
            assertThat(snapshot.dropped().total())
                    .as("second spellings that agree")
                    .isEqualTo((int) (some.size() - distinct));
            assertThat(snapshot.dropped().sensitive()).isZero();
            some.forEach(
                    name -> assertThat(snapshot.has(Feature.of(name))).as(name).isTrue());
        }
    }

    /** Without a vocabulary the few are dropped that portfolios have too. */
    @Test
    void keepsNineOfTenWithoutAVocabulary() {
        List<String> dropped = new ArrayList<>();
        for (String name : NAMES) {
            Map<String, Double> figure =
                    Map.of(name, someFigure(Feature.of(name).family()));
            DroppedFields fields = builder().features(figure).build().dropped();
            if (fields.total() > 0) {
                dropped.add(name);
                assertThat(fields.count(DropCause.AMBIGUOUS_NAME)).as(name).isEqualTo(1);
                assertThat(fields.sensitive()).as(name).isZero();
            }
        }
        System.out.printf(
                "benign names taken without a vocabulary: %d of %d%n", NAMES.size() - dropped.size(), NAMES.size());
        assertThat(dropped).as("dropped").hasSizeLessThanOrEqualTo(NAMES.size() / 10);
    }

    /** No name of the corpus is on the half-hour, so that none is on the snapshot's own timeframe. */
    private static MarketSnapshot.Builder builder() {
        return MarketSnapshot.builder("BTC-USDT", Timeframe.M30);
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

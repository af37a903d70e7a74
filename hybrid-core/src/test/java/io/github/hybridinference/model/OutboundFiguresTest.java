package io.github.hybridinference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OutboundFiguresTest {
    private static final int ROUNDS = 3_000;
    private static final Feature ALLOWED = Feature.custom("alpha_one", -1, 1, 3);
    private static final Feature FORBIDDEN = Feature.custom("alpha_two", -1, 1, 3);

    /** Standard members, which may have a slot, and others; custom ones, too. */
    private static final List<Feature> FEATURES = features();

    private static List<Feature> features() {
        List<Feature> features = new ArrayList<>(List.of(ALLOWED, FORBIDDEN));
        for (FeatureFamily family : Feature.catalogue()) {
            features.add(Feature.member(family, family.defaultPeriod(), null));
            features.add(Feature.member(family, family.defaultPeriod(), Timeframe.H4));
            if (family.defaultPeriod() != 0) {
                features.add(Feature.member(family, 33, null));
            }
        }
        return features;
    }

    private static double figure(Feature feature, Random random) {
        double low = Math.max(-1e4, feature.family().low());
        double high = Math.min(1e4, feature.family().high());
        return low + random.nextDouble() * (high - low);
    }

    private static Map<Feature, Double> some(Random random, double share) {
        Map<Feature, Double> figures = new TreeMap<>();
        for (Feature feature : FEATURES) {
            if (figures.size() < MarketSnapshot.MAX_FIGURES && random.nextDouble() < share) {
                figures.put(feature, figure(feature, random));
            }
        }
        return figures;
    }

    private static MarketSnapshot snapshot(Map<Feature, Double> figures) {
        MarketSnapshot.Builder builder = MarketSnapshot.builder("BTC-USDT", Timeframe.H1);
        figures.forEach(builder::feature);
        return builder.build();
    }

    /** The same one figure at a time, each put where it belongs. */
    private static AnonymizedSnapshot oneByOne(
            Map<Feature, Double> computed, MarketSnapshot given, Resolution resolution) {
        Map<Feature, Double> relative = new TreeMap<>();
        given.forEach((feature, value) -> {
            if (feature.family().mayLeave() && !feature.equals(FORBIDDEN)) {
                relative.put(feature, value);
            }
        });
        AnonymizedSnapshot.Builder target = AnonymizedSnapshot.builder(Timeframe.H1, resolution);
        relative.forEach(target::put);
        computed.forEach(target::putIfFree);
        given.forEach(
                (feature, value) -> OutboundFigures.putRelative(feature, value, given.get(Feature.PRICE), target));
        return target.build();
    }

    @Test
    void tellsWhatPuttingOneByOneWouldTell() {
        long merged = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            Resolution resolution = random.nextBoolean() ? Resolution.COARSE : Resolution.FINE;
            MarketSnapshot given = snapshot(some(random, random.nextDouble() * random.nextDouble()));
            Map<Feature, Double> computed = some(random, random.nextDouble() * 0.2);
            computed.keySet().removeIf(feature -> !feature.family().mayLeave());
            AnonymizedSnapshot.Builder target = AnonymizedSnapshot.builder(Timeframe.H1, resolution);
            computed.forEach(target::putIfFree);

            AnonymizedSnapshot all = target.putAll(given, Set.of(ALLOWED)).build();

            assertThat(all).as("seed %d", seed).isEqualTo(oneByOne(computed, given, resolution));
            for (int i = 1; i < all.size(); i++) {
                assertThat(all.feature(i)).isGreaterThan(all.feature(i - 1));
            }
            merged += all.size();
        }
        assertThat(merged).isGreaterThan(ROUNDS * 50L);
    }

    @Test
    void tellsAFigureThatWasGivenAsItWasGiven() {
        MarketSnapshot given = snapshot(Map.of(Feature.RSI_14, 30.0));
        AnonymizedSnapshot anonymized = AnonymizedSnapshot.builder(Timeframe.H1, Resolution.COARSE)
                .put(Feature.RSI_14, 70)
                .put(Feature.ADX_14, 20)
                .putAll(given, Set.of())
                .build();
        assertThat(anonymized.get(Feature.RSI_14)).isEqualTo(30);
        assertThat(anonymized.get(Feature.ADX_14)).isEqualTo(20);
    }

    @Test
    void leavesTheBuilderOpenForMore() {
        AnonymizedSnapshot.Builder builder = AnonymizedSnapshot.builder(Timeframe.H1, Resolution.COARSE)
                .putAll(snapshot(Map.of(Feature.RSI_14, 30.0)), Set.of())
                .put(Feature.STOCH_D, 10)
                .put(Feature.ADX_14, 20);
        assertThat(builder.build().size()).isEqualTo(3);
        assertThatIllegalStateException().isThrownBy(() -> builder.putAll(snapshot(Map.of()), Set.of()));
    }

    @Test
    void takesSeveralSnapshotsOfWhichTheLastGoesBefore() {
        AnonymizedSnapshot anonymized = AnonymizedSnapshot.builder(Timeframe.H1, Resolution.COARSE)
                .putAll(snapshot(Map.of(Feature.RSI_14, 30.0, Feature.ADX_14, 20.0)), Set.of())
                .putAll(snapshot(Map.of(Feature.RSI_14, 40.0, Feature.STOCH_K, 10.0)), Set.of())
                .build();
        assertThat(anonymized.size()).isEqualTo(3);
        assertThat(anonymized.get(Feature.RSI_14)).isEqualTo(40);
    }

    @Test
    void refusesASnapshotOfAnotherTimeframeAndKeepsWhatIsThere() {
        AnonymizedSnapshot.Builder builder =
                AnonymizedSnapshot.builder(Timeframe.H4, Resolution.COARSE).put(Feature.ADX_14, 20);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.putAll(snapshot(Map.of(Feature.MACD, 1.0, Feature.PRICE, 100.0)), Set.of()))
                .withMessageStartingWith("snapshot must be of the timeframe ");
        assertThat(builder.build().size()).isEqualTo(1);
    }

    @Test
    void refusesWhatIsNull() {
        AnonymizedSnapshot.Builder builder = AnonymizedSnapshot.builder(Timeframe.H1, Resolution.COARSE);
        assertThatNullPointerException().isThrownBy(() -> builder.putAll(null, Set.of()));
        MarketSnapshot given = snapshot(Map.of(Feature.MACD, 1.0, Feature.PRICE, 100.0));
        assertThatNullPointerException().isThrownBy(() -> builder.putAll(given, null));
        assertThat(builder.build().size()).isZero();
    }
}

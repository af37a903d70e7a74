package io.github.hybridinference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnonymizedSnapshotTest {
    private static final CacheKey SEED = CacheKey.of("model and prompt");

    private static AnonymizedSnapshot.Builder builder() {
        return AnonymizedSnapshot.builder(Timeframe.H1, Resolution.COARSE);
    }

    private static String text(AnonymizedSnapshot snapshot, int index) {
        StringBuilder text = new StringBuilder();
        snapshot.appendValue(index, text);
        return text.toString();
    }

    @Test
    void holdsFiguresRoundedToTheirSteps() {
        AnonymizedSnapshot snapshot = builder()
                .put(Feature.RSI_14, 27.4)
                .put(Feature.VOLUME_RATIO, 1.93)
                .build();
        assertThat(snapshot.size()).isEqualTo(2);
        assertThat(snapshot.feature(0)).isEqualTo(Feature.RSI_14);
        assertThat(snapshot.value(0)).isEqualTo(27);
        assertThat(snapshot.get(Feature.RSI_14)).isEqualTo(27);
        assertThat(text(snapshot, 1)).isEqualTo("2");
        assertThat(snapshot.get(Feature.ADX_14)).isNaN();
    }

    @Test
    void tellsUpToNineDigitsIfFine() {
        AnonymizedSnapshot snapshot = AnonymizedSnapshot.builder(Timeframe.H1, Resolution.FINE)
                .put(Feature.RSI_14, 27.4123456789)
                .build();
        assertThat(text(snapshot, 0)).isEqualTo("27.412346");
        assertThat(snapshot.resolution()).isEqualTo(Resolution.FINE);
    }

    @Test
    void standsInTheOrderOfTheWireHoweverItWasFilled() {
        List<Feature> features = new ArrayList<>();
        Feature.catalogue().stream().filter(FeatureFamily::mayLeave).forEach(family -> {
            features.add(Feature.member(family, family.defaultPeriod(), null));
            features.add(Feature.member(family, family.defaultPeriod(), Timeframe.D1));
        });
        features.add(Feature.custom("alpha", -1, 1, 2));
        Collections.shuffle(features, new Random(7));
        AnonymizedSnapshot.Builder shuffled = builder();
        features.forEach(feature -> shuffled.put(feature, feature.family().low()));
        AnonymizedSnapshot.Builder sorted = builder();
        features.stream()
                .sorted()
                .forEach(feature -> sorted.put(feature, feature.family().low()));
        AnonymizedSnapshot one = shuffled.build();
        AnonymizedSnapshot other = sorted.build();
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(one.key(SEED)).isEqualTo(other.key(SEED));
        for (int i = 1; i < one.size(); i++) {
            assertThat(one.feature(i)).isGreaterThan(one.feature(i - 1));
        }
        assertThat(one.feature(one.size() - 1).isCustom()).isTrue();
    }

    @Test
    void refusesAnAssetClassAfterFiguresWereRounded() {
        AnonymizedSnapshot.Builder late = builder().put(Feature.RSI_14, 27);
        assertThatIllegalStateException()
                .isThrownBy(() -> late.assetClass(AssetClass.FX))
                .withMessageContaining("assetClass must be set before the figures");
    }

    @Test
    void differsWithEverythingThatWouldBeSent() {
        List<AnonymizedSnapshot> snapshots = List.of(
                builder().build(),
                builder().put(Feature.RSI_14, 27).build(),
                builder().put(Feature.RSI_14, 28).build(),
                builder().put(Feature.of("rsi_7"), 27).build(),
                builder().put(Feature.of("rsi_14_4h"), 27).build(),
                builder().put(Feature.RSI_14, 27).put(Feature.ADX_14, 0).build(),
                builder().assetClass(AssetClass.FX).put(Feature.RSI_14, 27).build(),
                builder().assetClass(AssetClass.EQUITY).put(Feature.RSI_14, 27).build(),
                builder().put(Feature.RSI_14, 27).session(Session.OPEN).build(),
                AnonymizedSnapshot.builder(Timeframe.H4, Resolution.COARSE)
                        .put(Feature.RSI_14, 27)
                        .build(),
                AnonymizedSnapshot.builder(Timeframe.H1, Resolution.FINE)
                        .put(Feature.RSI_14, 27)
                        .build());
        Set<Object> seen = new HashSet<>();
        for (AnonymizedSnapshot snapshot : snapshots) {
            assertThat(seen.add(snapshot)).as("equality of no. %d", seen.size()).isTrue();
        }
        assertThat(snapshots.stream().map(snapshot -> snapshot.key(SEED)).distinct())
                .hasSameSizeAs(snapshots);
        assertThat(snapshots.get(1).key(CacheKey.of("another prompt")))
                .isNotEqualTo(snapshots.get(1).key(SEED));
        assertThat(snapshots.get(0)).isNotEqualTo("text");
    }

    @Test
    void hasNoTwoLikeKeysAmongManyLikeSnapshots() {
        Set<CacheKey> keys = new HashSet<>();
        Set<Integer> hashes = new HashSet<>();
        for (int rsi = 0; rsi <= 100; rsi++) {
            for (int adx = 0; adx <= 100; adx += 2) {
                CacheKey key = builder()
                        .put(Feature.RSI_14, rsi)
                        .put(Feature.ADX_14, adx)
                        .build()
                        .key(SEED);
                keys.add(key);
                hashes.add(key.hashCode());
            }
        }
        assertThat(keys).hasSize(101 * 51);
        assertThat(hashes).hasSizeGreaterThan(101 * 51 - 20);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -0.0001, 100.0001})
    void refusesFiguresOutOfRange(double figure) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().put(Feature.RSI_14, figure))
                .withMessage("rsi_14 is a finite figure in [0.0, 100.0] points");
        assertThat(builder().putIfFree(Feature.RSI_14, figure).build().size()).isZero();
    }

    @Test
    void putsComputedFiguresThatMissTheRangeByAHairAtItsEnd() {
        Feature bands = Feature.of("bb_percent_b");
        assertThat(builder().putIfFree(bands, -9 - 1e-12).build().get(bands)).isEqualTo(-9);
        assertThat(builder().putIfFree(bands, 9 + 1e-12).build().get(bands)).isEqualTo(9);
        assertThat(builder().putIfFree(bands, 9.001).build().size()).isZero();
        assertThat(builder().putIfFree(bands, -9.001).build().size()).isZero();
    }

    @Test
    void refusesFiguresInPriceUnits() {
        Feature.catalogue().stream().filter(family -> !family.mayLeave()).forEach(family -> {
            Feature feature = Feature.member(family, family.defaultPeriod(), null);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder().put(feature, 1))
                    .withMessage(feature.name() + " is in price units and does not leave the process");
            assertThatIllegalArgumentException().isThrownBy(() -> builder().putIfFree(feature, 1));
        });
    }

    @Test
    void refusesAFigureThatIsThere() {
        assertThatIllegalStateException()
                .isThrownBy(() -> builder().put(Feature.RSI_14, 1).put(Feature.RSI_14, 1))
                .withMessage("rsi_14 was already set");
        AnonymizedSnapshot snapshot =
                builder().put(Feature.RSI_14, 1).putIfFree(Feature.RSI_14, 2).build();
        assertThat(snapshot.get(Feature.RSI_14)).isEqualTo(1);
    }

    @Test
    void buildsOnce() {
        AnonymizedSnapshot.Builder builder = builder();
        builder.build();
        assertThatIllegalStateException().isThrownBy(builder::build);
        assertThatIllegalStateException().isThrownBy(() -> builder.put(Feature.RSI_14, 1));
        assertThatIllegalStateException().isThrownBy(() -> builder.putIfFree(Feature.RSI_14, 1));
        assertThatIllegalStateException().isThrownBy(() -> builder.assetClass(AssetClass.FX));
        assertThatIllegalStateException().isThrownBy(() -> builder.session(Session.OPEN));
    }

    @Test
    void refusesWhatIsNull() {
        assertThatNullPointerException().isThrownBy(() -> AnonymizedSnapshot.builder(null, Resolution.COARSE));
        assertThatNullPointerException().isThrownBy(() -> AnonymizedSnapshot.builder(Timeframe.H1, null));
        assertThatNullPointerException().isThrownBy(() -> builder().assetClass(null));
        assertThatNullPointerException().isThrownBy(() -> builder().session(null));
    }

    @Test
    void makesSharesAndDistancesOfFiguresInPriceUnits() {
        MarketSnapshot given = MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                .price(100)
                .feature("atr_14", 2)
                .feature("atr_7", 3)
                .feature("ema_20", 80)
                .feature("ema_50_4h", 125)
                .feature("macd", -1)
                .feature("vwap", 0.001)
                .feature("bb_lower", 90)
                .volatilityPct(2)
                .build();
        AnonymizedSnapshot snapshot = builder().putAll(given, Set.of()).build();
        assertThat(snapshot.get(Feature.VOLATILITY_PCT)).isEqualTo(2);
        assertThat(snapshot.size()).isEqualTo(6);
        assertThat(snapshot.get(Feature.of("atr_14_pct"))).isEqualTo(2);
        assertThat(snapshot.get(Feature.of("atr_7_pct"))).isEqualTo(3);
        assertThat(snapshot.get(Feature.of("ema_20_dist_pct"))).isEqualTo(25);
        assertThat(snapshot.get(Feature.of("ema_50_dist_pct_4h"))).isEqualTo(-20);
        assertThat(snapshot.get(Feature.of("macd_pct"))).isEqualTo(-1);
    }

    @Test
    void refusesPlacesThatAreNone() {
        AnonymizedSnapshot snapshot = builder().put(Feature.RSI_14, 27).build();
        for (int index : new int[] {-1, 1, 31}) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> snapshot.feature(index));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> snapshot.value(index));
        }
    }

    @Test
    void tellsNoFigureInItsText() {
        assertThat(builder()
                        .assetClass(AssetClass.CRYPTO)
                        .put(Feature.RSI_14, 27)
                        .build())
                .hasToString("AnonymizedSnapshot[1h, CRYPTO, 1 features]");
    }
}

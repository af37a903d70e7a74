package io.github.hybridinference.anonymize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.AssetClass;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LevelsTest {
    @ParameterizedTest
    @EnumSource(AssetClass.class)
    void coarseStaysWithinHalfOfFiveStepsAndTakesNoOtherFigures(AssetClass kind) {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 500; i++) {
            MarketSnapshot snapshot = snapshot(random, kind);
            AnonymizedSnapshot fine = Anonymizer.fine().anonymize(snapshot);
            AnonymizedSnapshot coarse = Anonymizer.coarse().anonymize(snapshot);
            assertThat(coarse.size()).isEqualTo(fine.size());
            for (int at = 0; at < fine.size(); at++) {
                double far = Math.max(fine.step(at), coarse.step(at));
                assertThat(coarse.feature(at)).isEqualTo(fine.feature(at));
                assertThat(coarse.value(at)).isCloseTo(fine.value(at), within(3.001 * far));
            }
        }
    }

    @Test
    void coarseHasAFifthOfTheValues() {
        assertThat(Anonymizer.coarse().anonymize(rsi(52)).get(Feature.RSI_14))
                .isEqualTo(Anonymizer.coarse().anonymize(rsi(48)).get(Feature.RSI_14))
                .isEqualTo(50);
        assertThat(Anonymizer.standard().anonymize(rsi(52)).get(Feature.RSI_14)).isEqualTo(52);
    }

    @Test
    void noisyMovesByItsAmplitudeAtMostAndUnderASeedOfItsOwn() {
        SplittableRandom random = new SplittableRandom(6);
        Anonymizer one = Anonymizer.noisy(3);
        Anonymizer other = Anonymizer.noisy(3);
        int different = 0;
        for (int i = 0; i < 200; i++) {
            MarketSnapshot snapshot = rsi(random.nextDouble(20, 80));
            double rounded = Anonymizer.standard().anonymize(snapshot).get(Feature.RSI_14);
            AnonymizedSnapshot moved = one.anonymize(snapshot);
            assertThat(moved.get(Feature.RSI_14)).isCloseTo(rounded, within(3 * moved.step(0) + 1e-9));
            different += moved.equals(other.anonymize(snapshot)) ? 0 : 1;
        }
        assertThat(different).isPositive();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Anonymizer.noisy(-1))
                .withMessageContaining("the amplitude of noise must be in [0, 1000] steps");
    }

    private static MarketSnapshot rsi(double rsi) {
        return MarketSnapshot.builder("BTC-USDT", Timeframe.H1).rsi(rsi).build();
    }

    private static MarketSnapshot snapshot(SplittableRandom random, AssetClass kind) {
        return MarketSnapshot.builder("X", Timeframe.M15)
                .assetClass(kind)
                .rsi(random.nextDouble(0, 100))
                .volatilityPct(random.nextDouble(0, 5))
                .volumeRatio(random.nextDouble(0, 9))
                .feature(Feature.PRICE_CHANGE_PCT, random.nextDouble(-9, 9))
                .build();
    }
}

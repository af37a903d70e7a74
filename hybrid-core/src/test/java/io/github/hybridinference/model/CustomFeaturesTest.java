package io.github.hybridinference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CustomFeaturesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "my_alpha",
                "a",
                "alpha7",
                "alpha_07",
                "alpha99",
                "on_balance_volume",
                "active_addresses",
                "abcdefghijklmnopqrstuvwxyz_abcd",
                "abcdefghijklmnopqrstuvwxyz_abcd42"
            })
    void takesPlainNames(String name) {
        Feature feature = Feature.custom(name, -1, 1, 3);
        assertThat(feature.name()).isEqualTo(name);
        assertThat(feature.isCustom()).isTrue();
        assertThat(feature.family().mayLeave()).isTrue();
        assertThat(feature.family().group()).isEqualTo(FeatureGroup.CUSTOM);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7alpha",
                "_alpha",
                "Alpha",
                "myAlpha",
                "my-alpha",
                "my alpha",
                "alpha123",
                "al7pha",
                "alpha\n",
                "alpha\u200b",
                "álpha",
                "阿尔法",
                "abcdefghijklmnopqrstuvwxyz_abcde",
                "sk_live_51h8x9y2z",
                "a.b",
                "{n}",
                "\"x\""
            })
    void refusesOtherNames(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Feature.custom(name, 0, 1, 2))
                .withMessage("a custom feature is named [a-z][a-z_]{0,30} with at most a two-digit suffix");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "account",
                "account_id",
                "user_id",
                "api_key",
                "unrealized_pnl",
                "leverage",
                "position_size",
                "seed"
            })
    void refusesSensitiveNames(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Feature.custom(name, 0, 1, 2))
                .withMessage("a custom feature must not have a sensitive name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"rsi", "rsi_14", "rsi14", "r_s_i", "adx_7", "bb_lower", "price", "fear_greed", "macd_histogram"})
    void refusesNamesOfTheCatalogue(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Feature.custom(name, 0, 1, 2))
                .withMessage("the catalogue has a feature of that name: use Feature.of");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "NaN, 1", "0, NaN", "-Infinity, 1", "0, Infinity", "-1e13, 0", "0, 1.1e12"})
    void refusesBoundsThatAreNone(double low, double high) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Feature.custom("alpha", low, high, 2))
                .withMessage("a custom feature needs bounds within 1e12, low below high");
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 5, 9})
    void refusesOtherNumbersOfDigits(int digits) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Feature.custom("alpha", 0, 1, digits))
                .withMessage("a custom feature has 1 to 4 significant digits");
    }

    @Test
    void refusesBoundsWithoutAFigureOfSoFewDigits() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Feature.custom("alpha", 101, 199, 1))
                .withMessage("no figure between the bounds has so few significant digits");
        assertThat(Feature.custom("alpha", 101, 199, 2).family().step()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 1, 3, 0.01",
        "0, 1, 4, 0.001",
        "0, 9.99, 3, 0.01",
        "0, 100, 2, 10",
        "0, 99, 2, 1",
        "0, 0.001, 2, 0.0001",
        "-5000, 10, 1, 1000",
        "0, 1e12, 4, 1e9"
    })
    void roundsToSoManyDigits(double low, double high, int digits, double step) {
        assertThat(Feature.custom("alpha", low, high, digits).family().step()).isEqualTo(step);
    }

    @Test
    void isTheSameFeatureIfDeclaredAlike() {
        Feature alpha = Feature.custom("alpha", 0, 1, 2);
        assertThat(alpha)
                .isEqualTo(Feature.custom("alpha", 0, 1, 2))
                .hasSameHashCodeAs(Feature.custom("alpha", 0, 1, 2));
        assertThat(alpha)
                .isNotEqualTo(Feature.custom("alpha", 0, 1, 3))
                .isNotEqualTo(Feature.custom("alpha", 0, 2, 2))
                .isNotEqualTo(Feature.custom("alpha", -1, 1, 2))
                .isNotEqualTo(Feature.custom("gamma", 0, 1, 2));
    }

    @Test
    void standsBehindTheWholeCatalogue() {
        Feature last = Feature.of("days_to_event_1w");
        for (char c = 'a'; c <= 'z'; c++) {
            assertThat(Feature.custom("alpha_" + c, 0, 1, 2)).isGreaterThan(last);
        }
        assertThat(Feature.custom("alpha", 0, 1, 2).order())
                .as("the same in every process")
                .isEqualTo(1_111_409_114_552L);
    }
}

package io.github.hybridinference.reply;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Resolution;
import io.github.hybridinference.model.Timeframe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ClaimCheckTest {
    private static final AnonymizedSnapshot SEVERAL_RSI = AnonymizedSnapshot.builder(Timeframe.H1, Resolution.COARSE)
            .put(Feature.RSI_14, 27)
            .put(Feature.of("rsi_7"), 60)
            .put(Feature.of("rsi_14_4h"), 44)
            .build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RSI is 27",
                "RSI is 60",
                "RSI is 44",
                "RSI(7) is 60",
                "RSI(14) is 27",
                "RSI(14) is 44",
                "RSI7 is 60",
                "rsi_14 is 27",
                "rsi_7 is 60",
                "rsi_14_4h is 44",
                "4h RSI is 44",
                "1h RSI is 27",
                "RSI (14, 4h) is 44",
                "RSI(9) is 81",
                "RSI_21 is 81",
                "daily RSI is 81",
                "15m RSI is 81",
                "weekly RSI is 81",
                "RSI 7",
                "RSI (7)"
            })
    void knowsWhichOfSeveralFiguresIsMeant(String text) {
        assertThat(ClaimCheck.contradicts(text, SEVERAL_RSI)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RSI is 81",
                "RSI(7) is 27",
                "RSI(14) is 60",
                "RSI 7 is 27",
                "rsi_14 is 60",
                "rsi_14 is 44",
                "rsi_7 is 27",
                "rsi_14_4h is 27",
                "RSI-14-4h is 27",
                "4h RSI is 81",
                "hourly RSI is 81",
                "1H RSI is 81"
            })
    void seesAContradictionToEachThatCanBeMeant(String text) {
        assertThat(ClaimCheck.contradicts(text, SEVERAL_RSI)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "28, false",
        "26, false",
        "28.0, false",
        "26.0, false",
        "28.05, true",
        "25.95, true",
        "28.1, true",
        "29, true",
        "25, true",
        "28.00, false",
        "28.001, true"
    })
    void allowsAStepAndHalfAUnitOfTheLastDigit(String figure, boolean contradicted) {
        AnonymizedSnapshot sent = sent("rsi_14", 27.4, Resolution.COARSE);

        assertThat(ClaimCheck.contradicts("RSI is " + figure, sent)).isEqualTo(contradicted);
    }

    @ParameterizedTest
    @CsvSource({"27, false", "27.4, false", "27.43, false", "28, false", "28.9, true", "29, true"})
    void allowsAStepOfTheCatalogueForFineFiguresToo(String figure, boolean contradicted) {
        AnonymizedSnapshot sent = sent("rsi_14", 27.431, Resolution.FINE);

        assertThat(ClaimCheck.contradicts("RSI is " + figure, sent)).isEqualTo(contradicted);
    }

    @ParameterizedTest
    @CsvSource({
        "price_change_pct, -2, price change is 2%, false",
        "price_change_pct, -2, price change is -2%, false",
        "price_change_pct, 2, price change is -2%, true",
        "price_change_pct, 2, price change is 5%, true",
        "cci_20, -150, CCI is 150, true",
        "cci_20, -150, CCI is -150, false",
        "williams_r, -85, Williams %R is 85, false",
        "williams_r, -85, Williams %R is 20, true",
        "volatility_pct, 2, volatility is -7%, false",
        "rsi_14, 27, RSI is +81, false",
        "sentiment_score, -0.4, sentiment is 0.4, true",
        "sentiment_score, -0.4, sentiment is -0.4, false",
        "sentiment_score, -0.4, sentiment is -40%, false",
        "bb_percent_b, 0.9, %B is 90, false",
        "bb_percent_b, 0.9, %B is 90%, false",
        "bb_percent_b, 0.9, %B is 5%, true",
        "bb_percent_b, 0.9, %B is 9, true",
        "volume_ratio, 2, volume ratio is 200%, false",
        "volume_ratio, 2, volume ratio is 5x, true",
        "volume_ratio, 2, volume ratio is 500%, true",
        "rsi_14, 27, RSI is 3x, false",
        "rsi_14, 27, RSI is 2700%, true",
        "order_book_imbalance, 0.3, order book imbalance is -0.3, true",
        "order_book_imbalance, 0.3, orderBookImbalance is 0.3, false",
        "put_call_ratio, 0.8, put/call ratio of 1.4, true",
        "long_short_ratio, 1.2, long/short ratio at 2.5, true",
        "vix, 18, VIX at 35, true",
        "mvrv, 2, MVRV is 3.5, true"
    })
    void comparesInTheUnitAndDirectionOfTheWriter(String name, double value, String text, boolean contradicted) {
        assertThat(ClaimCheck.contradicts(text, sent(name, value, Resolution.COARSE)))
                .isEqualTo(contradicted);
    }

    @Test
    void seesNoClaimAboutWhatWasNotSent() {
        AnonymizedSnapshot nothing =
                AnonymizedSnapshot.builder(Timeframe.H1, Resolution.COARSE).build();

        assertThat(ClaimCheck.contradicts("RSI is 81, ADX is 12", nothing)).isFalse();
        assertThat(ClaimCheck.contradicts("", ReplyCorpus.SENT)).isFalse();
    }

    @Test
    void takesTheTimeframeOfTheSnapshotForItsOwn() {
        AnonymizedSnapshot daily = AnonymizedSnapshot.builder(Timeframe.D1, Resolution.COARSE)
                .put(Feature.RSI_14, 27)
                .build();

        assertThat(ClaimCheck.contradicts("daily RSI is 81", daily)).isTrue();
        assertThat(ClaimCheck.contradicts("1d RSI is 81", daily)).isTrue();
        assertThat(ClaimCheck.contradicts("hourly RSI is 81", daily)).isFalse();
        assertThat(ClaimCheck.contradicts("1h RSI is 81", daily)).isFalse();
        assertThat(ClaimCheck.contradicts("99h RSI is 81", daily)).isFalse();
    }

    @Test
    void looksForConditionsInTheSameSentenceOnly() {
        assertThat(contradicts("Buy if it rises! RSI is 81")).isTrue();
        assertThat(contradicts("Buy when? RSI is 81")).isTrue();
        assertThat(contradicts("Wait; RSI is 81")).isTrue();
        assertThat(contradicts("若跌则卖。RSI为81")).isTrue();
        assertThat(contradicts("if volatility passes 2.5 and then RSI is 81")).isFalse();
        assertThat(contradicts("RSI is 81, which would be new")).isTrue();
        assertThat(contradicts("RSI is 81 which would be new")).isFalse();
        assertThat(contradicts("RSI is 81 (at 1.5 it would be new)")).isFalse();
    }

    @Test
    void looksOnlySoFarForConditions() {
        assertThat(contradicts("if " + "so ".repeat(35) + "RSI is 81")).isFalse();
        assertThat(contradicts("if " + "so ".repeat(45) + "RSI is 81")).isTrue();
        assertThat(contradicts("RSI is 81 " + "so ".repeat(15) + "ago")).isFalse();
        assertThat(contradicts("RSI is 81 " + "so ".repeat(25) + "ago")).isTrue();
    }

    @Test
    void followsAChainOfLinksOnlySoFar() {
        assertThat(contradicts("RSI is " + "very ".repeat(7) + "81")).isTrue();
        assertThat(contradicts("RSI is " + "very ".repeat(8) + "81")).isFalse();
        assertThat(contradicts("RSI   81")).isTrue();
        assertThat(contradicts("RSI    81")).isFalse();
    }

    private static boolean contradicts(String text) {
        return ClaimCheck.contradicts(text, ReplyCorpus.SENT);
    }

    private static AnonymizedSnapshot sent(String name, double value, Resolution resolution) {
        return AnonymizedSnapshot.builder(Timeframe.H1, resolution)
                .put(Feature.of(name), value)
                .build();
    }
}

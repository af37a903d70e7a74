package io.github.hybridinference.local;

import static io.github.hybridinference.local.Markets.hourly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.hybridinference.model.MarketSnapshot;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
    @ParameterizedTest
    @CsvSource({
        "50, 0",
        "30.01, 0",
        "69.99, 0",
        "30, 0.5",
        "70, -0.5",
        "22.5, 0.75",
        "77.5, -0.75",
        "15, 1",
        "85, -1",
        "0, 1",
        "100, -1",
        "29.99, 0.500333"
    })
    void rsiReversalVotesAgainstTheExtremesAndMoreTheFurtherOut(double rsi, double vote) {
        assertThat(new RsiReversal().vote(hourly().rsi(rsi).build())).isCloseTo(vote, within(1e-6));
    }

    @Test
    void rsiReversalMissesRsi() {
        assertThat(new RsiReversal().vote(hourly().feature("rsi_7", 10).build()))
                .isNaN();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, -1, 0, 1",
        "1, 0, 0, 0, 1",
        "1, 0, 1, 0, 0.25",
        "-1, 0, 1, 0, -1",
        "-1, 0, 0, 0, -1",
        "-1, 0, -1, 0, -0.25",
        "0, 0, 1, 0, 0",
        "0, 0, -1, 0, 0",
        "-1, -2, -2, -1, 1",
        "2, 3, 3, 2, -1"
    })
    void macdCrossVotesOnceForACrossAndFaintlyForASide(
            double line, double signal, double lineBefore, double signalBefore, double vote) {
        MarketSnapshot snapshot = hourly().macd(line, signal)
                .previousMacd(lineBefore, signalBefore)
                .build();
        assertThat(new MacdCross().vote(snapshot)).isEqualTo(vote);
    }

    @Test
    void macdCrossSeesNoCrossWithoutThePreviousPair() {
        assertThat(new MacdCross().vote(hourly().macd(1, 0).build())).isEqualTo(0.25);
        assertThat(new MacdCross().vote(hourly().macd(0, 1).build())).isEqualTo(-0.25);
        assertThat(new MacdCross().vote(hourly().macd(1, 1).build())).isZero();
        assertThat(new MacdCross().vote(hourly().previousMacd(1, 0).build())).isNaN();
        assertThat(new MacdCross().vote(hourly().feature("macd", 1).build())).isNaN();
        assertThat(new MacdCross()
                        .vote(hourly().macd(1, 0).feature("macd_previous", -1).build()))
                .isEqualTo(0.25);
    }

    @ParameterizedTest
    @CsvSource({
        "111, 60, 1",
        "89, 40, -1",
        "110, 60, 0",
        "90, 40, 0",
        "100, 50, 0",
        "111, 70, 0",
        "111, 69.99, 1",
        "89, 30, 0",
        "89, 30.01, -1",
        "111, 30, 1",
        "89, 70, -1"
    })
    void bollingerBreakoutGoesWithThePriceUnlessRsiSaysItIsExhausted(double price, double rsi, double vote) {
        MarketSnapshot snapshot =
                hourly().price(price).bollinger(90, 100, 110).rsi(rsi).build();
        assertThat(new BollingerBreakout().vote(snapshot)).isEqualTo(vote);
    }

    @Test
    void bollingerBreakoutNeedsPriceAndBands() {
        BollingerBreakout rule = new BollingerBreakout();
        assertThat(rule.vote(hourly().price(111).bollinger(90, 100, 110).build()))
                .as("without RSI")
                .isEqualTo(1);
        assertThat(rule.vote(hourly().price(89).bollinger(90, 100, 110).build()))
                .isEqualTo(-1);
        assertThat(rule.vote(hourly().bollinger(90, 100, 110).build())).isNaN();
        assertThat(rule.vote(hourly().price(100).build())).isNaN();
        assertThat(rule.vote(hourly().price(111).feature("bb_upper", 110).build()))
                .isEqualTo(1);
        assertThat(rule.vote(hourly().price(109).feature("bb_upper", 110).build()))
                .as("half of the bands")
                .isNaN();
        assertThat(rule.vote(hourly().price(91).feature("bb_lower", 90).build()))
                .isNaN();
    }

    @ParameterizedTest
    @CsvSource({
        "1.49, 20, 1, 0",
        "1.5, 20, -1, 1",
        "1.5, 30, -1, 1",
        "1.5, 70, 1, -1",
        "1.5, 80, 1, -1",
        "1.5, 50, 2, 1",
        "1.5, 50, -0.1, -1",
        "1.5, 50, 0, 0",
        "1.5, 30.01, -1, -1",
        "1.5, 69.99, 1, 1"
    })
    void volumeConfirmationBacksTheReversalAtAClimaxAndElseTheBar(
            double ratio, double rsi, double change, double vote) {
        MarketSnapshot snapshot =
                hourly().volumeRatio(ratio).rsi(rsi).priceChangePct(change).build();
        assertThat(new VolumeConfirmation().vote(snapshot)).isEqualTo(vote);
    }

    @Test
    void volumeConfirmationFallsBackToMacd() {
        VolumeConfirmation rule = new VolumeConfirmation();
        assertThat(rule.vote(hourly().volumeRatio(2).macd(1, 0).build())).isEqualTo(1);
        assertThat(rule.vote(hourly().volumeRatio(2).macd(0, 1).build())).isEqualTo(-1);
        assertThat(rule.vote(
                        hourly().volumeRatio(2).macd(1, 0).priceChangePct(-1).build()))
                .isEqualTo(-1);
        assertThat(rule.vote(hourly().volumeRatio(2).build())).isNaN();
        assertThat(rule.vote(hourly().priceChangePct(1).build())).isNaN();
    }

    @Test
    void everyRuleSaysWhyInOneSentence() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY); // a decimal comma would show here
        try {
            assertThat(sentence(new RsiReversal(), hourly().rsi(27.44))).isEqualTo("RSI 27.4 is oversold.");
            assertThat(sentence(new RsiReversal(), hourly().rsi(80))).isEqualTo("RSI 80.0 is overbought.");
            assertThat(sentence(new MacdCross(), hourly().macd(1, 0).previousMacd(-1, 0)))
                    .isEqualTo("MACD has just crossed above its signal.");
            assertThat(sentence(new MacdCross(), hourly().macd(-1, 0).previousMacd(1, 0)))
                    .isEqualTo("MACD has just crossed below its signal.");
            assertThat(sentence(new MacdCross(), hourly().macd(1, 0))).isEqualTo("MACD is above its signal.");
            assertThat(sentence(new MacdCross(), hourly().macd(-1, 0))).isEqualTo("MACD is below its signal.");
            assertThat(sentence(new BollingerBreakout(), hourly().price(111).bollinger(90, 100, 110)))
                    .isEqualTo("The price broke out above the upper Bollinger band.");
            assertThat(sentence(new BollingerBreakout(), hourly().price(89).bollinger(90, 100, 110)))
                    .isEqualTo("The price broke out below the lower Bollinger band.");
            assertThat(sentence(
                            new VolumeConfirmation(), hourly().volumeRatio(1.96).rsi(30)))
                    .isEqualTo("Volume at 2.0 times usual suggests a climax.");
            assertThat(sentence(
                            new VolumeConfirmation(), hourly().volumeRatio(1.96).rsi(70)))
                    .isEqualTo("Volume at 2.0 times usual suggests a climax.");
            assertThat(sentence(
                            new VolumeConfirmation(),
                            hourly().volumeRatio(2).rsi(50).priceChangePct(1)))
                    .isEqualTo("Volume at 2.0 times usual backs the rise.");
            assertThat(sentence(
                            new VolumeConfirmation(),
                            hourly().volumeRatio(2).rsi(50).priceChangePct(-1)))
                    .isEqualTo("Volume at 2.0 times usual backs the fall.");
        } finally {
            Locale.setDefault(before);
        }
    }

    private static String sentence(Rule rule, MarketSnapshot.Builder market) {
        MarketSnapshot snapshot = market.build();
        return rule.sentence(snapshot, rule.vote(snapshot));
    }
}

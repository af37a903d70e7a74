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
        "45, 0",
        "55, 0",
        "40, 0.166667",
        "60, -0.166667",
        "35, 0.333333",
        "65, -0.333333",
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
    void rsiReversalVotesAgainstTheDistanceFromNeutral(double rsi, double vote) {
        assertThat(new RsiReversal().vote(hourly().rsi(rsi).build())).isCloseTo(vote, within(1e-6));
    }

    @Test
    void rsiReversalMissesRsi() {
        assertThat(new RsiReversal().vote(hourly().feature("rsi_7", 10).build()))
                .isNaN();
    }

    /** With an average range of 1, so that MACD is in ranges: 100 at a volatility of 1 %. */
    private static MarketSnapshot.Builder rangeOfOne() {
        return hourly().price(100).volatilityPct(1);
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
        "2, 3, 3, 2, -1",
        // within 0.05 ranges both parts are smaller
        "0.05, 0, -1, 0, 1",
        "0.025, 0, -1, 0, 0.5",
        "-0.025, 0, 1, 0, -0.5",
        "1, 0, 0.05, 0, 0.25",
        "1, 0, 0.025, 0, 0.625",
        "-1, 0, -0.025, 0, -0.625",
        "0.025, 0, 1, 0, 0.125"
    })
    void macdCrossVotesOnceForACrossAndFaintlyForASide(
            double line, double signal, double lineBefore, double signalBefore, double vote) {
        MarketSnapshot snapshot = rangeOfOne()
                .macd(line, signal)
                .previousMacd(lineBefore, signalBefore)
                .build();
        assertThat(new MacdCross().vote(snapshot)).isCloseTo(vote, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        // a rise that RSI calls exhausted: the side says nothing, a fresh cross still does
        "60, 1, 1, 0.125",
        "65, 1, 1, 0",
        "80, 1, 1, 0",
        "65, 1, -1, 0.75",
        "35, 1, 1, 0.25",
        "40, -1, -1, -0.125",
        "35, -1, -1, 0",
        "35, -1, 1, -0.75",
        "65, -1, -1, -0.25"
    })
    void macdCrossLeavesAnExhaustedMoveToRsi(double rsi, double now, double before, double vote) {
        MarketSnapshot snapshot =
                rangeOfOne().rsi(rsi).macd(now, 0).previousMacd(before, 0).build();
        assertThat(new MacdCross().vote(snapshot)).isCloseTo(vote, within(1e-9));
    }

    @Test
    void macdCrossSeesNoCrossWithoutThePreviousPair() {
        assertThat(new MacdCross().vote(rangeOfOne().macd(1, 0).build())).isEqualTo(0.25);
        assertThat(new MacdCross().vote(rangeOfOne().macd(0, 1).build())).isEqualTo(-0.25);
        assertThat(new MacdCross().vote(rangeOfOne().macd(1, 1).build())).isZero();
        assertThat(new MacdCross().vote(rangeOfOne().previousMacd(1, 0).build()))
                .isNaN();
        assertThat(new MacdCross().vote(rangeOfOne().feature("macd", 1).build()))
                .isNaN();
        assertThat(new MacdCross()
                        .vote(rangeOfOne()
                                .macd(1, 0)
                                .feature("macd_previous", -1)
                                .build()))
                .isEqualTo(0.25);
    }

    @Test
    void macdCrossNeedsPriceAndVolatilityToMeasureBy() {
        MacdCross rule = new MacdCross();
        assertThat(rule.vote(hourly().macd(1, 0).price(100).build())).isNaN();
        assertThat(rule.vote(hourly().macd(1, 0).volatilityPct(1).build())).isNaN();
        assertThat(rule.vote(hourly().macd(1, 1).price(100).volatilityPct(0).build()))
                .as("no range to measure nothing by")
                .isNaN();
        assertThat(rule.vote(hourly().macd(1, 0).price(100).volatilityPct(0).build()))
                .isEqualTo(0.25);
        // the same market in another currency
        assertThat(rule.vote(hourly().macd(0.2, 0).price(1_000).volatilityPct(1).build()))
                .isEqualTo(rule.vote(
                        hourly().macd(0.02, 0).price(100).volatilityPct(1).build()))
                .isCloseTo(0.1, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({
        "112, 50, 1",
        "111, 50, 0.5",
        "89, 50, -0.5",
        "88, 50, -1",
        "150, 50, 1",
        "110, 50, 0",
        "90, 50, 0",
        "100, 50, 0",
        // it fades out until RSI is clear
        "112, 55, 1",
        "112, 60, 0.5",
        "112, 65, 0",
        "112, 80, 0",
        "88, 45, -1",
        "88, 40, -0.5",
        "88, 35, 0",
        "112, 30, 1",
        "88, 70, -1"
    })
    void bollingerBreakoutGoesWithThePriceUnlessRsiSaysItIsExhausted(double price, double rsi, double vote) {
        MarketSnapshot snapshot =
                hourly().price(price).bollinger(90, 100, 110).rsi(rsi).build();
        assertThat(new BollingerBreakout().vote(snapshot)).isCloseTo(vote, within(1e-9));
    }

    @Test
    void bollingerBreakoutNeedsPriceAndBands() {
        BollingerBreakout rule = new BollingerBreakout();
        assertThat(rule.vote(hourly().price(112).bollinger(90, 100, 110).build()))
                .as("without RSI")
                .isEqualTo(1);
        assertThat(rule.vote(hourly().price(88).bollinger(90, 100, 110).build()))
                .isEqualTo(-1);
        assertThat(rule.vote(hourly().bollinger(90, 100, 110).build())).isNaN();
        assertThat(rule.vote(hourly().price(100).build())).isNaN();
        for (double price : new double[] {89, 91, 109, 111}) {
            assertThat(rule.vote(hourly().price(price).feature("bb_upper", 110).build()))
                    .as("half of the bands have no width")
                    .isNaN();
            assertThat(rule.vote(hourly().price(price).feature("bb_lower", 90).build()))
                    .isNaN();
        }
        assertThat(rule.vote(hourly().price(101).bollinger(100, 100, 100).build()))
                .as("bands without width")
                .isEqualTo(1);
        assertThat(rule.vote(hourly().price(100).bollinger(100, 100, 100).build()))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 20, 1, 0",
        "0.5, 20, 1, 0",
        "1.5, 20, 1, 0.5",
        "2, 20, -1, 1",
        "3, 20, -1, 1",
        "2, 35, -1, 1",
        "2, 65, 1, -1",
        "2, 80, 1, -1",
        // half an average range of 1 % or more
        "2, 50, 2, 1",
        "2, 50, 0.5, 1",
        "2, 50, 0.25, 0.5",
        "2, 50, -0.1, -0.2",
        "2, 50, 0, 0",
        "1.5, 50, -0.5, -0.5",
        // from backing the bar to backing the reversal
        "2, 55, 1, 1",
        "2, 60, 1, 0",
        "2, 62.5, 1, -0.5",
        "2, 40, -1, 0",
        "2, 40, 1, 1",
        "2, 60, 0, -0.5"
    })
    void volumeConfirmationBacksTheReversalAtAClimaxAndElseTheBar(
            double ratio, double rsi, double change, double vote) {
        MarketSnapshot snapshot = hourly().volumeRatio(ratio)
                .rsi(rsi)
                .priceChangePct(change)
                .volatilityPct(1)
                .build();
        assertThat(new VolumeConfirmation().vote(snapshot)).isCloseTo(vote, within(1e-9));
    }

    @Test
    void volumeConfirmationFallsBackToMacd() {
        VolumeConfirmation rule = new VolumeConfirmation();
        assertThat(rule.vote(rangeOfOne().volumeRatio(2).macd(1, 0).build())).isEqualTo(1);
        assertThat(rule.vote(rangeOfOne().volumeRatio(2).macd(0, 1).build())).isEqualTo(-1);
        assertThat(rule.vote(rangeOfOne()
                        .volumeRatio(2)
                        .macd(1, 0)
                        .priceChangePct(-1)
                        .build()))
                .isEqualTo(-1);
        assertThat(rule.vote(hourly().volumeRatio(2).build()))
                .as("it cannot tell a direction")
                .isZero();
        assertThat(rule.vote(hourly().volumeRatio(2).rsi(35).build()))
                .as("a climax needs no direction")
                .isEqualTo(1);
        assertThat(rule.vote(hourly().priceChangePct(1).build())).isNaN();
    }

    @Test
    void everyRuleSaysWhyInOneSentence() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY); // a decimal comma would show here
        try {
            assertThat(sentence(new RsiReversal(), hourly().rsi(27.44))).isEqualTo("RSI 27.4 is oversold.");
            assertThat(sentence(new RsiReversal(), hourly().rsi(80))).isEqualTo("RSI 80.0 is overbought.");
            assertThat(sentence(new RsiReversal(), hourly().rsi(30.1))).isEqualTo("RSI 30.1 is low.");
            assertThat(sentence(new RsiReversal(), hourly().rsi(69.9))).isEqualTo("RSI 69.9 is high.");
            assertThat(sentence(new MacdCross(), rangeOfOne().macd(1, 0).previousMacd(-1, 0)))
                    .isEqualTo("MACD has just crossed above its signal.");
            assertThat(sentence(new MacdCross(), rangeOfOne().macd(-1, 0).previousMacd(1, 0)))
                    .isEqualTo("MACD has just crossed below its signal.");
            assertThat(sentence(new MacdCross(), rangeOfOne().macd(1, 0))).isEqualTo("MACD is above its signal.");
            assertThat(sentence(new MacdCross(), rangeOfOne().macd(-1, 0))).isEqualTo("MACD is below its signal.");
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
                            hourly().volumeRatio(2).rsi(50).volatilityPct(1).priceChangePct(1)))
                    .isEqualTo("Volume at 2.0 times usual backs the rise.");
            assertThat(sentence(
                            new VolumeConfirmation(),
                            hourly().volumeRatio(2).rsi(50).volatilityPct(1).priceChangePct(-1)))
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

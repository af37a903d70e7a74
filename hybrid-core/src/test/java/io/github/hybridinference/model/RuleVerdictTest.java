package io.github.hybridinference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleVerdictTest {
    private static MarketSnapshot market(double volatilityPct) {
        MarketSnapshot.Builder builder =
                MarketSnapshot.builder("X", Timeframe.H1).rsi(27);
        return Double.isNaN(volatilityPct)
                ? builder.build()
                : builder.volatilityPct(volatilityPct).build();
    }

    private static RuleVerdict verdict(Action action, double confidence, double score, double buy, double sell) {
        return RuleVerdict.of(action, confidence, RiskLevel.LOW, score, buy, sell, market(2), snapshot -> "Because.");
    }

    @Test
    void keepsWhatItWasMadeOf() {
        RuleVerdict verdict = verdict(Action.BUY, 0.7, 0.6, 1, 0.5);
        assertThat(verdict.action()).isEqualTo(Action.BUY);
        assertThat(verdict.confidence()).isEqualTo(0.7);
        assertThat(verdict.risk()).isEqualTo(RiskLevel.LOW);
        assertThat(verdict.score()).isEqualTo(0.6);
        assertThat(verdict.strongestBuy()).isEqualTo(1);
        assertThat(verdict.strongestSell()).isEqualTo(0.5);
        assertThat(verdict.hasData()).isTrue();
        assertThat(verdict).hasToString("RuleVerdict[BUY, confidence=0.7, risk=LOW]");
    }

    @ParameterizedTest
    @CsvSource({
        "BUY, 2, 4, 8",
        "SELL, 0.1, 0.2, 0.4",
        "BUY, 12.5, 25, 50",
        "BUY, 12.6, 25.2, 50",
        "SELL, 30, 50, 50",
        "BUY, 100, 50, 50"
    })
    void putsTheStopTwoRangesAwayAndTheTargetTwiceAsFar(Action action, double volatility, double stop, double target) {
        TradingSignal signal = RuleVerdict.of(action, 1, RiskLevel.LOW, 0, 0, 0, market(volatility), s -> "")
                .signal();
        assertThat(signal.stopLossPct().orElseThrow()).isCloseTo(stop, within(1e-9));
        assertThat(signal.takeProfitPct().orElseThrow()).isCloseTo(target, within(1e-9));
    }

    @Test
    void hasNoStopForHoldOrWithoutVolatility() {
        assertThat(verdict(Action.HOLD, 1, 0, 0, 0).signal().stopLossPct()).isEmpty();
        for (double volatility : new double[] {0, Double.NaN}) {
            RuleVerdict buy = RuleVerdict.of(Action.BUY, 1, RiskLevel.LOW, 0, 0, 0, market(volatility), s -> "");
            assertThat(buy.signal().stopLossPct()).isEmpty();
            assertThat(buy.signal().takeProfitPct()).isEmpty();
        }
        assertThat(RuleVerdict.of(Action.BUY, 1, RiskLevel.LOW, "Because.")
                        .signal()
                        .stopLossPct())
                .isEmpty();
    }

    @Test
    void writesItsReasoningOnlyWhenAsked() {
        AtomicInteger asked = new AtomicInteger();
        RuleVerdict verdict = RuleVerdict.of(Action.BUY, 1, RiskLevel.LOW, 1, 1, 0, market(2), snapshot -> {
            asked.incrementAndGet();
            return "RSI " + snapshot.get(Feature.RSI_14);
        });
        assertThat(verdict.action()).isEqualTo(Action.BUY);
        assertThat(verdict.toString()).doesNotContain("RSI");
        assertThat(asked).hasValue(0);
        assertThat(verdict.signal().reasoning()).isEqualTo("RSI 27.0");
        assertThat(asked).hasValue(1);
        assertThat(verdict.signal()).isEqualTo(verdict.signal());
    }

    @Test
    void takesTheScoreFromTheActionOfAModelThatDoesNotVote() {
        RuleVerdict buy = RuleVerdict.of(Action.BUY, 0.7, RiskLevel.HIGH, "Because.");
        assertThat(buy.score()).isEqualTo(0.7);
        assertThat(buy.strongestBuy()).isCloseTo(0.7, within(1e-7));
        assertThat(buy.strongestSell()).isZero();
        assertThat(buy.signal().reasoning()).isEqualTo("Because.");
        assertThat(buy.signal().risk()).isEqualTo(RiskLevel.HIGH);
        RuleVerdict sell = RuleVerdict.of(Action.SELL, 0.7, RiskLevel.HIGH, "Because.");
        assertThat(sell.score()).isEqualTo(-0.7);
        assertThat(sell.strongestBuy()).isZero();
        assertThat(sell.strongestSell()).isCloseTo(0.7, within(1e-7));
        RuleVerdict hold = RuleVerdict.of(Action.HOLD, 0.7, RiskLevel.HIGH, "Because.");
        assertThat(hold.score()).isZero();
    }

    @Test
    void knowsWhenItKnowsNothing() {
        RuleVerdict none = RuleVerdict.noData();
        assertThat(none.hasData()).isFalse();
        assertThat(none.signal().action()).isEqualTo(Action.HOLD);
        assertThat(none.signal().confidence()).isZero();
        assertThat(none.signal().reasoning()).isEqualTo("Not enough data for any rule.");
    }

    @ParameterizedTest
    @CsvSource({
        "-0.01, 0, 0, 0",
        "1.01, 0, 0, 0",
        "NaN, 0, 0, 0",
        "0, -1.01, 0, 0",
        "0, 1.01, 0, 0",
        "0, NaN, 0, 0",
        "0, 0, -1, 0",
        "0, 0, NaN, 0",
        "0, 0, 0, -1",
        "0, 0, 0, NaN"
    })
    void refusesNumbersOutOfRange(double confidence, double score, double buy, double sell) {
        assertThatIllegalArgumentException().isThrownBy(() -> verdict(Action.BUY, confidence, score, buy, sell));
    }

    @Test
    void refusesWhatMakesNoAdvice() {
        for (double confidence : new double[] {-0.01, 1.01, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RuleVerdict.of(Action.BUY, confidence, RiskLevel.LOW, ""))
                    .withMessage("confidence lies in [0, 1]");
        }
        assertThatNullPointerException().isThrownBy(() -> RuleVerdict.of(Action.BUY, 1, RiskLevel.LOW, null));
    }
}

package io.github.hybridinference.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What bars that are hardly true do to the figures, and what the figures are without them. */
class SuspectBarsTest {
    private static final List<Bar> CLEAN = Walks.random(11, 600);
    private static final int AT = 300;

    private static EvaluationResult evaluate(List<Bar> bars) {
        return Evaluation.of(Walks.history(bars)).run();
    }

    private static List<Bar> with(int at, double open, double close) {
        List<Bar> bars = new ArrayList<>(CLEAN);
        Bar bar = CLEAN.get(at);
        bars.set(at, new Bar(bar.start(), open, Math.max(open, close), Math.min(open, close), close, bar.volume()));
        return bars;
    }

    @Test
    void oneFalseTickRuinsABenchmarkAndTheFiguresWithoutItDoNot() {
        EvaluationResult ruined = evaluate(with(AT, 0.06, 0.06));
        List<Bar> others = new ArrayList<>(CLEAN);
        others.remove(AT);
        PortfolioFigures expected = evaluate(others).buyAndHold();

        EvaluationResult without =
                ruined.without(List.of(CLEAN.get(AT).start())).orElseThrow();

        assertThat(ruined.buyAndHold().maxDrawdown()).isGreaterThan(0.99);
        assertThat(without.history().size()).isEqualTo(CLEAN.size() - 1);
        assertThat(without.buyAndHold().sharpe().value())
                .isCloseTo(expected.sharpe().value(), within(1e-9));
        assertThat(without.buyAndHold().maxDrawdown()).isCloseTo(expected.maxDrawdown(), within(1e-9));
        assertThat(without.decisions()).hasSize(CLEAN.size() - 1);
        assertThat(without.decisions().get(AT).bar()).isEqualTo(AT);
        assertThat(without.decisions().get(AT).forwardReturn())
                .isEqualTo(without.history().forwardReturn(AT, ruined.horizonBars()));
    }

    @Test
    void leavesOutNothingThatWasNotNamedAndKeepsThreeBars() {
        EvaluationResult result = evaluate(CLEAN);

        assertThat(result.without(List.of(Instant.EPOCH))
                        .orElseThrow()
                        .history()
                        .size())
                .isEqualTo(CLEAN.size());
        assertThat(result.without(CLEAN.stream().skip(2).map(Bar::start).toList()))
                .isEmpty();
    }

    @Test
    void aReturnFromAPriceOfZeroOrBelowIsNotCounted() {
        History history = Walks.history(with(AT, -37, -38));

        assertThat(history.forwardReturn(AT - 1, 4)).isNaN(); // it would be entered at that bar's open
        assertThat(history.forwardReturn(AT - 5, 4)).isLessThan(-1); // and this one ends there
        assertThat(history.forwardReturn(AT, 4)).isNotNaN();
    }

    @Test
    void whoHoldsThroughAPriceBelowZeroLosesAll() {
        EvaluationResult result = evaluate(with(AT, -37, -38));

        assertThat(result.buyAndHold().maxDrawdown()).isEqualTo(1);
        double[] equity = result.buyAndHoldEquity();
        assertThat(equity[AT - 1]).isZero();
        assertThat(equity[equity.length - 1]).isZero();
    }

    @Test
    void fewerThanTwentyReturnsHaveNoSharpeRatio() {
        assertThat(evaluate(CLEAN.subList(0, 20)).buyAndHold().sharpe().value()).isNaN();
        assertThat(evaluate(CLEAN.subList(0, 21)).buyAndHold().sharpe().value()).isNotNaN();
    }
}

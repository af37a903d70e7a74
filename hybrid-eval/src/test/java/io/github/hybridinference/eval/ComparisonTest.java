package io.github.hybridinference.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.hybridinference.eval.Comparison.Part;
import io.github.hybridinference.eval.Comparison.Row;
import io.github.hybridinference.eval.Comparison.Split;
import io.github.hybridinference.eval.Comparison.Strategy;
import io.github.hybridinference.model.Scenario;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rules, hybrid and the benchmarks on the same bars, and the worth of the calls by reason. */
@Timeout(120)
class ComparisonTest {
    /** A little more than two years of hourly bars. */
    private static final int BARS = 18_000;

    private static EvaluationResult result;

    @BeforeAll
    static void runOnce() {
        result = run(BARS, 5);
    }

    @Test
    void allBarsAreThoseOfTheRunAndTheHybridIsWhatTheEngineAnswered() {
        Part all = Comparison.of(result).parts().get(0);

        assertThat(all.rows()).extracting(Row::strategy).containsExactly(Strategy.values());
        List<SourceFigures> figures = result.figures();
        PortfolioFigures overall = figures.get(figures.size() - 1).portfolio();
        Row hybrid = row(all, Strategy.HYBRID);
        assertThat(hybrid.net()).isCloseTo(overall.totalReturn(), within(1e-12));
        assertThat(hybrid.sharpe()).isEqualTo(overall.sharpe());
        assertThat(hybrid.maxDrawdown()).isCloseTo(overall.maxDrawdown(), within(1e-12));
        assertThat(hybrid.turnoverPerYear()).isCloseTo(overall.turnoverPerYear(), within(1e-6));
        List<Bar> bars = result.history().bars();
        assertThat(row(all, Strategy.BUY_AND_HOLD).gross())
                .isCloseTo(bars.get(BARS - 1).open() / bars.get(1).open() - 1, within(1e-9));
        assertThat(row(all, Strategy.ALWAYS_HOLD).net()).isZero();
        assertThat(row(all, Strategy.ALWAYS_HOLD).sharpe().value()).isNaN();
    }

    @Test
    void theRulesAreThoseOfAnEngineWithoutAModel() {
        Part all = Comparison.of(result).parts().get(0);
        EvaluationResult alone =
                Evaluation.of(history(BARS)).horizonBars(4).costBps(5).run();
        List<SourceFigures> figures = alone.figures();

        assertThat(row(all, Strategy.RULES).net())
                .isCloseTo(figures.get(figures.size() - 1).portfolio().totalReturn(), within(1e-12));
        Part withoutModel = Comparison.of(alone).parts().get(0);
        assertThat(withoutModel.gain().value()).isZero();
    }

    @Test
    void grossAndNetDifferByTheCostAlone() {
        for (Part part : Comparison.of(run(2_000, 0)).parts()) {
            assertThat(part.rows()).allSatisfy(row -> assertThat(row.net()).isEqualTo(row.gross()));
        }
        for (Part part : Comparison.of(result).parts()) {
            assertThat(row(part, Strategy.HYBRID).net())
                    .isLessThan(row(part, Strategy.HYBRID).gross());
        }
    }

    @Test
    void theYearsMakeUpTheWholeAndTheVolatilitiesAreThirds() {
        List<Part> parts = Comparison.of(result).parts();
        List<Part> years =
                parts.stream().filter(part -> part.split() == Split.YEAR).toList();

        assertThat(years).extracting(Part::name).containsExactly("2024", "2025", "2026");
        assertThat(years.stream().mapToInt(Part::bars).sum()).isEqualTo(BARS - 1);
        for (Strategy strategy : Strategy.values()) {
            double product = years.stream()
                    .mapToDouble(part -> 1 + row(part, strategy).net())
                    .reduce(1, (a, b) -> a * b);
            assertThat(product - 1).isCloseTo(row(parts.get(0), strategy).net(), within(1e-9));
        }
        List<Part> thirds =
                parts.stream().filter(part -> part.split() == Split.VOLATILITY).toList();
        assertThat(thirds).extracting(Part::name).containsExactly("low", "medium", "high");
        assertThat(thirds.stream().mapToInt(Part::bars).sum()).isEqualTo(BARS - 1 - Comparison.VOLATILITY_BARS - 1);
        assertThat(thirds).allSatisfy(part -> assertThat(part.bars()).isCloseTo(BARS / 3, within(10)));
        assertThat(thirds.get(0).to())
                .isEqualTo(thirds.get(1).from())
                .isLessThan(thirds.get(2).from());
    }

    @Test
    void findsAPlantedGainOverTheRules() {
        EvaluationResult planted = Evaluation.of(Walks.history(Walks.momentum(13, 3_000, 0.35)))
                .engine((builder, clock) -> builder.remote(Oracles.momentum()))
                .run();

        assertThat(Comparison.of(planted).parts().get(0).gain().low()).isPositive();
    }

    @Test
    void theWorthByReasonAddsUpToTheWhole() {
        CallWorth whole = result.callWorth();
        Map<Scenario.Reason, CallWorth> parts = CallWorth.byReason(result);

        assertThat(parts).hasSizeGreaterThan(1);
        assertThat(parts.values().stream().mapToInt(CallWorth::changes).sum()).isEqualTo(whole.changes());
        assertThat(parts.values().stream().mapToInt(CallWorth::compared).sum()).isEqualTo(whole.compared());
        double sum = parts.values().stream()
                .filter(part -> part.changes() > 0)
                .mapToDouble(part -> part.changes() * part.worth().value())
                .sum();
        assertThat(sum / whole.changes()).isCloseTo(whole.worth().value(), within(1e-12));
    }

    private static Row row(Part part, Strategy strategy) {
        return part.rows().get(strategy.ordinal());
    }

    private static History history(int bars) {
        return Walks.history(Walks.random(5, bars));
    }

    private static EvaluationResult run(int bars, double costBps) {
        return Evaluation.of(history(bars))
                .engine((builder, clock) -> builder.remote(Oracles.momentum()))
                .horizonBars(4)
                .costBps(costBps)
                .run();
    }
}

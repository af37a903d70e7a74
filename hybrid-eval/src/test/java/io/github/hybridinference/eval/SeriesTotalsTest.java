package io.github.hybridinference.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.testing.FakeModel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SeriesTotalsTest {
    private static final int BARS = 1_500;

    private static EvaluationResult run(int seed, FakeModel model) {
        return Evaluation.of(Walks.history(Walks.momentum(seed, BARS, 0.35)))
                .engine((builder, clock) -> builder.remote(model))
                .costBps(5)
                .run();
    }

    private static SeriesTotals totals(EvaluationResult... results) {
        return SeriesTotals.of(
                IntStream.range(0, results.length).mapToObj(i -> SeriesTally.of("series " + i, results[i])));
    }

    @Test
    void theTotalsOfOneSeriesAreItsFigures() {
        EvaluationResult result = run(13, Oracles.momentum());
        SeriesTotals totals = totals(result);

        assertThat(totals.bars()).isEqualTo(BARS);
        assertThat(totals.modelShare()).isEqualTo(result.modelShare());
        List<SourceFigures> figures = result.figures();
        assertThat(totals.sources()).hasSameSizeAs(figures);
        for (int i = 0; i < figures.size(); i++) {
            SeriesTotals.SourceTotals source = totals.sources().get(i);
            assertThat(source.source()).isEqualTo(figures.get(i).source());
            assertThat(source.decisions()).isEqualTo(figures.get(i).decisions());
            assertThat(source.signals()).isEqualTo(figures.get(i).signals());
            assertThat(source.holdShare()).isEqualTo(figures.get(i).holdShare());
            assertSameValue(source.hitRate(), figures.get(i).hitRate());
            assertSameValue(source.meanReturn(), figures.get(i).meanReturn());
            assertSameValue(source.brier(), figures.get(i).brier());
        }
        CallWorth worth = result.callWorth();
        CallWorth alone = CallWorth.together(List.of(worth), Duration.ofHours(1));
        CallWorth total = totals.callWorth();
        assertThat(total.compared()).isEqualTo(alone.compared());
        assertThat(total.changes()).isEqualTo(alone.changes());
        assertThat(total.costUsd()).isEqualTo(alone.costUsd());
        assertSameValue(total.worth(), alone.worth());
        // its days begin with the first bar, not with the first complex scenario
        assertThat(total.detectableEdge()).isCloseTo(alone.detectableEdge(), within(0.1 * alone.detectableEdge()));
        SourceFigures overall = figures.get(figures.size() - 1);
        assertThat(totals.hybrid().totalReturn()).isCloseTo(overall.portfolio().totalReturn(), within(1e-9));
        assertThat(totals.buyAndHold().totalReturn())
                .isCloseTo(result.buyAndHold().totalReturn(), within(1e-9));
        assertThat(totals.equity()[totals.equity().length - 1] - 1)
                .isEqualTo(totals.hybrid().totalReturn());
        double[] rules = result.rulesEquity();
        assertThat(totals.rules().totalReturn()).isCloseTo(rules[rules.length - 1] - 1, within(1e-9));
        assertThat(totals.hybrid().turnoverPerYear())
                .isCloseTo(
                        overall.portfolio().turnoverPerYear(),
                        within(0.05 * overall.portfolio().turnoverPerYear()));

        SeriesFigures row = totals.series().get(0);
        assertThat(row.digest()).isEqualTo(result.digest());
        assertThat(row.sharpe()).isEqualTo(overall.portfolio().sharpe());
        assertThat(row.hybrid()).isEqualTo(overall.portfolio().totalReturn());
        assertThat(row.hitRate()).isCloseTo(overall.hitRate().value(), within(1e-12));
        assertThat(row.worth().worth()).isEqualTo(worth.worth());
        assertThat(row.worth().pairs()).isEmpty();
    }

    private static void assertSameValue(Interval total, Interval own) {
        assertThat(total.value()).isCloseTo(own.value(), within(1e-12));
        assertThat(total.contains(total.value())).isTrue();
    }

    /** Daily sums of the same series ten times: ten times as many bars, and nothing more is known. */
    @Test
    void seriesThatMoveAsOneShowNoMoreThanOneOfThem() {
        SeriesTally one = SeriesTally.of("one", run(13, Oracles.momentum()));
        SeriesTotals alone = SeriesTotals.of(Stream.of(one));
        EvaluationResult again = run(13, Oracles.momentum());
        SeriesTotals tenfold =
                SeriesTotals.of(IntStream.range(0, 10).mapToObj(i -> SeriesTally.of("series " + i, again)));

        assertThat(tenfold.bars()).isEqualTo(10L * BARS);
        assertThat(tenfold.callWorth().changes())
                .isEqualTo(10 * alone.callWorth().changes());
        assertSame(tenfold.callWorth().worth(), alone.callWorth().worth());
        assertSame(tenfold.hybrid().sharpe(), alone.hybrid().sharpe());
        assertSame(tenfold.hybridOverRulesPerYear(), alone.hybridOverRulesPerYear());
        for (int i = 0; i < alone.sources().size(); i++) {
            assertSame(
                    tenfold.sources().get(i).hitRate(), alone.sources().get(i).hitRate());
        }
    }

    private static void assertSame(Interval other, Interval expected) {
        assertThat(other.value()).isCloseTo(expected.value(), within(1e-9));
        assertThat(other.low()).isCloseTo(expected.low(), within(1e-9));
        assertThat(other.high()).isCloseTo(expected.high(), within(1e-9));
    }

    @Test
    void independentSeriesShowMoreTogether() {
        EvaluationResult[] results = IntStream.range(0, 9)
                .mapToObj(i -> run(700 + i, Oracles.momentum()))
                .toArray(EvaluationResult[]::new);
        double alone = totals(results[0]).callWorth().detectableEdge();

        assertThat(totals(results).callWorth().detectableEdge()).isBetween(0.2 * alone, 0.55 * alone);
    }

    @Test
    void theDigestTellsSeriesAndAnswersApart() {
        EvaluationResult first = run(13, Oracles.momentum());
        EvaluationResult second = run(14, Oracles.momentum());
        EvaluationResult other = run(14, Oracles.saying(snapshot -> "HOLD"));

        String digest = totals(first, second).digest();
        assertThat(digest).matches("[0-9a-f]{64}");
        assertThat(totals(run(13, Oracles.momentum()), second).digest()).isEqualTo(digest);
        assertThat(totals(first, other).digest()).isNotEqualTo(digest);
        assertThat(totals(first).digest()).isNotEqualTo(digest);
        assertThat(totals(second, first).digest()).isNotEqualTo(digest);
    }

    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    /** A market whose price goes up and down, and whose RSI is given. */
    private static History market(Timeframe timeframe, int count, IntToDoubleFunction rsi) {
        List<Bar> bars = IntStream.range(0, count)
                .mapToObj(i ->
                        new Bar(START.plus(timeframe.duration().multipliedBy(i)), 100 + i % 3, 103, 99, 100 + i % 3, 1))
                .toList();
        return market(timeframe, bars, rsi);
    }

    private static History market(Timeframe timeframe, List<Bar> bars, IntToDoubleFunction rsi) {
        return History.of(
                bars,
                timeframe,
                past -> MarketSnapshot.builder("TEST", timeframe)
                        .time(past.get(past.size() - 1).start().plus(timeframe.duration()))
                        .price(100)
                        .rsi(rsi.applyAsDouble(past.size() - 1))
                        .volatilityPct(1)
                        .build());
    }

    private static double upAndDown(int bar) {
        return bar % 8 < 4 ? 12 : 88;
    }

    /** Each resample of two days in blocks of two days is the whole series: it says nothing about chance. */
    @Test
    void fewDaysGiveFiguresWithoutIntervals() {
        EvaluationResult result = Evaluation.of(market(Timeframe.H1, 40, bar -> 50))
                .engine((builder, clock) -> builder.remote(Oracles.saying(snapshot -> "BUY")))
                .run();
        CallWorth worth = totals(result).callWorth();

        assertThat(worth.changes()).isPositive();
        assertThat(worth.worth().value()).isNotNaN().isNotZero();
        assertThat(worth.worth().low()).isNaN();
        assertThat(worth.worth().high()).isNaN();
        assertThat(worth.verdict()).isEqualTo(CallWorth.Verdict.UNDECIDED);
    }

    /** Sixty days with a bar each, and outcomes that neighbours share for ten of them: fewer than four blocks of twice ten. */
    @ParameterizedTest
    @EnumSource(
            value = Timeframe.class,
            names = {"H1", "D1"})
    void blocksAreAsLongAsTheHorizonInCalendarDays(Timeframe timeframe) {
        List<Bar> bars = IntStream.range(0, 60)
                .mapToObj(day -> new Bar(START.plus(Duration.ofDays(day)), 100 + day % 3, 103, 99, 100 + day % 3, 1))
                .toList();
        History daily = market(timeframe, bars, bar -> upAndDown(bar));

        assertThat(hitRate(daily, 1).low()).isNotNaN();
        assertThat(hitRate(daily, 10).value()).isNotNaN();
        assertThat(hitRate(daily, 10).low()).isNaN();
    }

    private static Interval hitRate(History history, int horizonBars) {
        List<SeriesTotals.SourceTotals> sources =
                totals(Evaluation.of(history).horizonBars(horizonBars).run()).sources();
        return sources.get(sources.size() - 1).hitRate();
    }

    /** The shorter series trades as the longer one does as long as it lasts, so that together they trade as one of them. */
    @Test
    void aDayWithMoreSeriesCountsNoMoreInTheTurnover() {
        SeriesTally longer = SeriesTally.of(
                "longer",
                Evaluation.of(market(Timeframe.H1, 960, bar -> bar < 216 ? upAndDown(bar) : 50))
                        .run());
        SeriesTally shorter = SeriesTally.of(
                "shorter",
                Evaluation.of(market(Timeframe.H1, 240, bar -> bar < 216 ? upAndDown(bar) : 50))
                        .run());
        double alone = SeriesTotals.of(Stream.of(longer)).hybrid().turnoverPerYear();

        assertThat(alone).isPositive();
        assertThat(SeriesTotals.of(Stream.of(longer, shorter)).hybrid().turnoverPerYear())
                .isCloseTo(alone, within(0.001 * alone));
    }

    @Test
    void aMarketThatNeverClosesHasAllDaysOfAYear() {
        EvaluationResult result = Evaluation.of(market(Timeframe.D1, 30, SeriesTotalsTest::upAndDown))
                .run();
        double turnover =
                result.figures().get(result.figures().size() - 1).portfolio().turnoverPerYear();

        assertThat(turnover).isPositive();
        assertThat(totals(result).hybrid().turnoverPerYear()).isCloseTo(turnover, within(0.001 * turnover));
    }

    @Test
    void refusesTotalsOfNothingAndOfTwoWithOneName() {
        SeriesTally one = SeriesTally.of("one", run(13, Oracles.momentum()));

        assertThatIllegalArgumentException().isThrownBy(() -> SeriesTotals.of(Stream.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> SeriesTotals.of(Stream.of(one, one)));
    }
}

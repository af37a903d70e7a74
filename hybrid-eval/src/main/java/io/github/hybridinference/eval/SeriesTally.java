package io.github.hybridinference.eval;

import io.github.hybridinference.model.Source;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * What remains of the run over one series: its figures, and sums by day (UTC), from which {@link SeriesTotals} makes the totals of
 * several. It takes a few hundred bytes for each day with bars, whatever the number of bars; the bars and the decisions are not
 * kept. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class SeriesTally {
    /** Judged decisions, signals, hits, squared errors and netted returns, for each source and all together. */
    static final int OF_A_SOURCE = 5;

    static final int OVERALL = Source.values().length;
    static final int GAINS = OF_A_SOURCE * (Source.values().length + 1);
    static final int CHANGES = GAINS + 1;
    static final int COMPARED = GAINS + 2;

    /** Whether the series has bars on that day, and what each way through them returned. */
    static final int ACTIVE = GAINS + 3;

    static final int HYBRID = GAINS + 4;
    static final int RULES = GAINS + 5;
    static final int BOUGHT = GAINS + 6;
    static final int TRADED = GAINS + 7;
    static final int COMPLEX = GAINS + 8;
    static final int BARS = GAINS + 9;
    static final int COLUMNS = GAINS + 10;

    private static final double YEAR_MS = 365.25 * 86_400_000;

    private final SeriesFigures figures;
    private final DaySums days;
    private final Duration horizon;
    private final String digest;

    private SeriesTally(SeriesFigures figures, DaySums days, Duration horizon, String digest) {
        this.figures = figures;
        this.days = days;
        this.horizon = horizon;
        this.digest = digest;
    }

    /**
     * Sums up a run.
     *
     * @param name the name of the series, unique among those that are totalled
     * @param result the run
     * @return what is needed of it
     */
    public static SeriesTally of(String name, EvaluationResult result) {
        Objects.requireNonNull(name, "name");
        History history = result.history();
        DaySums days = new DaySums(COLUMNS);
        for (Source source : Source.values()) {
            result.evaluator(source).addTo(days, OF_A_SOURCE * source.ordinal());
        }
        result.overall().addTo(days, OF_A_SOURCE * OVERALL);
        CallWorth worth = result.callWorth();
        for (AnswerPair pair : worth.pairs()) {
            CallWorth.addTo(days, GAINS, pair);
            days.add(pair.time(), COMPARED, pair.isComparable() ? 1 : 0);
        }
        for (Decided decided : result.decisions()) {
            Instant time = history.questions().get(decided.bar()).time();
            days.add(time, BARS, 1);
            days.add(time, COMPLEX, decided.answer().scenario().isComplex() ? 1 : 0);
        }
        Portfolio hybrid = result.overall().portfolio();
        addReturns(days, HYBRID, hybrid, history.bars());
        addReturns(days, RULES, result.rulesPortfolio(), history.bars());
        addReturns(days, BOUGHT, Portfolio.bought(history, result.costBps()), history.bars());
        addActivity(days, hybrid, history.bars());
        SeriesFigures figures = figures(name, result, worth, days);
        return new SeriesTally(figures, days, horizon(result), digest(figures, days));
    }

    /** The return of each day, compounded from those of its bars. */
    private static void addReturns(DaySums days, int column, Portfolio portfolio, List<Bar> bars) {
        double[] returns = portfolio.returns();
        double worth = 1;
        for (int bar = 0; bar < returns.length; bar++) {
            worth *= 1 + returns[bar];
            if (bar + 1 == returns.length || isNewDay(bars, bar + 1)) {
                days.add(bars.get(bar).start(), column, worth - 1);
                worth = 1;
            }
        }
    }

    private static void addActivity(DaySums days, Portfolio hybrid, List<Bar> bars) {
        for (int bar = 0; bar < bars.size() - 1; bar++) {
            days.add(bars.get(bar).start(), TRADED, hybrid.traded(bar));
            if (bar == 0 || isNewDay(bars, bar)) {
                days.add(bars.get(bar).start(), ACTIVE, 1);
            }
        }
    }

    private static boolean isNewDay(List<Bar> bars, int bar) {
        return DaySums.day(bars.get(bar).start())
                != DaySums.day(bars.get(bar - 1).start());
    }

    private static SeriesFigures figures(String name, EvaluationResult result, CallWorth worth, DaySums days) {
        History history = result.history();
        PortfolioFigures hybrid = result.overall().portfolio().figures(result.horizonBars());
        double[] rules = result.rulesEquity();
        double[] bought = result.buyAndHoldEquity();
        int overall = OF_A_SOURCE * OVERALL;
        double signals = days.sum(overall + 1);
        return new SeriesFigures(
                name,
                history.size(),
                history.bars().get(0).start(),
                history.questions().get(history.size() - 1).time(),
                result.modelShare(),
                (int) days.sum(overall),
                (int) signals,
                signals > 0 ? days.sum(overall + 2) / signals : Double.NaN,
                hybrid.sharpe(),
                hybrid.totalReturn(),
                rules[rules.length - 1] - 1,
                bought[bought.length - 1] - 1,
                hybrid.maxDrawdown(),
                CallWorth.withoutPairs(worth.compared(), worth.changes(), worth.worth(), worth.costUsd()),
                result.digest());
    }

    /** In calendar time, so that closing hours count. */
    private static Duration horizon(EvaluationResult result) {
        double calendar = result.horizonBars() / result.history().barsPerYear() * YEAR_MS;
        long traded = result.history().timeframe().duration().toMillis() * result.horizonBars();
        return Duration.ofMillis(Math.max(traded, (long) calendar));
    }

    private static String digest(SeriesFigures figures, DaySums days) {
        MessageDigest digest = SignalDigest.sha256();
        digest.update((figures.name() + '\n' + figures.digest() + '\n').getBytes(StandardCharsets.UTF_8));
        days.update(digest);
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Returns the figures of the series.
     *
     * @return the figures
     */
    public SeriesFigures figures() {
        return figures;
    }

    /**
     * Returns the digest of the name, the signals and all sums.
     *
     * @return 64 hexadecimal digits; equal for runs that gave the same
     */
    public String digest() {
        return digest;
    }

    DaySums days() {
        return days;
    }

    /** Over how long a signal is judged. */
    Duration horizon() {
        return horizon;
    }

    /** The name and the number of bars. */
    @Override
    public String toString() {
        return "SeriesTally[" + figures.name() + ", " + figures.bars() + " bars]";
    }
}

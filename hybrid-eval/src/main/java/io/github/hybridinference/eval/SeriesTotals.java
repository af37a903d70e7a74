package io.github.hybridinference.eval;

import io.github.hybridinference.model.Source;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The totals of several series. What falls together counts together: all intervals are drawn from blocks of calendar days (UTC), each
 * with all series on it, so that ten symbols that move as one show hardly more than one of them. The portfolios hold the same capital
 * in each series that has bars on a day, levelled every day. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class SeriesTotals {
    private static final int FEWEST_RETURNS = 20;
    private static final double DAYS_PER_YEAR = 365.25;

    /**
     * The signals of one source over all series.
     *
     * @param source rules, model, cache, fallback or overall
     * @param decisions how many decisions can be judged, HOLD included
     * @param signals how many of these are BUY or SELL
     * @param hitRate the share of signals whose direction the price followed, before cost
     * @param meanReturn the mean return of a signal over the horizon, after the netted cost, as a fraction of the amount traded
     * @param brier the mean squared difference between confidence and outcome
     */
    public record SourceTotals(
            String source, long decisions, long signals, Interval hitRate, Interval meanReturn, Interval brier) {
        /**
         * Returns the share of decisions that were HOLD.
         *
         * @return in [0, 1]; NaN without decisions
         */
        public double holdShare() {
            return decisions == 0 ? Double.NaN : (double) (decisions - signals) / decisions;
        }
    }

    private final List<SeriesFigures> series;
    private final DaySums days;
    private final int horizonDays;
    private final double costUsd;
    private final String digest;

    private SeriesTotals(List<SeriesFigures> series, DaySums days, int horizonDays, double costUsd, String digest) {
        this.series = List.copyOf(series);
        this.days = days;
        this.horizonDays = horizonDays;
        this.costUsd = costUsd;
        this.digest = digest;
    }

    /**
     * Totals. The tallies are taken one after the other and not kept, so that a stream that computes them when asked for, in a fixed
     * order, needs the memory of few of them. The last bits of the sums, and so the digest, depend on the order.
     *
     * @param tallies at least one
     * @return the totals
     * @throws IllegalArgumentException if there is none, or two series have the same name
     */
    public static SeriesTotals of(Stream<SeriesTally> tallies) {
        List<SeriesFigures> series = new ArrayList<>();
        Set<String> names = new HashSet<>();
        DaySums days = new DaySums(SeriesTally.COLUMNS);
        MessageDigest digest = SignalDigest.sha256();
        long horizonMs = 1;
        double costUsd = 0;
        for (SeriesTally tally : (Iterable<SeriesTally>) tallies::iterator) {
            if (!names.add(tally.figures().name())) {
                throw new IllegalArgumentException("two series have the same name");
            }
            series.add(tally.figures());
            days.add(tally.days());
            digest.update(tally.digest().getBytes(StandardCharsets.UTF_8));
            horizonMs = Math.max(horizonMs, tally.horizon().toMillis());
            costUsd += tally.figures().worth().costUsd();
        }
        if (series.isEmpty()) {
            throw new IllegalArgumentException("a total needs a series");
        }
        return new SeriesTotals(
                series, days, DaySums.daysOf(horizonMs), costUsd, HexFormat.of().formatHex(digest.digest()));
    }

    /**
     * Returns the figures of each series.
     *
     * @return in the order of the tallies
     */
    public List<SeriesFigures> series() {
        return series;
    }

    /**
     * Returns the number of bars.
     *
     * @return of all series together
     */
    public long bars() {
        return (long) days.sum(SeriesTally.BARS);
    }

    /**
     * Returns the share of complex scenarios.
     *
     * @return in [0, 1]
     */
    public double modelShare() {
        return days.sum(SeriesTally.COMPLEX) / days.sum(SeriesTally.BARS);
    }

    /**
     * Returns the figures of each source that decided anything, and of all together.
     *
     * @return in the order rules, model, cache, fallback, overall
     */
    public List<SourceTotals> sources() {
        List<SourceTotals> sources = new ArrayList<>();
        for (Source source : Source.values()) {
            SourceTotals totals = source(EvaluationResult.nameOf(source), source.ordinal());
            if (totals.decisions() > 0) {
                sources.add(totals);
            }
        }
        sources.add(source(EvaluationResult.OVERALL, SeriesTally.OVERALL));
        return sources;
    }

    private SourceTotals source(String name, int index) {
        int column = SeriesTally.OF_A_SOURCE * index;
        return new SourceTotals(
                name,
                (long) days.sum(column),
                (long) days.sum(column + 1),
                days.mean(column + 2, column + 1, horizonDays),
                days.mean(column + 4, column + 1, horizonDays),
                days.mean(column + 3, column + 1, horizonDays));
    }

    /**
     * Returns what the calls to the model were worth, over all series.
     *
     * @return the worth, without the pairs
     */
    public CallWorth callWorth() {
        return CallWorth.withoutPairs(
                (int) days.sum(SeriesTally.COMPARED),
                (int) days.sum(SeriesTally.CHANGES),
                days.mean(SeriesTally.GAINS, SeriesTally.CHANGES, horizonDays),
                costUsd);
    }

    /**
     * Returns the performance of following all signals.
     *
     * @return after cost, from the returns of days
     */
    public PortfolioFigures hybrid() {
        double[] traded = perSeries(SeriesTally.TRADED);
        return portfolio(
                SeriesTally.HYBRID,
                Arrays.stream(traded).sum() / Arrays.stream(active()).sum());
    }

    /**
     * Returns the performance of following the rules at each bar.
     *
     * @return after cost, from the returns of days; the turnover is not kept and NaN
     */
    public PortfolioFigures rules() {
        return portfolio(SeriesTally.RULES, Double.NaN);
    }

    /**
     * Returns the performance of buying all series and keeping them.
     *
     * @return after cost, from the returns of days; the turnover is not kept and NaN
     */
    public PortfolioFigures buyAndHold() {
        return portfolio(SeriesTally.BOUGHT, Double.NaN);
    }

    /**
     * Returns how much more following all signals returned in a year than following the rules.
     *
     * @return the mean difference of a day, after cost, times the days with bars of a year
     */
    public Interval hybridOverRulesPerYear() {
        double[] hybrid = perSeries(SeriesTally.HYBRID);
        double[] rules = perSeries(SeriesTally.RULES);
        double[] more = IntStream.range(0, hybrid.length)
                .mapToDouble(day -> hybrid[day] - rules[day])
                .toArray();
        double perYear = daysPerYear();
        return DaySums.interval(
                sums -> sums[1] >= FEWEST_RETURNS ? sums[0] / sums[1] * perYear : Double.NaN,
                horizonDays,
                more,
                active());
    }

    /**
     * Returns the first day with bars.
     *
     * @return in UTC
     */
    public LocalDate firstDay() {
        return LocalDate.ofEpochDay(days.firstDay());
    }

    /**
     * Returns the equity curve of one unit of capital that followed all signals.
     *
     * @return one value a calendar day, after cost
     */
    public double[] equity() {
        return compounded(perSeries(SeriesTally.HYBRID));
    }

    /**
     * Returns the equity curve of one unit of capital that followed the rules.
     *
     * @return one value a calendar day, after cost
     */
    public double[] rulesEquity() {
        return compounded(perSeries(SeriesTally.RULES));
    }

    /**
     * Returns the equity curve of one unit of capital under buy and hold.
     *
     * @return one value a calendar day, after cost
     */
    public double[] buyAndHoldEquity() {
        return compounded(perSeries(SeriesTally.BOUGHT));
    }

    /**
     * Returns the digest of the digests of all series.
     *
     * @return 64 hexadecimal digits; equal for runs that gave the same signals and sums in the same order of series
     */
    public String digest() {
        return digest;
    }

    private PortfolioFigures portfolio(int column, double tradedPerDay) {
        return Portfolio.figures(perSeries(column), active(), daysPerYear(), horizonDays, tradedPerDay);
    }

    /** The mean over the series that have bars on a day. */
    private double[] perSeries(int column) {
        double[] sums = days.column(column);
        double[] active = days.column(SeriesTally.ACTIVE);
        for (int day = 0; day < sums.length; day++) {
            sums[day] = active[day] > 0 ? sums[day] / active[day] : 0;
        }
        return sums;
    }

    /** 1 for each day on which any series has bars. */
    private double[] active() {
        double[] active = days.column(SeriesTally.ACTIVE);
        for (int day = 0; day < active.length; day++) {
            active[day] = Math.min(1, active[day]);
        }
        return active;
    }

    /** By the days between the first and the last one with bars, as {@link History#barsPerYear()}. */
    private double daysPerYear() {
        double[] active = active();
        int[] with =
                IntStream.range(0, active.length).filter(day -> active[day] > 0).toArray();
        int span = with[with.length - 1] - with[0];
        return span == 0 ? DAYS_PER_YEAR : (with.length - 1.0) / span * DAYS_PER_YEAR;
    }

    private static double[] compounded(double[] returns) {
        double worth = 1;
        for (int day = 0; day < returns.length; day++) {
            worth *= 1 + returns[day];
            returns[day] = worth;
        }
        return returns;
    }

    /** The number of series and bars. */
    @Override
    public String toString() {
        return "SeriesTotals[" + series.size() + " series, " + bars() + " bars]";
    }
}

package io.github.hybridinference.eval;

import io.github.hybridinference.EngineStats;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.TradingSignal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The decisions of an engine over a history, and how its signals performed. Immutable and thread-safe; figures are
 * computed when asked for.
 *
 * @since 0.1.0
 */
public final class EvaluationResult {
    /** The name under which the figures of all sources together stand. */
    public static final String OVERALL = "overall";

    private final History history;
    private final List<Decided> decisions;
    private final EngineStats stats;
    private final int horizonBars;
    private final double costBps;

    EvaluationResult(History history, List<Decided> decisions, EngineStats stats, int horizonBars, double costBps) {
        this.history = history;
        this.decisions = decisions;
        this.stats = stats;
        this.horizonBars = horizonBars;
        this.costBps = costBps;
    }

    /**
     * Returns the figures of each source that decided anything, and of all together.
     *
     * @return in the order rules, model, cache, fallback, overall
     */
    public List<SourceFigures> figures() {
        List<SourceFigures> figures = new ArrayList<>();
        for (Source source : Source.values()) {
            if (decisions.stream()
                    .anyMatch(
                            decided -> decided.hasOpinion() && decided.answer().source() == source)) {
                figures.add(evaluator(source).figures());
            }
        }
        figures.add(overall().figures());
        return figures;
    }

    /**
     * Returns what the confidence of a source is worth, as stated and calibrated, against always stating its hit rate: fitted on
     * the first half of its signals, measured on the second.
     *
     * @param source the source
     * @return the scores
     */
    public ConfidenceCalibration.Effect confidenceCalibration(Source source) {
        return ConfidenceCalibration.effect(
                decisions.stream()
                        .filter(decided ->
                                decided.answer().source() == source && decided.isJudged() && decided.side() != 0)
                        .toList(),
                horizonBars);
    }

    /**
     * Returns what the calls to the model were worth.
     *
     * @return from all complex scenarios of the run
     */
    public CallWorth callWorth() {
        return CallWorth.of(this);
    }

    /**
     * Returns how the evidence of each model goes with its actions. Fresh answers count; remembered ones would count twice.
     *
     * @return by the name of the model that answered, in the order of the names; empty if no model did
     */
    public SortedMap<String, EvidenceFigures> evidence() {
        SortedMap<String, List<TradingSignal>> signals = new TreeMap<>();
        for (Decided decided : decisions) {
            if (decided.answer().source() == Source.REMOTE) {
                decided.answer()
                        .provenance()
                        .ifPresent(provenance -> signals.computeIfAbsent(provenance.model(), model -> new ArrayList<>())
                                .add(decided.answer().signal()));
            }
        }
        SortedMap<String, EvidenceFigures> figures = new TreeMap<>();
        signals.forEach((model, own) -> figures.put(model, EvidenceFigures.of(own)));
        return figures;
    }

    /**
     * Returns the performance of buy and hold.
     *
     * @return with the same cost
     */
    public PortfolioFigures buyAndHold() {
        return Portfolio.bought(history, costBps).figures(horizonBars);
    }

    /**
     * Returns the equity curve of one unit of capital that followed all signals.
     *
     * @return one value a bar but the last, after cost
     */
    public double[] equity() {
        return overall().portfolio().equity();
    }

    /**
     * Returns the equity curve of one unit of capital that followed the rules at each bar, whatever the engine answered.
     *
     * @return one value a bar but the last, after cost
     */
    public double[] rulesEquity() {
        return rulesPortfolio().equity();
    }

    Portfolio rulesPortfolio() {
        int[] sides = decisions.stream()
                .mapToInt(decided -> decided.hasOpinion()
                        ? Decided.sideOf(decided.answer().rules().action())
                        : 0)
                .toArray();
        return Portfolio.following(sides, history, horizonBars, costBps);
    }

    /**
     * Returns the equity curve of one unit of capital under buy and hold.
     *
     * @return one value a bar but the last, after cost
     */
    public double[] buyAndHoldEquity() {
        return Portfolio.bought(history, costBps).equity();
    }

    /**
     * Leaves bars out that are hardly true, such as an erroneous trade, to show how much the figures depend on them. The answers
     * stay those that were given with them, and are judged by the other bars.
     *
     * @param starts when those bars begin
     * @return the result without them, or empty if fewer than three bars are left
     */
    public Optional<EvaluationResult> without(Collection<Instant> starts) {
        Set<Instant> named = Set.copyOf(starts);
        Set<Integer> left = new HashSet<>();
        for (int i = 0; i < history.size(); i++) {
            if (named.contains(history.bars().get(i).start())) {
                left.add(i);
            }
        }
        return history.without(left).map(other -> {
            List<Decided> judged = new ArrayList<>();
            for (Decided decided : decisions) {
                if (!left.contains(decided.bar())) {
                    int bar = judged.size();
                    judged.add(new Decided(bar, decided.answer(), other.forwardReturn(bar, horizonBars)));
                }
            }
            return new EvaluationResult(other, List.copyOf(judged), stats, horizonBars, costBps);
        });
    }

    /**
     * Returns the share of complex scenarios, whichever source answered in the end.
     *
     * @return in [0, 1]
     */
    public double modelShare() {
        return (double) decisions.stream()
                        .filter(decided -> decided.answer().scenario().isComplex())
                        .count()
                / decisions.size();
    }

    /**
     * Returns the digest of all signals: bar time, action, confidence, risk, stop and target of each.
     *
     * @return 64 hexadecimal digits; equal for runs that gave the same signals
     */
    public String digest() {
        return SignalDigest.of(history, decisions);
    }

    /**
     * Returns the bars and questions.
     *
     * @return the history
     */
    public History history() {
        return history;
    }

    /**
     * Returns the decisions.
     *
     * @return one a bar, in the order of time
     */
    public List<Decided> decisions() {
        return decisions;
    }

    /**
     * Returns the statistics of the engine.
     *
     * @return as at the end of the run
     */
    public EngineStats stats() {
        return stats;
    }

    /**
     * Returns the horizon over which signals are judged, in bars.
     *
     * @return positive
     */
    public int horizonBars() {
        return horizonBars;
    }

    /**
     * Returns the cost of changing the position.
     *
     * @return in basis points of the traded amount
     */
    public double costBps() {
        return costBps;
    }

    /**
     * Returns the name under which the figures of a source stand.
     *
     * @param source the source
     * @return rules, model, cache or fallback
     */
    public static String nameOf(Source source) {
        return switch (source) {
            case LOCAL -> "rules";
            case REMOTE -> "model";
            case CACHE -> "cache";
            case FALLBACK -> "fallback";
        };
    }

    /** The return of each bar but the last of a portfolio that follows all signals, after cost. */
    double[] returns() {
        return overall().portfolio().returns();
    }

    SourceEvaluator evaluator(Source source) {
        return evaluator(nameOf(source), decided -> decided.answer().source() == source);
    }

    SourceEvaluator overall() {
        return evaluator(OVERALL, decided -> true);
    }

    private SourceEvaluator evaluator(String name, Predicate<Decided> own) {
        return new SourceEvaluator(name, own, decisions, history, horizonBars, costBps);
    }
}

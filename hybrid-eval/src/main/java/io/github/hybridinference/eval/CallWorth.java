package io.github.hybridinference.eval;

import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Source;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What the calls to the model were worth, from all bars on which it answered: beside each of its answers stands that of the
 * rules. Immutable and thread-safe.
 *
 * @param pairs one for each complex scenario with data, in the order of time; none in the {@linkplain SeriesTotals totals} of several
 *     series, which do not keep them
 * @param compared on how many of them both can be compared
 * @param changes on how many of these the model gave another action than the rules
 * @param worth mean gain of a change: return of the model less that of the rules over the horizon, as a fraction of the amount
 *     traded, each answer charged the cost of its own entry and exit (not netted with its neighbours, so that a line of
 *     {@code --pairs} can be checked by itself)
 * @param detectableEdge the smallest mean gain of a change that as much data as this shows with a probability of 80 %, at a
 *     level of 95 %; NaN if there is no interval
 * @param costUsd what the run paid for answers, failed attempts included; NaN if a price is unknown
 * @since 0.1.0
 */
public record CallWorth(
        List<AnswerPair> pairs, int compared, int changes, Interval worth, double detectableEdge, double costUsd) {
    /** Normal quantiles: 97.5 % for a two-sided level of 95 %, and 80 % for the power. */
    private static final double LEVEL_Z = 1.959964;

    private static final double POWER_Z = 0.841621;
    private static final double NANO = 1e-9;

    /** What the figures say. */
    public enum Verdict {
        /** No answer of a model can be compared with the rules'. */
        NO_MODEL,

        /** The interval of the worth contains zero: these bars do not show whether the model is better or worse. */
        UNDECIDED,

        /** The answers of the model lost against those of the rules. */
        NOT_WORTH_IT,

        /** The answers of the model gained against those of the rules; whether more than they cost depends on the capital. */
        WORTH_IT
    }

    /**
     * Copies the list.
     *
     * @param pairs one for each complex scenario
     * @param compared on how many both can be compared
     * @param changes on how many of these the actions differ
     * @param worth mean gain of a change
     * @param detectableEdge the smallest gain that would be shown
     * @param costUsd what the run paid
     */
    public CallWorth {
        pairs = List.copyOf(pairs);
        Objects.requireNonNull(worth, "worth");
    }

    static CallWorth of(EvaluationResult result) {
        return of(result, decided -> true, totalUsd(result));
    }

    /**
     * Tells the worth apart by the condition that made the scenario complex. What the calls cost is not told apart.
     *
     * @param result the run
     * @return by reason, in the order of the constants; a reason that no complex scenario had is missing
     */
    public static SortedMap<Scenario.Reason, CallWorth> byReason(EvaluationResult result) {
        SortedMap<Scenario.Reason, CallWorth> worth = new TreeMap<>();
        for (Scenario.Reason reason : Scenario.Reason.values()) {
            CallWorth own = of(result, decided -> decided.answer().scenario().reason() == reason, Double.NaN);
            if (!own.pairs().isEmpty()) {
                worth.put(reason, own);
            }
        }
        return worth;
    }

    /**
     * Totals the worth over several series, such as the symbols of a portfolio. What falls together counts together: blocks of days
     * (UTC) are drawn, each with the answers of all series on them, so that ten symbols that move as one give hardly a narrower
     * interval than one of them.
     *
     * @param series the worth of each, not empty
     * @param horizon over how long a signal is judged, the longest of all series; positive
     * @return the total; the pairs of all series in the order of time, and the sum of what they cost
     * @throws IllegalArgumentException if there is no series, or the horizon is not positive
     */
    public static CallWorth together(List<CallWorth> series, Duration horizon) {
        if (series.isEmpty() || horizon.isNegative() || horizon.isZero()) {
            throw new IllegalArgumentException("a total needs a series and a positive horizon");
        }
        List<AnswerPair> pairs = series.stream()
                .flatMap(one -> one.pairs().stream())
                .sorted(Comparator.comparing(AnswerPair::time))
                .toList();
        DaySums days = new DaySums(2);
        pairs.forEach(pair -> addTo(days, 0, pair));
        int changes = (int) days.sum(1);
        return new CallWorth(
                pairs,
                (int) pairs.stream().filter(AnswerPair::isComparable).count(),
                changes,
                days.mean(0, 1, DaySums.daysOf(horizon.toMillis())),
                series.stream().mapToDouble(CallWorth::costUsd).sum());
    }

    /** Adds the gain of a change, and counts it in the column after that. */
    static void addTo(DaySums days, int column, AnswerPair pair) {
        if (pair.isComparable() && pair.isChange()) {
            days.add(pair.time(), column, pair.gain());
            days.add(pair.time(), column + 1, 1);
        } else {
            days.add(pair.time(), column, 0); // a day without a change is a day all the same
        }
    }

    private CallWorth(List<AnswerPair> pairs, int compared, int changes, Interval worth, double costUsd) {
        this(pairs, compared, changes, worth, detectable(worth), costUsd);
    }

    /** The totals of several series, whose pairs are not kept. */
    static CallWorth withoutPairs(int compared, int changes, Interval worth, double costUsd) {
        return new CallWorth(List.of(), compared, changes, worth, costUsd);
    }

    private static Interval worth(double[] gains, double[] changes, int horizon) {
        return new BlockBootstrap(gains.length, horizon)
                .of(sums -> sums[1] > 0.5 ? sums[0] / sums[1] : Double.NaN, gains, changes);
    }

    private static double detectable(Interval worth) {
        return (worth.high() - worth.low()) / (2 * LEVEL_Z) * (LEVEL_Z + POWER_Z);
    }

    static double totalUsd(EvaluationResult result) {
        return result.stats().unpricedCalls() > 0 ? Double.NaN : result.stats().totalCostNanoUsd() * NANO;
    }

    private static CallWorth of(EvaluationResult result, Predicate<Decided> own, double costUsd) {
        List<Decided> decisions = result.decisions();
        double[] gains = new double[decisions.size()];
        double[] changes = new double[decisions.size()];
        AnswerPair[] pairs = new AnswerPair[decisions.size()];
        for (int i = 0; i < gains.length; i++) {
            Decided decided = decisions.get(i);
            if (!decided.hasOpinion() || !decided.answer().scenario().isComplex() || !own.test(decided)) {
                continue;
            }
            pairs[i] = pair(decided, result);
            if (pairs[i].isComparable() && pairs[i].isChange()) {
                gains[i] = pairs[i].gain();
                changes[i] = 1;
            }
        }
        List<AnswerPair> all = Arrays.stream(pairs).filter(Objects::nonNull).toList();
        Interval worth = worth(gains, changes, result.horizonBars());
        return new CallWorth(
                all,
                (int) all.stream().filter(AnswerPair::isComparable).count(),
                (int) Arrays.stream(changes).sum(),
                worth,
                costUsd);
    }

    private static AnswerPair pair(Decided decided, EvaluationResult result) {
        boolean isOfModel =
                decided.answer().source() == Source.REMOTE || decided.answer().source() == Source.CACHE;
        return new AnswerPair(
                result.history().questions().get(decided.bar()).time(),
                decided.answer().rules().action(),
                isOfModel ? Optional.of(decided.answer().signal().action()) : Optional.empty(),
                decided.forwardReturn(),
                result.costBps());
    }

    /**
     * Returns the amount traded on each signal from which on the calls earned what they cost. With overlapping signals the
     * capital behind it is up to the horizon's bars times as large.
     *
     * @return US dollars; empty if the mean gain is not positive, or a price is unknown
     */
    public OptionalDouble breakEvenCapitalUsd() {
        double gained = changes * worth.value();
        return gained > 0 && Double.isFinite(costUsd) ? OptionalDouble.of(costUsd / gained) : OptionalDouble.empty();
    }

    /**
     * Returns what the figures say.
     *
     * @return by the interval of the worth
     */
    public Verdict verdict() {
        if (compared == 0) {
            return Verdict.NO_MODEL;
        }
        return worth.low() > 0 ? Verdict.WORTH_IT : worth.high() < 0 ? Verdict.NOT_WORTH_IT : Verdict.UNDECIDED;
    }
}

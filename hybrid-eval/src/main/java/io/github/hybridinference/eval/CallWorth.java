package io.github.hybridinference.eval;

import io.github.hybridinference.model.Source;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the calls to the model were worth, from all bars on which it answered: beside each of its answers stands that of the
 * rules. Immutable and thread-safe.
 *
 * @param pairs one for each complex scenario with data, in the order of time
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
        List<Decided> decisions = result.decisions();
        double[] gains = new double[decisions.size()];
        double[] changes = new double[decisions.size()];
        AnswerPair[] pairs = new AnswerPair[decisions.size()];
        for (int i = 0; i < gains.length; i++) {
            Decided decided = decisions.get(i);
            if (!decided.hasOpinion() || !decided.answer().scenario().isComplex()) {
                continue;
            }
            pairs[i] = pair(decided, result);
            if (pairs[i].isComparable() && pairs[i].isChange()) {
                gains[i] = pairs[i].gain();
                changes[i] = 1;
            }
        }
        List<AnswerPair> all = Arrays.stream(pairs).filter(Objects::nonNull).toList();
        Interval worth = new BlockBootstrap(gains.length, result.horizonBars())
                .of(sums -> sums[1] > 0.5 ? sums[0] / sums[1] : Double.NaN, gains, changes);
        return new CallWorth(
                all,
                (int) all.stream().filter(AnswerPair::isComparable).count(),
                (int) Arrays.stream(changes).sum(),
                worth,
                (worth.high() - worth.low()) / (2 * LEVEL_Z) * (LEVEL_Z + POWER_Z),
                result.stats().unpricedCalls() > 0 ? Double.NaN : result.stats().totalCostNanoUsd() * NANO);
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

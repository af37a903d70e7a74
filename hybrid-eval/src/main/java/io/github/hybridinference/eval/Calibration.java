package io.github.hybridinference.eval;

import io.github.hybridinference.classify.ScenarioClassifier;
import io.github.hybridinference.local.LocalRuleModel;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RuleVerdict;
import java.util.ArrayList;
import java.util.List;

/**
 * Thresholds that send a target share of bars to the model, fitted to the quantiles of your own data, with the share to
 * expect of them: they are fitted on half of the bars and measured on the tenth that follows, five times (walk
 * forward).
 *
 * @param wantedShare the target share of bars that go to the model
 * @param thresholds fitted on all bars; no later bars are left to evaluate them on
 * @param firstHalf fitted on the first half of the bars, to evaluate the second half with
 * @param secondHalfShare the share that {@code firstHalf} sends to the model on the second half
 * @param walkForward the shares measured on bars after those the thresholds were fitted on, in the order of time
 * @param expectedShare their mean, with the lowest and the highest of them
 * @param barsPerMonth how many bars a month has in this market
 * @since 0.1.0
 */
public record Calibration(
        double wantedShare,
        Thresholds thresholds,
        Thresholds firstHalf,
        double secondHalfShare,
        List<Double> walkForward,
        Interval expectedShare,
        double barsPerMonth) {
    private static final int FOLDS = 5;
    private static final double DAYS_PER_MONTH = 365.25 / 12;

    /**
     * Calibrates for a target share.
     *
     * @param history at least 400 bars
     * @param share the target share of bars that go to the model, in (0, 1)
     * @return thresholds of the classifier for the standard rules
     * @throws IllegalArgumentException if the share is out of range or the bars are too few
     */
    public static Calibration toShare(History history, double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("share must be between 0 and 1, exclusive");
        }
        if (history.size() < 400) {
            throw new IllegalArgumentException("a calibration needs at least 400 bars");
        }
        List<RuleVerdict> verdicts = history.verdicts(LocalRuleModel.standard());
        int size = history.size();
        int half = size / 2;
        List<Double> measured = new ArrayList<>();
        for (int fold = 0; fold < FOLDS; fold++) {
            int from = (int) ((long) size * fold / (2 * FOLDS));
            int to = from + half;
            int end = Math.min(size, (int) ((long) size * (fold + 1) / (2 * FOLDS)) + half);
            Thresholds fitted = fit(history, verdicts, from, to, share);
            measured.add(share(fitted.classifier(), history, verdicts, to, end));
        }
        Thresholds first = fit(history, verdicts, 0, half, share);
        return new Calibration(
                share,
                fit(history, verdicts, 0, size, share),
                first,
                share(first.classifier(), history, verdicts, half, size),
                List.copyOf(measured),
                new Interval(
                        measured.stream()
                                .mapToDouble(Double::doubleValue)
                                .average()
                                .orElseThrow(),
                        measured.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
                        measured.stream().mapToDouble(Double::doubleValue).max().orElseThrow()),
                history.barsPerYear() / 12);
    }

    /**
     * Calibrates for a daily budget.
     *
     * @param history at least 400 bars
     * @param usdPerDay the budget, positive
     * @param usdPerQuestion the mean cost of a request, positive
     * @return thresholds for the share of bars that the budget pays for, 0.99 at most
     */
    public static Calibration toDailyBudget(History history, double usdPerDay, double usdPerQuestion) {
        if (!(usdPerDay > 0 && usdPerQuestion > 0)) {
            throw new IllegalArgumentException("usdPerDay and usdPerQuestion must be positive");
        }
        double questionsPerDay = usdPerDay / usdPerQuestion;
        double barsPerDay = history.barsPerYear() / 365.25;
        return toShare(history, Math.min(0.99, questionsPerDay / barsPerDay));
    }

    /**
     * Returns the expected cost of a month.
     *
     * @param usdPerQuestion the mean cost of a request
     * @return US dollars, over the range of measured shares; savings by the cache are not deducted
     */
    public Interval monthlyCostUsd(double usdPerQuestion) {
        return expectedShare.times(barsPerMonth * usdPerQuestion);
    }

    /**
     * Returns the expected cost of a day.
     *
     * @param usdPerQuestion the mean cost of a request
     * @return US dollars
     */
    public Interval dailyCostUsd(double usdPerQuestion) {
        return monthlyCostUsd(usdPerQuestion).times(1 / DAYS_PER_MONTH);
    }

    static Thresholds fit(History history, List<RuleVerdict> verdicts, int from, int to, double share) {
        return new ThresholdFit(history, verdicts, from, to).to(share);
    }

    /** The share of bars, of those with enough history for indicators to have settled. */
    static double share(ScenarioClassifier classifier, History history, List<RuleVerdict> verdicts, int from, int to) {
        int settled = 0;
        int complex = 0;
        for (int i = from; i < to; i++) {
            MarketSnapshot question = history.questions().get(i);
            if (!question.isWarmingUp()) {
                settled++;
                complex += classifier.classify(question, verdicts.get(i)).isComplex() ? 1 : 0;
            }
        }
        return settled == 0 ? Double.NaN : (double) complex / settled;
    }
}

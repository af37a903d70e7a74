package io.github.hybridinference.classify;

import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RuleVerdict;
import io.github.hybridinference.model.Scenario;

/**
 * Decides who answers: the rules, or the model.
 *
 * <p>Implementations are called on the caller's thread, by many threads at once, once an inference; they must be
 * thread-safe and quick. One that throws makes the answer HOLD with confidence 0 and INTERNAL.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ScenarioClassifier {
    /**
     * Classifies a snapshot.
     *
     * @param snapshot the snapshot
     * @param verdict what the rules make of it
     * @return one of the shared instances of {@link Scenario}
     */
    Scenario classify(MarketSnapshot snapshot, RuleVerdict verdict);

    /**
     * Says how much the model's answer to a complex scenario is worth, compared with other scenarios of this classifier. When more
     * calls wait than may be made at once, those with the same deadline are made in this order, the highest value first. Called
     * only for such calls, on the thread that is there; a classifier that throws here gives the value 0.
     *
     * @param snapshot the snapshot
     * @param verdict what the rules make of it
     * @param scenario what {@link #classify} returned for them
     * @return any number, in a unit of the classifier's own; NaN counts as 0. By default 0
     */
    default double value(MarketSnapshot snapshot, RuleVerdict verdict, Scenario scenario) {
        return 0;
    }

    /**
     * Returns the classifier by thresholds with its standard values.
     *
     * @return an immutable classifier; its methods return changed copies
     */
    static ThresholdClassifier thresholds() {
        return ThresholdClassifier.STANDARD;
    }

    /**
     * Returns a classifier that asks the model where it has been learned to change the decision. It asks by the ranking of the
     * model's file until {@link LearnedClassifier#valuing} gives it a capital and a price, and explores 2 % of the rest.
     *
     * @param model what was learned
     * @return an immutable classifier; its methods return changed copies
     */
    static LearnedClassifier learned(RouterModel model) {
        return LearnedClassifier.of(model);
    }
}

package io.github.hybridinference.testkit.assertj;

import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.model.Source;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about an answer. A failure shows the answer without its reasoning.
 *
 * @since 0.1.0
 */
public final class InferenceAssert extends AbstractAssert<InferenceAssert, Inference> {
    InferenceAssert(@Nullable Inference actual) {
        super(actual, InferenceAssert.class);
    }

    /**
     * Verifies that it says BUY.
     *
     * @return this assertion
     */
    public InferenceAssert isBuy() {
        return hasAction(Action.BUY);
    }

    /**
     * Verifies that it says SELL.
     *
     * @return this assertion
     */
    public InferenceAssert isSell() {
        return hasAction(Action.SELL);
    }

    /**
     * Verifies that it says HOLD.
     *
     * @return this assertion
     */
    public InferenceAssert isHold() {
        return hasAction(Action.HOLD);
    }

    /**
     * Verifies what it says.
     *
     * @param expected the action
     * @return this assertion
     */
    public InferenceAssert hasAction(Action expected) {
        return check("to say", expected, answer().signal().action());
    }

    /**
     * Verifies where it came from.
     *
     * @param expected the source
     * @return this assertion
     */
    public InferenceAssert isFrom(Source expected) {
        return check("to come from", expected, answer().source());
    }

    /**
     * Verifies why it is less than it could have been.
     *
     * @param expected the degradation
     * @return this assertion
     */
    public InferenceAssert hasDegradation(Degradation expected) {
        return check("to be degraded by", expected, answer().degradation().orElse(null));
    }

    /**
     * Verifies that it is a full answer.
     *
     * @return this assertion
     */
    public InferenceAssert hasNoDegradation() {
        Optional<Degradation> degradation = answer().degradation();
        if (degradation.isPresent()) {
            throw failure("%nExpecting%n  %s%nto have no degradation, but it has %s", actual, degradation.get());
        }
        return this;
    }

    /**
     * Verifies that the model answered, for this inference or an earlier one.
     *
     * @return this assertion
     */
    public InferenceAssert isOfModel() {
        if (answer().provenance().isEmpty()) {
            throw failure("%nExpecting%n  %s%nto be an answer of the model, but it is the rules'", actual);
        }
        return this;
    }

    /**
     * Verifies how sure it is.
     *
     * @param least the lowest confidence, in [0, 1]
     * @return this assertion
     */
    public InferenceAssert hasConfidenceAtLeast(double least) {
        double confidence = answer().signal().confidence();
        if (!(confidence >= least)) {
            throw failure(
                    "%nExpecting%n  %s%nto have a confidence of at least %s, but it has %s", actual, least, confidence);
        }
        return this;
    }

    /**
     * Verifies how sure it is.
     *
     * @param most the highest confidence, in [0, 1]
     * @return this assertion
     */
    public InferenceAssert hasConfidenceAtMost(double most) {
        double confidence = answer().signal().confidence();
        if (!(confidence <= most)) {
            throw failure(
                    "%nExpecting%n  %s%nto have a confidence of at most %s, but it has %s", actual, most, confidence);
        }
        return this;
    }

    /**
     * Verifies how risky acting on it is.
     *
     * @param expected the level
     * @return this assertion
     */
    public InferenceAssert hasRisk(RiskLevel expected) {
        return check("to have the risk", expected, answer().signal().risk());
    }

    /**
     * Verifies that its scenario is simple: the rules suffice.
     *
     * @return this assertion
     */
    public InferenceAssert isSimple() {
        return hasComplexity(false);
    }

    /**
     * Verifies that its scenario is complex: the model is worth its price.
     *
     * @return this assertion
     */
    public InferenceAssert isComplex() {
        return hasComplexity(true);
    }

    /**
     * Verifies that it holds at a time.
     *
     * @param time when
     * @return this assertion
     */
    public InferenceAssert isValidAt(Instant time) {
        Instant until = answer().validUntil();
        if (!time.isBefore(until)) {
            throw failure("%nExpecting%n  %s%nto hold at %s, but it holds until %s", actual, time, until);
        }
        return this;
    }

    private InferenceAssert hasComplexity(boolean complex) {
        if (answer().scenario().isComplex() != complex) {
            throw failure(
                    "%nExpecting%n  %s%nto answer a %s scenario, but it is %s",
                    actual, complex ? "complex" : "simple", answer().scenario());
        }
        return this;
    }

    private InferenceAssert check(String verb, Object expected, @Nullable Object found) {
        if (!Objects.equals(expected, found)) {
            throw failureWithActualExpected(
                    found,
                    expected,
                    "%nExpecting%n  %s%n%s %s, but was %s",
                    actual,
                    verb,
                    expected,
                    found == null ? "not" : found);
        }
        return this;
    }

    private Inference answer() {
        isNotNull();
        return Objects.requireNonNull(actual);
    }
}

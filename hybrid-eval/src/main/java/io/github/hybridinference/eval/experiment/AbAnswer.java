package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * An answer given in an A/B test, to be kept until its outcome is known.
 *
 * @param arm which side answered
 * @param inference the answer
 * @param symbol whose day it belongs to
 * @param day the day of the bar, in UTC
 * @since 0.1.0
 */
public record AbAnswer(Arm arm, Inference inference, String symbol, LocalDate day) {
    static LocalDate dayOf(MarketSnapshot snapshot) {
        return LocalDate.ofInstant(snapshot.time(), ZoneOffset.UTC);
    }

    /** The side and the answer; not the symbol. */
    @Override
    public String toString() {
        return "AbAnswer[" + arm + ", " + inference + "]";
    }
}

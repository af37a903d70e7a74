package io.github.hybridinference.eval;

import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Evidence;
import io.github.hybridinference.model.TradingSignal;
import java.util.Collection;
import java.util.List;

/**
 * How the evidence of a model's answers goes with their actions. One-sided evidence consists only of oscillators beyond their
 * usual bounds on the same side: all overbought or all oversold. To buy on overbought or to sell on oversold evidence can be
 * right, as in a strong trend, so such an answer is counted and not judged; a model that does it often either follows trends or
 * names its evidence at random.
 *
 * @param answers number of answers of the model
 * @param withEvidence number of these with evidence
 * @param oneSided number of these whose evidence is one-sided
 * @param against number of these that buy on overbought or sell on oversold evidence
 * @since 0.1.0
 */
public record EvidenceFigures(int answers, int withEvidence, int oneSided, int against) {
    /**
     * The bounds of an oscillator, as it is usually read.
     *
     * @param begin what the names of its figures begin with
     */
    private record Oscillator(String begin, double oversold, double overbought) {}

    private static final List<Oscillator> OSCILLATORS = List.of(
            new Oscillator("rsi_", 30, 70),
            new Oscillator("mfi_", 20, 80),
            new Oscillator("stoch_k", 20, 80),
            new Oscillator("stoch_d", 20, 80),
            new Oscillator("cci_", -100, 100),
            new Oscillator("williams_r", -80, -20),
            new Oscillator("bb_percent_b", 0, 1));

    /**
     * Counts.
     *
     * @param signals the signals of a model
     * @return the figures
     */
    public static EvidenceFigures of(Collection<TradingSignal> signals) {
        int withEvidence = 0;
        int oneSided = 0;
        int against = 0;
        for (TradingSignal signal : signals) {
            withEvidence += signal.evidence().isEmpty() ? 0 : 1;
            int side = side(signal.evidence());
            oneSided += side == 0 ? 0 : 1;
            against +=
                    (side > 0 && signal.action() == Action.BUY) || (side < 0 && signal.action() == Action.SELL) ? 1 : 0;
        }
        return new EvidenceFigures(signals.size(), withEvidence, oneSided, against);
    }

    /** 1 if all figures are overbought, -1 if all are oversold, else 0. */
    private static int side(List<Evidence> evidence) {
        int sum = evidence.stream().mapToInt(EvidenceFigures::side).sum();
        return Math.abs(sum) == evidence.size() ? Integer.signum(sum) : 0;
    }

    private static int side(Evidence figure) {
        for (Oscillator oscillator : OSCILLATORS) {
            if (figure.name().startsWith(oscillator.begin)) {
                return figure.value() >= oscillator.overbought ? 1 : figure.value() <= oscillator.oversold ? -1 : 0;
            }
        }
        return 0;
    }
}

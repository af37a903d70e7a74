package io.github.hybridinference.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Evidence;
import io.github.hybridinference.model.Language;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.model.TradingSignal;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceFiguresTest {
    private static TradingSignal signal(Action action, Evidence... evidence) {
        return TradingSignal.ofModel(
                action,
                0.7,
                RiskLevel.LOW,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                List.of(evidence),
                "",
                Language.ENGLISH);
    }

    @ParameterizedTest
    @CsvSource({
        "BUY, rsi_14, 82, 1, 1",
        "SELL, rsi_14, 82, 1, 0",
        "HOLD, rsi_14, 82, 1, 0",
        "SELL, rsi_7_4h, 12, 1, 1",
        "BUY, rsi_14, 12, 1, 0",
        "BUY, rsi_14, 50, 0, 0",
        "BUY, adx_14, 82, 0, 0",
        "BUY, williams_r, -10, 1, 1",
        "SELL, williams_r, -90, 1, 1",
        "SELL, cci_20, -150, 1, 1",
        "BUY, bb_percent_b, 1.2, 1, 1",
        "SELL, bb_percent_b, -0.1, 1, 1",
        "BUY, mfi_14, 80, 1, 1",
        "BUY, stoch_k, 80, 1, 1",
        "SELL, stoch_d, 20, 1, 1",
        "BUY, stoch_rsi, 0.9, 0, 0"
    })
    void countsActionsAgainstOneSidedEvidence(Action action, String name, double value, int oneSided, int against) {
        assertThat(EvidenceFigures.of(List.of(signal(action, new Evidence(name, value)))))
                .isEqualTo(new EvidenceFigures(1, 1, oneSided, against));
    }

    @Test
    void evidenceIsOneSidedOnlyIfAllOfItIs() {
        Evidence overbought = new Evidence("rsi_14", 82);
        Evidence also = new Evidence("stoch_k", 95);
        Evidence oversold = new Evidence("cci_20", -200);
        Evidence neutral = new Evidence("adx_14", 30);

        assertThat(EvidenceFigures.of(Stream.of(
                                signal(Action.BUY, overbought, also),
                                signal(Action.BUY, overbought, oversold),
                                signal(Action.BUY, overbought, neutral),
                                signal(Action.SELL, oversold),
                                signal(Action.SELL))
                        .toList()))
                .isEqualTo(new EvidenceFigures(5, 4, 2, 2));
        assertThat(EvidenceFigures.of(List.of())).isEqualTo(new EvidenceFigures(0, 0, 0, 0));
    }
}

package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Timeframe;
import org.junit.jupiter.api.Test;

class InferenceEngineTest {
    @Test
    void answersPlainSituationsByTheRules() {
        try (InferenceEngine engine = InferenceEngine.builder().build()) {
            Inference answer = engine.infer(MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                    .price(64_120.5)
                    .rsi(17.4)
                    .volumeRatio(1.9)
                    .volatilityPct(2.1)
                    .build());
            assertThat(answer.source()).isEqualTo(Source.LOCAL);
            assertThat(answer.signal().action()).isEqualTo(Action.BUY);
            assertThat(answer.signal().reasoning()).contains("RSI 17.4 is oversold.");
            assertThat(answer.scenario().reason()).isEqualTo(Scenario.Reason.EXTREME_RSI_WITH_VOLUME);
            assertThat(answer.degradation()).isEmpty();
        }
    }
}

package io.github.hybridinference.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.spring.test.AutoConfigureSimulatedModel;
import io.github.hybridinference.testkit.standin.StandIn;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest(properties = {"hybrid.timeout=20s", "hybrid.remote-timeout=20s"})
@AutoConfigureSimulatedModel
class SignalsTest {
    @Autowired
    private InferenceEngine engine;

    @Autowired
    private StandIn model;

    @Test
    void asksTheModelAboutAComplexScenario() {
        MarketSnapshot snapshot = MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                .rsi(50)
                .volatilityPct(2)
                .build();
        assertThat(engine.infer(snapshot).source()).isEqualTo(Source.REMOTE);
        assertThat(model.requests()).isEqualTo(1);
    }
}

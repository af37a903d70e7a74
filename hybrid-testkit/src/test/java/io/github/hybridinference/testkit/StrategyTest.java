package io.github.hybridinference.testkit;

import static io.github.hybridinference.testkit.Signals.buy;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A user's strategy and its test, as the README shows it. */
class StrategyTest {
    private static final MarketSnapshot BAR =
            MarketSnapshot.builder("BTC-USDT", Timeframe.H1).rsi(50).build();

    @Test
    void buysOnTheModelsWordAndNeverOnAFallback() {
        FakeInferenceEngine engine =
                FakeInferenceEngine.answering(buy(0.8)).thenFallback(Degradation.TIMEOUT, Action.BUY, 0.9);
        Strategy strategy = new Strategy(engine);

        strategy.onBar(BAR);
        strategy.onBar(BAR);

        assertThat(strategy.orders()).containsExactly("BUY BTC-USDT");
        engine.assertScriptUsedUp();
    }

    private static final class Strategy {
        private final InferenceEngine engine;
        private final List<String> orders = new ArrayList<>();

        Strategy(InferenceEngine engine) {
            this.engine = engine;
        }

        void onBar(MarketSnapshot bar) {
            Inference answer = engine.infer(bar);
            if (answer.degradation().isEmpty() && answer.signal().action() == Action.BUY) {
                orders.add("BUY " + bar.symbol());
            }
        }

        List<String> orders() {
            return orders;
        }
    }
}

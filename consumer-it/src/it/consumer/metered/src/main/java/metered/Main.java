package metered;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.micrometer.MicrometerListener;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** Reads from Micrometer what an engine did. */
final class Main {

    private Main() {}

    public static void main(String[] args) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        MicrometerListener metrics = new MicrometerListener(registry);
        try (InferenceEngine engine =
                InferenceEngine.builder().listener(metrics).build()) {
            metrics.monitor(engine);
            engine.infer(MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                    .rsi(17.4)
                    .volumeRatio(1.9)
                    .volatilityPct(1)
                    .build());
            long answers = registry.get("hybrid.inference")
                    .tags("source", "local", "scenario", "simple")
                    .timer()
                    .count();
            System.out.println("metered: " + answers + " local answers");
        }
    }
}

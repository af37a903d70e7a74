package io.github.hybridinference.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.testing.FakeModel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Nothing of a caller's (symbol, prices, keys and values of maps, a key to an API) appears in a meter or an observation. */
class MetersCanaryTest {
    private static final String FOREIGN = "canary-foreign-message";
    private static final List<String> CANARIES =
            List.of("canary", "sk-", "api_key", "64123.7", "64123,7", "81726354", "27.98765");

    private static final Map<String, Object> FIELDS = Map.of(
            "canary_field_account",
            81_726_354,
            "api_key",
            "sk-canary-0123456789",
            "mfi_14",
            27.987654321,
            "features",
            Map.of("note", "canary-value", "rsi_7", "canary-value"));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ObservationRegistry observations = ObservationRegistry.create();
    private final StringBuilder observed = new StringBuilder();

    @Test
    void findsNoCanaryWhereMetersAndObservationsAreSeen() {
        observations.observationConfig().observationHandler(new Recorder());
        MicrometerListener metrics = new MicrometerListener(meters);
        for (FakeModel model : models()) {
            try (InferenceEngine engine = InferenceEngine.builder()
                    .remote(MicrometerListener.observed(model, "provider", observations))
                    .maxAttempts(1)
                    .listener(metrics)
                    .build()) {
                metrics.monitor(engine);
                engine.infer(market(50));
                engine.infer(market(50));
                engine.infer(market(12));
            }
        }

        StringBuilder seen = new StringBuilder(observed);
        meters.getMeters().forEach(meter -> {
            seen.append(meter.getId()).append(meter.getId().getDescription());
            meter.measure().forEach(measurement -> seen.append(' ').append(measurement));
        });
        assertThat(seen.toString()).contains("hybrid.inference", "gen_ai.request.model", "fake-model");
        assertThat(seen.toString().toLowerCase(Locale.ROOT)).doesNotContain(CANARIES);
    }

    /** Models that answer, that fail for each reason, and that pass on what others threw. */
    private static List<FakeModel> models() {
        List<FakeModel> models = new ArrayList<>();
        models.add(new FakeModel()
                .always(FakeModel.replying(
                        new RemoteReply(FOREIGN, RemoteReply.Finish.STOP, Usage.NONE, "fake-model-2026"))));
        RuntimeException foreign = new IllegalStateException(FOREIGN, new RuntimeException(FOREIGN));
        models.add(new FakeModel().always(FakeModel.failing(foreign)));
        Consumer<FakeModel.Exchange> throwing = exchange -> {
            throw foreign;
        };
        models.add(new FakeModel().always(throwing));
        for (Reason reason : Reason.values()) {
            models.add(new FakeModel().always(FakeModel.failing(RemoteException.beforeSending(reason))));
        }
        return models;
    }

    private static MarketSnapshot market(double rsi) {
        return MarketSnapshot.builder("CANARY-SYM", Timeframe.H1)
                .price(64_123.789)
                .rsi(rsi)
                .volumeRatio(2)
                .volatilityPct(2)
                .features(FIELDS)
                .build();
    }

    private final class Recorder implements ObservationHandler<Observation.Context> {
        @Override
        public void onStart(Observation.Context context) {
            record(context);
        }

        @Override
        public void onError(Observation.Context context) {
            record(context);
        }

        @Override
        public void onStop(Observation.Context context) {
            record(context);
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }

        private void record(Observation.Context context) {
            StringWriter text = new StringWriter();
            text.append(context.getName())
                    .append(' ')
                    .append(context.getContextualName())
                    .append(' ');
            text.append(context.getAllKeyValues().toString()).append(' ');
            if (context.getError() != null) {
                context.getError().printStackTrace(new PrintWriter(text, true));
            }
            synchronized (observed) {
                observed.append(text).append('\n');
            }
        }
    }
}

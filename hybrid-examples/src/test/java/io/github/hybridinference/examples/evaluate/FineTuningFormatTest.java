package io.github.hybridinference.examples.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.audit.EgressLog;
import io.github.hybridinference.deepseek.DeepSeek;
import io.github.hybridinference.eval.experiment.Exam;
import io.github.hybridinference.eval.experiment.FineTuningExport;
import io.github.hybridinference.eval.experiment.Outcomes;
import io.github.hybridinference.eval.journal.Journal;
import io.github.hybridinference.eval.journal.JournalEntry;
import io.github.hybridinference.eval.journal.Recording;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.AssetClass;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Session;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.testkit.standin.StandIn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model is tuned on questions in the very words it will be asked in. */
class FineTuningFormatTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The market did what was advised. */
    private static final Outcomes OBEDIENT = new Outcomes() {
        @Override
        public double forwardReturn(JournalEntry entry) {
            Action action = entry.action();
            return action == Action.HOLD ? 0 : action == Action.BUY ? 0.05 : -0.05;
        }

        @Override
        public Duration horizon() {
            return Duration.ofHours(1);
        }
    };

    @TempDir
    private Path folder;

    @Test
    void exportsAQuestionAsTheDeepSeekAdapterPutsIt() throws IOException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        ask(sent);
        Recording recording = Recording.read(folder);
        assertThat(recording.entries()).hasSize(1);

        FineTuningExport.of(Exam.of(recording, OBEDIENT, 0)).writeTo(folder);

        JsonNode example = JSON.readTree(Files.readString(folder.resolve("train.jsonl")));
        String body =
                JSON.readTree(sent.toString(StandardCharsets.UTF_8)).get("body").textValue();
        JsonNode messages = JSON.readTree(body).get("messages");
        assertThat(example.get("messages").get(0)).isEqualTo(messages.get(messages.size() - 1));
    }

    private void ask(ByteArrayOutputStream sent) throws IOException {
        try (StandIn standIn = StandIn.builder().start();
                EgressLog log = EgressLog.to(sent);
                DeepSeek model = DeepSeek.builder()
                        .apiKey("test-key")
                        .endpoint(standIn.baseUrl())
                        .egressLog(log)
                        .build();
                Journal journal = Journal.in(folder).asking(model.identity()).open();
                InferenceEngine engine = InferenceEngine.builder()
                        .remote(model)
                        .timeout(Duration.ofSeconds(30))
                        .listener(journal)
                        .build()) {
            MarketSnapshot hard = MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                    .price(64_120.5)
                    .rsi(50)
                    .macd(-120.3, -98.1)
                    .bollinger(63_900, 64_800, 65_700)
                    .volatilityPct(2.1)
                    .feature("ema_20_dist_pct", -1.2)
                    .assetClass(AssetClass.CRYPTO)
                    .session(Session.OVERNIGHT)
                    .build();
            assertThat(engine.infer(hard).source()).isEqualTo(Source.REMOTE);
        }
    }
}

package io.github.hybridinference.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.EngineStats;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.anonymize.Noise;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.LogCapture;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** For every input, what leaves is a function of feature, rounded figure and closed words. */
class OutboundPropertyTest {
    private static final Feature CUSTOM = Feature.custom("alpha", -1, 1, 3);

    /** No name of the corpus is on the half-hour, so that no two of them become one on the snapshot's own timeframe. */
    private static MarketSnapshot snapshot(Map<String, ?> fields) {
        return MarketSnapshot.builder("BTC-USDT", Timeframe.M30)
                .time(Instant.now())
                .accepting(CUSTOM)
                .features(fields)
                .build();
    }

    @Test
    void whatLeavesIsMadeOfCatalogueNamesRoundedFiguresAndClosedWords() {
        Anonymizer standard = Anonymizer.standard(CUSTOM);
        Anonymizer noisy = Anonymizer.withNoise(Noise.seeded(1).amplitude(7), CUSTOM);
        long told = 0;
        for (long seed = 0; seed < 5_000; seed++) {
            MarketSnapshot snapshot = snapshot(new ArbitraryFields(seed).any(12));
            for (Anonymizer anonymizer : List.of(standard, noisy)) {
                AnonymizedSnapshot anonymized = anonymizer.anonymize(snapshot);
                Told.assertClosed(anonymized, Set.of(CUSTOM));
                told += anonymized.size();
            }
        }
        assertThat(told).as("the inputs are not all refuse").isGreaterThan(5_000);
    }

    @Test
    void fieldsThatAreForeignChangeNothing() {
        CacheKey seed = CacheKey.of("seed");
        for (long i = 0; i < 3_000; i++) {
            ArbitraryFields fields = new ArbitraryFields(i);
            Map<String, Object> honest = fields.honest(15);
            MarketSnapshot plain = snapshot(honest);
            MarketSnapshot crowded = snapshot(fields.among(honest, 20));
            AnonymizedSnapshot one = Anonymizer.standard().anonymize(plain);
            AnonymizedSnapshot other = Anonymizer.standard().anonymize(crowded);
            assertThat(Told.text(other)).as("seed %d", i).isEqualTo(Told.text(one));
            assertThat(other).isEqualTo(one).hasToString(one.toString());
            assertThat(other.key(seed)).isEqualTo(one.key(seed));
            assertThat(crowded).hasToString(plain.toString());
        }
    }

    /** The same engine over the same questions, once plain and once among foreign fields. */
    @Test
    void fieldsThatAreForeignChangeNeitherAnswersNorLogsNorFigures() {
        assertThat(run(true)).isEqualTo(run(false));
    }

    private static String run(boolean crowded) {
        StringBuilder seen = new StringBuilder();
        FakeModel model = Models.answering();
        try (LogCapture log = new LogCapture();
                InferenceEngine engine = InferenceEngine.builder()
                        .remote(model)
                        .random(new Random(1))
                        .nanoClock(new AtomicLong()::incrementAndGet)
                        .executor(Runnable::run)
                        .build()) {
            for (long i = 0; i < 300; i++) {
                ArbitraryFields fields = new ArbitraryFields(i);
                Map<String, Object> honest = fields.honest(15);
                honest.keySet().removeIf(name -> Feature.of(name).equals(Feature.RSI_14));
                honest.put("rsi_14", 50.0);
                Inference answer = engine.infer(snapshot(crowded ? fields.among(honest, 20) : honest));
                seen.append(answer)
                        .append(answer.decisionId())
                        .append(answer.signal())
                        .append('\n');
            }
            EngineStats stats = engine.stats();
            long dropped = stats.droppedFields().values().stream()
                    .mapToLong(Number::longValue)
                    .sum();
            assertThat(dropped >= 300 * 15).as("%d dropped", dropped).isEqualTo(crowded);
            seen.append(stats.localCalls()).append(stats.cacheHits()).append(stats.remoteCalls());
            seen.append(stats.degradations()).append(stats.latency()).append(engine.health());
            seen.append(log.text().replaceAll("hybrid-inference-\\d+", ""));
        }
        Models.questionsTo(model)
                .forEach(question -> seen.append(Told.text(question.snapshot())).append('\n'));
        assertThat(model.attempts()).isGreaterThan(100);
        return seen.toString();
    }
}

package io.github.hybridinference.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.anonymize.Noise;
import io.github.hybridinference.classify.ScenarioClassifier;
import io.github.hybridinference.local.LocalRuleModel;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Throws arbitrary maps, names and figures at every entrance and lets nothing be thrown back but what the Javadoc says.
 * Short and seeded; {@code -Dfuzz.seconds=120} goes on from a seed of its own, and {@code -Dfuzz.seed} repeats one.
 */
class AnonymizerFuzzTest {
    private static final int SHORT_RUN = 2_000;
    private static final Feature CUSTOM = Feature.custom("alpha", -1, 1, 3);
    private static final Timeframe[] TIMEFRAMES = Timeframe.values();

    @Test
    void throwsNothingButWhatIsDocumented() {
        long seconds = Long.getLong("fuzz.seconds", 0);
        long first = Long.getLong("fuzz.seed", seconds == 0 ? 1 : System.nanoTime());
        long end = System.nanoTime() + seconds * 1_000_000_000;
        for (long n = 0; n < SHORT_RUN || System.nanoTime() < end; n++) {
            try {
                once(first + n);
            } catch (Throwable found) {
                throw new AssertionError("repeat with -Dfuzz.seed=" + (first + n), found);
            }
        }
    }

    private static void once(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Object> fields = new ArbitraryFields(seed).any(30);
        Timeframe timeframe = TIMEFRAMES[random.nextInt(TIMEFRAMES.length)];
        MarketSnapshot.Builder builder =
                MarketSnapshot.builder("X", timeframe).time(Instant.ofEpochMilli(random.nextLong()));
        if (random.nextBoolean()) {
            builder.accepting(CUSTOM);
        }
        for (int i = 0; i < 5; i++) {
            setByName(builder, fields, random);
        }
        builder.features(fields);
        MarketSnapshot snapshot = builder.build();
        assertThat(snapshot.dropped().sensitive())
                .isLessThanOrEqualTo(snapshot.dropped().total());
        ScenarioClassifier.thresholds()
                .classify(snapshot, LocalRuleModel.standard().evaluate(snapshot));
        AnonymizedSnapshot told = Anonymizer.standard(CUSTOM).anonymize(snapshot);
        Told.assertClosed(told, Set.of(CUSTOM));
        Told.assertClosed(
                Anonymizer.withNoise(Noise.seeded(seed).amplitude(random.nextDouble(1_000)), CUSTOM)
                        .anonymize(snapshot),
                Set.of(CUSTOM));
        Anonymizer.fine().anonymize(snapshot).key(CacheKey.of("seed"));
        assertThat(Anonymizer.standard(CUSTOM).anonymize(snapshot)).isEqualTo(told);
    }

    /** What the setters refuse they refuse with a message of ours. */
    private static void setByName(MarketSnapshot.Builder builder, Map<String, Object> fields, SplittableRandom random) {
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            double figure = field.getValue() instanceof Number number && random.nextBoolean()
                    ? number.doubleValue()
                    : Double.longBitsToDouble(random.nextLong());
            try {
                builder.feature(field.getKey(), figure);
            } catch (IllegalArgumentException | IllegalStateException refused) {
                assertThat(refused.getMessage()).isNotBlank();
                assertThat(refused.getCause()).isNull();
            }
            if (random.nextInt(8) == 0) {
                return;
            }
        }
    }
}

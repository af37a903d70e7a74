package io.github.hybridinference.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.InferenceListener;
import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.classify.ScenarioClassifier;
import io.github.hybridinference.local.LocalRuleModel;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RuleVerdict;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.LogCapture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every attempt of the corpus through every entrance: nothing of it in any sink. */
class RedTeamTest {
    private static final List<Map<String, Object>> LEAKS = Corpus.leaks();

    private static final Pattern RANGE_MESSAGE =
            Pattern.compile("([a-z0-9_]+) is a finite figure in \\[[0-9.E-]+, [0-9.E-]+] [a-z ]+");

    private static final Set<String> MESSAGES = Set.of(
            "not a name of the catalogue: see docs/features.md, or declare it with Feature.custom",
            "a custom feature is named [a-z][a-z_]{0,30} with at most a two-digit suffix",
            "a custom feature must not have a sensitive name",
            "the name of a custom feature is sent, and this one can tell whose figure it is or of which instrument: choose"
                    + " another, or say in your own words why it may be sent (Feature.customEvenThough, or even_though in a"
                    + " file of features)",
            "the catalogue has a feature of that name: use Feature.of",
            "a symbol is 1 to 64 of the characters A-Z a-z 0-9 . ^ = / : _ - and space, and not blank");

    /** A name is repeated only if it is much like one of the catalogue. */
    private static final Pattern NEAR_MESSAGE =
            Pattern.compile("not a name of the catalogue: ([A-Za-z0-9_ -]{1,64}); the"
                    + " nearest is ([a-z0-9_]+): see docs/features.md, or declare it with Feature.custom");

    private static final List<String> SECTIONS =
            List.of("market_data", "features", "sentiment_data", "on_chain_data", "indicators");

    /** What the sinks say without any attempt, and the names of the catalogue. */
    private static final String OWN_WORDS = sinksOf(market().build()) + Feature.catalogue();

    private static MarketSnapshot.Builder market() {
        return MarketSnapshot.builder("CANARY-SYMBOL", Timeframe.H1)
                .price(64_123.789)
                .feature("mfi_14", 41);
    }

    @Test
    void hasEnoughAttempts() {
        assertThat(LEAKS).hasSizeGreaterThanOrEqualTo(300);
        assertThat(LEAKS.stream().distinct()).hasSameSizeAs(LEAKS);
    }

    @Test
    void letsNothingOutOfAMap() {
        for (Map<String, Object> attempt : LEAKS) {
            Canaries canaries = Canaries.of(attempt).except(OWN_WORDS);
            for (Map<String, Object> fields : shapesOf(attempt)) {
                canaries.assertAbsentFrom(sinksOf(market().features(fields).build()));
            }
        }
    }

    /** As it is, in each section, deeper, beside a section, and with names and values swapped. */
    private static List<Map<String, Object>> shapesOf(Map<String, Object> attempt) {
        List<Map<String, Object>> shapes = new ArrayList<>();
        shapes.add(attempt);
        for (String section : SECTIONS) {
            shapes.add(Map.of(section, attempt));
            shapes.add(Map.of(section, Map.of("features", attempt)));
        }
        Map<String, Object> swapped = new LinkedHashMap<>();
        attempt.forEach((name, value) -> swapped.put(value.toString(), name));
        attempt.forEach((name, value) -> swapped.put(value + "_14", 27));
        shapes.add(swapped);
        return shapes;
    }

    private static String sinksOf(MarketSnapshot snapshot) {
        AnonymizedSnapshot told = Anonymizer.standard().anonymize(snapshot);
        Told.assertClosed(told, Set.of());
        RuleVerdict verdict = LocalRuleModel.standard().evaluate(snapshot);
        return String.join(
                "\n",
                Told.text(told),
                told.toString(),
                told.key(CacheKey.of("seed")).toHex(),
                snapshot.toString(),
                snapshot.dropped().toString(),
                verdict.toString(),
                verdict.signal().toString(),
                ScenarioClassifier.thresholds().classify(snapshot, verdict).toString());
    }

    @Test
    void echoesNothingWhenAFigureIsSetByName() {
        for (Map<String, Object> attempt : LEAKS) {
            attempt.forEach((name, value) -> {
                double figure = value instanceof Number number ? number.doubleValue() : 1e300;
                MarketSnapshot.Builder builder = market();
                assertConstant(catchThrowable(() -> builder.feature(name, figure)));
                Canaries.of(attempt).except(OWN_WORDS).assertAbsentFrom(sinksOf(builder.build()));
            });
        }
    }

    @Test
    void echoesNothingWhenItIsGivenAsSymbolOrCustomName() {
        for (Map<String, Object> attempt : LEAKS) {
            attempt.forEach((name, value) -> {
                for (String text : List.of(name, value.toString())) {
                    assertConstant(catchThrowable(() -> Feature.of(text)));
                    assertConstant(catchThrowable(() -> Feature.custom(text, 0, 1, 2)));
                    assertConstant(catchThrowable(() -> keepsSymbol(text)));
                }
            });
        }
    }

    /** A well-formed symbol is taken, and kept to ourselves. */
    private static void keepsSymbol(String symbol) {
        MarketSnapshot snapshot = MarketSnapshot.builder(symbol, Timeframe.H1)
                .price(64_123.789)
                .feature("mfi_14", 41)
                .build();
        assertThat(OWN_WORDS).startsWith(sinksOf(snapshot));
    }

    private static void assertConstant(Throwable thrown) {
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(IllegalArgumentException.class).hasNoCause();
            String message = thrown.getMessage();
            Matcher range = RANGE_MESSAGE.matcher(message);
            if (range.matches()) {
                assertThat(Feature.of(range.group(1)).name())
                        .as("a name of ours")
                        .isEqualTo(range.group(1));
            } else if (NEAR_MESSAGE.matcher(message).matches()) {
                Matcher near = NEAR_MESSAGE.matcher(message);
                assertThat(near.matches()).isTrue();
                assertThat(Feature.find(near.group(2))).isPresent();
                assertThat(near.group(1)).doesNotContainPattern("[0-9]{4}");
                int letters = near.group(1).replaceAll("[^A-Za-z]", "").length();
                assertThat(near.group(2).replaceAll("[^a-z]", ""))
                        .as("about as long as %s", near.group(1))
                        .hasSizeBetween(letters - letters / 3, letters + letters / 3);
            } else {
                assertThat(message).isIn(MESSAGES);
            }
        }
    }

    /** A situation that goes to the model. */
    private static MarketSnapshot.Builder neutral() {
        return market().rsi(50).volatilityPct(2);
    }

    @Test
    void letsNothingOutOfAnEngine() {
        List<String> heard = new ArrayList<>();
        InferenceListener listener = new InferenceListener() {
            @Override
            public void onAnswer(MarketSnapshot snapshot, Inference answer) {
                heard.add(snapshot + " " + answer + " " + answer.signal() + " " + snapshot.dropped());
            }

            @Override
            public void onRemoteCall(RemoteCall call) {
                heard.add(call.toString());
            }
        };
        FakeModel model = Models.answering();
        List<String> sinks = new ArrayList<>();
        String ownWords;
        try (LogCapture log = new LogCapture();
                InferenceEngine engine = InferenceEngine.builder()
                        .remote(model)
                        .listener(listener)
                        .random(new Random(1))
                        .nanoClock(new AtomicLong()::incrementAndGet)
                        .build()) {
            engine.infer(neutral().build());
            ownWords = engine.stats() + " " + engine.health() + " " + Texts.threadNames() + " " + log.text() + heard;
            for (Map<String, Object> attempt : LEAKS) {
                Inference answer = engine.infer(neutral().features(attempt).build());
                sinks.add(answer + " " + answer.decisionId());
            }
            assertThat(engine.stats().droppedFields()).isNotEmpty();
            assertThat(engine.stats().sensitiveFieldsBlocked()).isGreaterThan(100);
            sinks.add(engine.stats().toString());
            sinks.add(engine.health().toString());
            sinks.add(Texts.threadNames());
            sinks.add(log.text());
        }
        sinks.addAll(heard);
        Models.questionsTo(model).forEach(question -> sinks.add(question + " " + Told.text(question.snapshot())));
        assertThat(heard).hasSizeGreaterThan(LEAKS.size());
        String all = String.join("\n", sinks);
        for (Map<String, Object> attempt : LEAKS) {
            Canaries.of(attempt).except(OWN_WORDS + ownWords).assertAbsentFrom(all);
        }
        Canaries.of("CANARY-SYMBOL", "64123").assertAbsentFrom(all);
    }
}

package io.github.hybridinference.lab.docs;

import static io.github.hybridinference.testkit.Signals.buy;
import static io.github.hybridinference.testkit.Signals.hold;
import static io.github.hybridinference.testkit.assertj.InferenceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.deepseek.DeepSeek;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.testkit.Answers;
import io.github.hybridinference.testkit.FakeInferenceEngine;
import io.github.hybridinference.testkit.FakeModel;
import io.github.hybridinference.testkit.Fault;
import io.github.hybridinference.testkit.ManualClock;
import io.github.hybridinference.testkit.contract.SignalCacheContract;
import io.github.hybridinference.testkit.junit.StandInExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of the documents on testing, run; and whether the documents show what is run here. */
class TestingPageTest {
    private static final Path ROOT = Path.of("..");
    private static final Path THIS = Path.of("src/test/java/io/github/hybridinference/lab/docs/TestingPageTest.java");
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private final MarketSnapshot bar = MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
            .rsi(50)
            .volatilityPct(2)
            .build();

    @Test
    void buysOnTheModelsWordAndNeverOnAFallback() {
        FakeInferenceEngine engine =
                FakeInferenceEngine.answering(buy(0.8)).thenFallback(Degradation.TIMEOUT, Action.BUY, 0.9);
        Strategy strategy = new Strategy(engine);

        strategy.onBar(bar);
        strategy.onBar(bar);

        assertThat(strategy.orders()).containsExactly("BUY BTC-USDT");
    }

    @Test
    void asksAboutEachBar() {
        FakeInferenceEngine engine =
                FakeInferenceEngine.answeringBy(snapshot -> snapshot.get(Feature.RSI_14) < 30 ? buy(0.9) : hold(0.5));
        new Strategy(engine).onBar(bar);
        assertThat(engine.snapshots()).containsExactly(bar);
    }

    @Test
    void sizesAPositionByTheConfidence() {
        Inference answer = Answers.toAny().cached(buy(0.8));
        assertThat(Strategy.size(answer)).isEqualTo(0.8);
        assertThat(Strategy.size(Answers.toAny().fallback(Degradation.BUDGET))).isZero();
    }

    @Test
    void stopsAskingWhenTheMoneyIsSpent() {
        FakeModel model = FakeModel.buying(0.8).costing(600_000_000); // 0.60 US dollars an attempt
        try (InferenceEngine engine = InferenceEngine.builder()
                .remote(model)
                .cache(SignalCache.none())
                .budget(Budget.perDay("1.00"))
                .build()) {
            assertThat(engine.infer(bar)).isBuy().isFrom(Source.REMOTE).hasConfidenceAtLeast(0.8);
            assertThat(engine.infer(bar)).isFrom(Source.FALLBACK).hasDegradation(Degradation.BUDGET);
            assertThat(engine.stats()).hasAttempts(1).hasCostAtMost("0.60");
        }
    }

    @Test
    void answersByTheRulesWhenTheModelHangs() {
        ManualClock clock = new ManualClock();
        try (InferenceEngine engine = clock.drive(InferenceEngine.builder())
                .remote(FakeModel.failing(Fault.HANG))
                .timeout(Duration.ofSeconds(3))
                .build()) {
            CompletableFuture<Inference> answer = engine.inferAsync(bar);
            assertThat(answer).isNotDone();

            clock.advance(Duration.ofSeconds(3));

            assertThat(answer.join()).isFrom(Source.FALLBACK).hasDegradation(Degradation.TIMEOUT);
        }
    }

    @Nested
    class OverHttp {
        @RegisterExtension
        static final StandInExtension model = StandInExtension.create();

        @Test
        void repeatsWhatAnOverloadedServiceRefuses() {
            model.next(Fault.OVERLOADED).always(buy(0.8));
            try (InferenceEngine engine = InferenceEngine.builder()
                    .remote(DeepSeek.builder()
                            .apiKey("any")
                            .endpoint(model.baseUrl())
                            .build())
                    .ownParts()
                    .build()) {
                assertThat(engine.infer(bar)).isBuy().isFrom(Source.REMOTE);
                assertThat(model.requests()).hasSize(2);
            }
        }

        /** Not on the page: each fault by its name, as the real adapter and engine report it. */
        @ParameterizedTest
        @EnumSource(Fault.class)
        void showsEachFaultAsTheEngineReportsIt(Fault fault) {
            model.always(fault);
            Duration timeout = fault == Fault.HANG ? Duration.ofMillis(300) : Duration.ofSeconds(20);
            try (InferenceEngine engine = InferenceEngine.builder()
                    .remote(DeepSeek.builder()
                            .apiKey("any")
                            .endpoint(model.baseUrl())
                            .build())
                    .timeout(timeout)
                    .maxAttempts(1)
                    .ownParts()
                    .build()) {
                assertThat(engine.infer(bar)).isFrom(Source.FALLBACK).hasDegradation(fault.degradation());
            }
        }
    }

    @Nested
    class MyCacheTest extends SignalCacheContract {
        @Override
        protected SignalCache cache() {
            return new MyCache();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.zh-CN.md", "docs/testing.md"})
    void showsWhatIsRunHere(String document) throws IOException {
        String source = squeezed(Files.readString(THIS));
        List<String> examples = new ArrayList<>();
        Matcher example = EXAMPLE.matcher(Files.readString(ROOT.resolve(document)));
        while (example.find()) {
            String text = example.group(1);
            if (document.equals("docs/testing.md") || text.contains("@Test")) {
                examples.add(text);
            }
        }

        assertThat(examples).isNotEmpty().allSatisfy(text -> assertThat(source).contains(squeezed(text)));
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "");
    }

    private static final class Strategy {
        private final InferenceEngine engine;
        private final List<String> orders = new ArrayList<>();

        Strategy(InferenceEngine engine) {
            this.engine = engine;
        }

        static double size(Inference answer) {
            return answer.degradation().isPresent() ? 0 : answer.signal().confidence();
        }

        void onBar(MarketSnapshot bar) {
            Inference answer = engine.infer(bar);
            if (answer.signal().action() == Action.BUY && size(answer) > 0.5) {
                orders.add("BUY " + bar.symbol());
            }
        }

        List<String> orders() {
            return orders;
        }
    }
}

package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.budget.BudgetDecision;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.ManualTime;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Parts of the user's that throw or give null: an answer all the same, a count, and a line in the log without content. */
class FaultyPartsTest {
    private static final String SECRET = "of a part that says too much";

    static Stream<UnaryOperator<InferenceEngineBuilder>> brokenRulesAndClassifiers() {
        return Stream.of(
                options -> options.rules(snapshot -> {
                    throw fault();
                }),
                options -> options.rules(snapshot -> null),
                options -> options.rules(snapshot -> {
                    throw new StackOverflowError(SECRET);
                }),
                options -> options.rules(snapshot -> {
                    throw new NoClassDefFoundError(SECRET);
                }),
                options -> options.classifier((snapshot, rules) -> {
                    throw fault();
                }),
                options -> options.classifier((snapshot, rules) -> null));
    }

    @ParameterizedTest
    @MethodSource("brokenRulesAndClassifiers")
    void holdsWithoutConfidenceWhenRulesOrClassifierBreak(UnaryOperator<InferenceEngineBuilder> broken) {
        for (Way way : Way.values()) {
            try (LogProbe log = new LogProbe();
                    Bench bench = new Bench(broken)) {
                Inference answer = bench.ask(way, Snapshots.complex(1)).answer();
                assertThat(answer.signal().action()).isEqualTo(Action.HOLD);
                assertThat(answer.signal().confidence()).isZero();
                assertThat(answer.degradation()).contains(Degradation.INTERNAL);
                assertThat(answer.scenario().reason()).isEqualTo(Scenario.Reason.CUSTOM);
                assertThat(bench.model.attempts()).isZero();
                assertOneFault(bench, log);
            }
        }
    }

    static Stream<Anonymizer> brokenAnonymizers() {
        return Stream.of(
                snapshot -> {
                    throw fault();
                },
                snapshot -> null,
                snapshot -> {
                    throw new AssertionError(SECRET);
                });
    }

    @ParameterizedTest
    @MethodSource("brokenAnonymizers")
    void sendsNothingWhenTheAnonymizerBreaks(Anonymizer broken) {
        for (Way way : Way.values()) {
            try (LogProbe log = new LogProbe();
                    Bench bench = new Bench(options -> options.anonymizer(broken))) {
                assertPrivate(bench, bench.ask(way, Snapshots.complex(1)).answer());
                assertOneFault(bench, log);
            }
        }
    }

    @Test
    void countsABrokenAnonymizerOnceInTheOriginalOrderToo() {
        try (LogProbe log = new LogProbe();
                Bench bench = new Bench(options -> options.cacheLocalAnswers().anonymizer(snapshot -> null))) {
            assertPrivate(bench, bench.ask(Snapshots.complex(1)));
            assertOneFault(bench, log);
        }
    }

    @Test
    void sendsNothingWhenTheAnonymizerLetsAnUndeclaredFeatureThrough() {
        Feature own = Feature.custom("own_edge", 0, 1, 2);
        MarketSnapshot snapshot = MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                .time(ManualTime.START)
                .rsi(50)
                .feature(own, 0.5)
                .build();
        try (Bench bench = new Bench(options -> options.anonymizer(Anonymizer.standard(own)))) {
            assertPrivate(bench, bench.ask(snapshot));
        }
        try (Bench bench = new Bench(options -> options.customFeatures(own).anonymizer(Anonymizer.standard(own)))) {
            bench.ask(Way.ASYNC, snapshot);
            assertThat(bench.exchange().request().snapshot().get(own)).isEqualTo(0.5);
        }
        try (Bench bench = new Bench()) {
            bench.ask(Way.ASYNC, snapshot);
            assertThat(bench.exchange().request().snapshot().get(own))
                    .as("the standard anonymizer leaves it behind")
                    .isNaN();
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesABrokenCacheForAnEmptyOne(Way way) {
        FakeCache cache = new FakeCache();
        cache.fault = FaultyPartsTest::fault;
        try (LogProbe log = new LogProbe();
                Bench bench = new Bench(options -> options.cache(cache))) {
            bench.model.always(FakeModel.replying(Replies.BUY));
            assertThat(bench.ask(way, Snapshots.complex(1)).answer().source()).isEqualTo(Source.REMOTE);
            assertThat(bench.engine.stats().errors()).as("peek, get and put").isEqualTo(3);
            assertThat(log.warnings()).hasSize(1).noneMatch(line -> line.contains(SECRET));
            assertThat(bench.engine.health().component("cache").orElseThrow().status())
                    .isEqualTo(EngineHealth.Status.DEGRADED);
        }
    }

    static Stream<UnaryOperator<InferenceEngineBuilder>> brokenVerifiers() {
        return Stream.of(
                options -> options.replyVerifier((reply, sent) -> {
                    throw fault();
                }),
                options -> options.replyVerifier((reply, sent) -> null));
    }

    @ParameterizedTest
    @MethodSource("brokenVerifiers")
    void believesNothingThatTheVerifierChokesOn(UnaryOperator<InferenceEngineBuilder> broken) {
        FakeBudget budget = new FakeBudget();
        FakeModel model = new FakeModel().always(FakeModel.replying(Replies.BUY));
        try (LogProbe log = new LogProbe();
                InferenceEngine engine = broken.apply(
                                InferenceEngine.builder().remote(model).budget(budget))
                        .build()) {
            assertThat(engine.infer(Snapshots.complex(1)).degradation()).contains(Degradation.INTERNAL);
            assertThat(engine.stats().errors()).isEqualTo(1);
            assertThat(budget.settled).containsExactly(OptionalLong.of(Replies.COST));
            assertThat(log.warnings())
                    .singleElement()
                    .satisfies(line -> assertThat(line).doesNotContain(SECRET));
        }
    }

    static Stream<UnaryOperator<FakeBudget>> brokenBudgets() {
        return Stream.of(
                budget -> reserving(budget, () -> {
                    throw fault();
                }),
                budget -> reserving(budget, () -> null),
                budget -> reserving(budget, () -> CompletableFuture.completedFuture(null)),
                budget -> reserving(budget, () -> CompletableFuture.failedFuture(fault())));
    }

    private static FakeBudget reserving(FakeBudget budget, Supplier<CompletableFuture<BudgetDecision>> answer) {
        budget.answer = answer::get;
        return budget;
    }

    @ParameterizedTest
    @MethodSource("brokenBudgets")
    void spendsNothingWhenTheBudgetBreaks(UnaryOperator<FakeBudget> broken) {
        FakeBudget budget = broken.apply(new FakeBudget());
        try (LogProbe log = new LogProbe();
                Bench bench = new Bench(options -> options.budget(budget))) {
            assertThat(bench.ask(Snapshots.complex(1)).degradation()).contains(Degradation.INTERNAL);
            assertThat(bench.model.attempts()).isZero();
            assertThat(bench.engine.stats().consecutiveFailures()).isZero();
            assertOneFault(bench, log);
        }
    }

    @Test
    void keepsAnAnswerThatTheBudgetCannotBookAndReportOn() {
        FakeBudget budget = new FakeBudget();
        budget.answer = () -> CompletableFuture.completedStage(new BudgetDecision.Granted(cost -> {
            throw fault();
        }));
        budget.state = () -> {
            throw fault();
        };
        try (LogProbe log = new LogProbe();
                Bench bench = new Bench(options -> options.budget(budget))) {
            bench.model.then(FakeModel.replying(Replies.BUY));
            assertThat(bench.ask(Snapshots.complex(1)).source()).isEqualTo(Source.REMOTE);
            assertThat(bench.engine.stats().errors()).as("settle and state").isEqualTo(2);
            assertThat(bench.engine.health().component("budget").orElseThrow().status())
                    .isEqualTo(EngineHealth.Status.DEGRADED);
            assertThat(log.warnings()).hasSize(1);
        }
    }

    static Stream<Consumer<FakeModel>> brokenAdapters() {
        return Stream.of(
                model -> model.always(exchange -> {
                    throw fault();
                }),
                model -> model.always(FakeModel.failing(fault())),
                model -> model.always(exchange -> exchange.reply(null)),
                model -> model.always(FakeModel.failing(Reason.INTERNAL)),
                model -> model.quoting(() -> {
                    throw fault();
                }),
                model -> model.quoting(() -> null));
    }

    @ParameterizedTest
    @MethodSource("brokenAdapters")
    void fallsBackWhenTheAdapterBreaks(Consumer<FakeModel> broken) {
        for (Way way : Way.values()) {
            try (LogProbe log = new LogProbe();
                    Bench bench = new Bench()) {
                broken.accept(bench.model);
                assertThat(bench.ask(way, Snapshots.complex(1)).answer().degradation())
                        .contains(Degradation.INTERNAL);
                assertThat(bench.model.attempts()).isLessThanOrEqualTo(1);
                assertOneFault(bench, log);
            }
        }
    }

    @Test
    void warmsUpWhatCanBeWarmedUp() {
        FakeModel second = new FakeModel("second");
        RemoteModel cold = new BrokenModel();
        try (InferenceEngine engine =
                InferenceEngine.builder().remote(cold).thenRemote(second).build()) {
            engine.warmUp();
            assertThat(second.warmUps()).isEqualTo(1);
            assertThat(second.attempts()).isZero();
            assertThat(engine.stats().errors()).isEqualTo(1);
        }
    }

    @Test
    void answersEverybodyThoughTheExchangeCannotBeAborted() {
        InferenceEngine engine =
                InferenceEngine.builder().remote(new BrokenModel()).build();
        CompletableFuture<Inference> first = engine.inferAsync(Snapshots.complex(1));
        CompletableFuture<Inference> second = engine.inferAsync(Snapshots.complex(1));
        engine.close();
        assertThat(first.join().degradation()).contains(Degradation.CLOSED);
        assertThat(second.join().degradation()).contains(Degradation.CLOSED);
    }

    private static RuntimeException fault() {
        return new IllegalStateException(SECRET);
    }

    private static void assertPrivate(Bench bench, Inference answer) {
        assertThat(answer.source()).isEqualTo(Source.FALLBACK);
        assertThat(answer.degradation()).contains(Degradation.PRIVACY);
        assertThat(bench.model.attempts()).isZero();
    }

    private static void assertOneFault(Bench bench, LogProbe log) {
        assertThat(bench.engine.stats().errors()).isEqualTo(1);
        assertThat(log.warnings())
                .singleElement()
                .satisfies(line -> assertThat(line).doesNotContain(SECRET));
    }
}

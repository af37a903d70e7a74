package io.github.hybridinference.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.testkit.FakeModel;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Jobs in a MiniCluster, whose parts share this JVM. */
class HybridFlinkTest {
    private static final int SUBTASKS = 4;

    /** What code of a job, which is serialized, finds in this JVM. */
    private static final Map<String, Made> MADE = new ConcurrentHashMap<>();

    private static final AtomicInteger SEEN = new AtomicInteger();

    private record Made(FakeModel model, AtomicInteger engines) {}

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final FakeModel model = FakeModel.buying(0.8).costing(1_000_000);
    private final AtomicInteger engines = new AtomicInteger();

    @SuppressWarnings("NullAway.Init")
    private String name;

    @BeforeEach
    void begin(TestInfo test) {
        name = test.getDisplayName();
        MADE.put(name, new Made(model, engines));
        SEEN.set(0);
        MetricsCollector.clear();
    }

    @AfterEach
    void end() {
        timer.shutdownNow();
    }

    private static StreamExecutionEnvironment environment() {
        return StreamExecutionEnvironment.createLocalEnvironment(
                SUBTASKS,
                Configuration.fromMap(Map.of(
                        "pipeline.generic-types", "false",
                        "execution.checkpointing.interval", "50 ms",
                        "restart-strategy.type", "fixed-delay",
                        "restart-strategy.fixed-delay.attempts", "1",
                        "restart-strategy.fixed-delay.delay", "50 ms",
                        "metrics.reporters", "test",
                        "metrics.reporter.test.factory.class", MetricsCollector.class.getName())));
    }

    private EngineFactory factory() {
        String key = name;
        return EngineFactory.named(key, () -> engine(key));
    }

    private static InferenceEngine engine(String key) {
        Made made = MADE.get(key);
        made.engines.incrementAndGet();
        return InferenceEngine.builder()
                .remote(made.model)
                .classifier((snapshot, verdict) -> Scenario.complex(Scenario.Reason.CUSTOM))
                .budget(Budget.perDay("5.00"))
                .clock(Clock.fixed(Questions.CLOSE, ZoneOffset.UTC)) // while the answers hold
                .ownParts()
                .build();
    }

    private static FlinkOptions.Builder options() {
        return FlinkOptions.builder().deadline(Duration.ofSeconds(30)).capacity(20);
    }

    @SuppressWarnings("try") // closing may be interrupted
    private static List<FlinkInference> collect(DataStream<FlinkInference> answers) throws Exception {
        List<FlinkInference> all = new ArrayList<>();
        try (CloseableIterator<FlinkInference> iterator = answers.executeAndCollect()) {
            iterator.forEachRemaining(all::add);
        }
        return all;
    }

    private static List<String> symbols(long count) {
        return LongStream.range(0, count).mapToObj(number -> "S" + number).toList();
    }

    @Test
    void answersAKeyedStreamByOneEngineWithoutKryo() throws Exception {
        DataStream<Long> keyed = environment().fromSequence(0, 199).keyBy(number -> number % 7);
        List<FlinkInference> answers = collect(HybridFlink.infer(
                keyed, Questions::numbered, factory(), options().build()));

        assertThat(answers).extracting(FlinkInference::symbol).containsExactlyInAnyOrderElementsOf(symbols(200));
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.inference().source()).isEqualTo("REMOTE"));
        assertThat(engines).hasValue(1);
        assertThat(MetricsCollector.sum("source.REMOTE.answers")).isEqualTo(200);
        assertThat(MetricsCollector.sum("costNanoUsd")).isEqualTo(200 * 1e6);
        assertThat(MetricsCollector.sum("inFlight")).isZero();
        assertThat(MetricsCollector.sum("askedAgain")).isZero();
        assertThat(MetricsCollector.sum("budgetLeftUsd"))
                .as("each subtask shows what is left of the engine's budget")
                .isEqualTo(SUBTASKS * 4.8);
    }

    @Test
    void keepsTheOrderIfAsked() throws Exception {
        DataStream<Long> numbers = environment().fromSequence(0, 99).setParallelism(1);
        List<FlinkInference> answers = collect(HybridFlink.infer(
                        numbers,
                        Questions::numbered,
                        factory(),
                        options().ordered().build())
                .setParallelism(1));
        assertThat(answers).extracting(FlinkInference::symbol).containsExactlyElementsOf(symbols(100));
    }

    @Test
    void aRestartFindsTheEngineAndItsAnswers() throws Exception {
        model.after(Duration.ofMillis(20), timer);
        List<FlinkInference> answers = collect(crashingOnce(options().build()));
        assertThat(answers).extracting(FlinkInference::id).doesNotHaveDuplicates();
        assertThat(answers).extracting(FlinkInference::symbol).containsExactlyInAnyOrderElementsOf(symbols(400));
        assertThat(SEEN.get()).as("some were asked again").isGreaterThan(400);
        assertThat(engines).hasValue(1);
        assertThat(model.attempts()).isEqualTo(400);
    }

    /** Shows that the test above can fail. */
    @Test
    @Tag("long")
    void anEngineThatEndsWithItsSubtasksPaysAgain() throws Exception {
        model.after(Duration.ofMillis(20), timer);
        List<FlinkInference> answers =
                collect(crashingOnce(options().keepEngine(Duration.ZERO).build()));
        assertThat(answers).extracting(FlinkInference::symbol).containsExactlyInAnyOrderElementsOf(symbols(400));
        assertThat(engines).hasValueGreaterThan(1);
        assertThat(model.attempts()).isGreaterThan(400);
    }

    private DataStream<FlinkInference> crashingOnce(FlinkOptions options) {
        DataStream<Long> numbers = environment().fromSequence(0, 399);
        return HybridFlink.infer(numbers, Questions::numbered, factory(), options)
                .map((MapFunction<FlinkInference, FlinkInference>) answer -> {
                    if (SEEN.incrementAndGet() == 200) {
                        throw new IllegalStateException("a crash");
                    }
                    return answer;
                })
                .returns(FlinkInference.class);
    }

    @Test
    void asksAgainWhatWasOpenAtTheCheckpoint() throws Exception {
        String key = name;
        EngineFactory stuck = EngineFactory.named(key, () -> new Stubborn(engine(key)).engine());
        DataStream<Long> numbers = environment()
                .fromSource(
                        new DataGeneratorSource<>(number -> number, 80, RateLimiterStrategy.perSecond(40), Types.LONG),
                        WatermarkStrategy.noWatermarks(),
                        "80 in two seconds");
        DataStream<FlinkInference> answers = HybridFlink.infer(
                numbers,
                Questions::numbered,
                stuck,
                FlinkOptions.builder()
                        .deadline(Duration.ofMillis(1_500))
                        .margin(Duration.ofMillis(1))
                        .build());
        List<FlinkInference> all = collect(answers.map((MapFunction<FlinkInference, FlinkInference>) answer -> {
                    if (SEEN.incrementAndGet() == 1) {
                        throw new IllegalStateException("a crash");
                    }
                    return answer;
                })
                .returns(FlinkInference.class));
        assertThat(all).extracting(FlinkInference::symbol).containsExactlyInAnyOrderElementsOf(symbols(80));
        assertThat(MetricsCollector.sum("askedAgain")).isBetween(1.0, 80.0);
    }

    @Test
    void flinksTimeOutGivesTheRulesAnswerAndALateOneIsNotASecond() throws Exception {
        String key = name;
        EngineFactory stubborn = EngineFactory.named(key, () -> new Stubborn(engine(key)).engine());
        DataStream<Long> numbers = environment().fromSequence(0, 39);
        List<FlinkInference> answers = collect(HybridFlink.infer(
                numbers,
                Questions::numbered,
                stubborn,
                FlinkOptions.builder()
                        .deadline(Duration.ofMillis(100))
                        .margin(Duration.ofMillis(50))
                        .build()));
        assertThat(answers).extracting(FlinkInference::symbol).containsExactlyInAnyOrderElementsOf(symbols(40));
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.inference().source()).isEqualTo("FALLBACK");
            assertThat(answer.inference().degradation()).isEqualTo("TIMEOUT");
        });
        assertThat(MetricsCollector.sum("flinkTimeouts")).isEqualTo(40);
        assertThat(MetricsCollector.sum("degradation.TIMEOUT.degraded")).isEqualTo(40);
        assertThat(MetricsCollector.sum("source.FALLBACK.answers")).isEqualTo(40);
        assertThat(MetricsCollector.sum("inFlight")).isZero();
    }

    /**
     * An engine that does not answer before it is asked a second time, and then gives the first answer too, after the second: as soon
     * as the same subtask asks about another snapshot.
     */
    private static final class Stubborn {
        private final InferenceEngine behind;
        private final Map<String, CompletableFuture<Inference>> held = new ConcurrentHashMap<>();

        private final Map<Thread, MarketSnapshot> previous = new ConcurrentHashMap<>();

        Stubborn(InferenceEngine behind) {
            this.behind = behind;
        }

        private void completeThePrevious(MarketSnapshot asked) {
            MarketSnapshot before = previous.put(Thread.currentThread(), asked);
            if (before != null) {
                held.get(before.symbol()).complete(behind.infer(before, Deadline.after(Duration.ofSeconds(30))));
            }
        }

        InferenceEngine engine() {
            return (InferenceEngine) Proxy.newProxyInstance(
                    InferenceEngine.class.getClassLoader(),
                    new Class<?>[] {InferenceEngine.class},
                    (proxy, method, args) -> {
                        if (method.getName().equals("inferAsync")) {
                            return held.computeIfAbsent(
                                    ((MarketSnapshot) args[0]).symbol(), symbol -> new CompletableFuture<>());
                        }
                        try {
                            Object result = method.invoke(behind, args);
                            if (method.getName().equals("infer")) {
                                completeThePrevious((MarketSnapshot) args[0]);
                            }
                            return result;
                        } catch (InvocationTargetException thrown) {
                            throw thrown.getCause();
                        }
                    });
        }
    }

    @Test
    void anElementWithoutASnapshotFailsTheJobWithoutBeingQuoted() {
        DataStream<Long> numbers = environment().fromSequence(7_654_321, 7_654_321);
        assertThatThrownBy(() -> collect(HybridFlink.infer(
                        numbers,
                        number -> MarketSnapshot.builder("§" + number, Timeframe.H1)
                                .build(),
                        factory(),
                        options().build())))
                .satisfies(thrown -> {
                    List<String> messages = new ArrayList<>();
                    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
                        messages.add(String.valueOf(cause.getMessage()));
                    }
                    assertThat(messages)
                            .anyMatch(message -> message.contains(
                                    "toSnapshot threw java.lang.IllegalArgumentException for an element: a symbol"))
                            .noneMatch(message -> message.contains("7654321"));
                });
    }
}

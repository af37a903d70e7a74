package io.github.hybridinference.deepseek;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.github.hybridinference.EngineHealth.Status;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.InferenceEngineBuilder;
import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.testing.LogCapture;
import io.github.hybridinference.testing.ManualTime;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A whole engine before a service with a fault: what its caller gets, when, for how many calls, and what leaks. */
class EngineFaultTableTest {
    /** Far beyond what a busy machine takes to get round to something. */
    private static final Duration SLACK = Duration.ofSeconds(40);

    private static final Duration PATIENCE = Duration.ofMillis(EngineFault.PATIENCE_MS);

    /** How much longer than its callers a call may go on. */
    private static final Duration LINGERING = Duration.ofSeconds(10);

    private static final Set<EngineFault> EXPLAINED = EnumSet.of(
            EngineFault.STATUS_400,
            EngineFault.STATUS_404,
            EngineFault.STATUS_422,
            EngineFault.STATUS_500,
            EngineFault.STATUS_502,
            EngineFault.STATUS_503,
            EngineFault.STATUS_504,
            EngineFault.ERROR_OBJECT_WITH_200,
            EngineFault.CLOSED_BEFORE_THE_ANSWER,
            EngineFault.RESET_BEFORE_THE_ANSWER,
            EngineFault.RESET_IN_THE_BODY,
            EngineFault.BLANK_LINES_THEN_CLOSE,
            EngineFault.STATUS_429_RETRY_IN_A_SECOND,
            EngineFault.STATUS_429_RETRY_AT_A_DATE,
            EngineFault.STATUS_429_RETRY_IN_AGES,
            EngineFault.STATUS_429_RETRY_AT_A_FAR_DATE,
            EngineFault.HTML_WITH_200,
            EngineFault.CONNECT_REFUSED);

    private static final WireMockServer SERVER =
            new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
    private static final LogCapture LOG = new LogCapture();

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stopAndReadTheLog() {
        SERVER.stop();
        LOG.close();
        assertThat(LOG.text())
                .contains("engine built")
                .doesNotContain(Texts.KEY)
                .doesNotContain(Texts.CANARY);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @EnumSource
    void blockingCallersAreAnsweredInTimeAndAgainOnceItIsOver(EngineFault fault) throws Exception {
        isAnsweredInTimeAndAgainOnceItIsOver(fault, "blocking", (engine, snapshot) -> {
            CompletableFuture<Inference> answer = new CompletableFuture<>();
            Thread caller = new Thread(() -> answer.complete(engine.infer(snapshot)));
            caller.start();
            return answer;
        });
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @EnumSource
    void asynchronousCallersAreAnsweredInTimeAndAgainOnceItIsOver(EngineFault fault) throws Exception {
        isAnsweredInTimeAndAgainOnceItIsOver(fault, "asynchronous", InferenceEngine::inferAsync);
    }

    private void isAnsweredInTimeAndAgainOnceItIsOver(
            EngineFault fault,
            String way,
            BiFunction<InferenceEngine, MarketSnapshot, CompletableFuture<Inference>> ask)
            throws Exception {
        Budget budget = Budget.perDay("1.00");
        Pace pace = Pace.of(fault);
        List<String> sinks = new CopyOnWriteArrayList<>();
        try (Upstream upstream = fault.open(SERVER, fault + "-" + way);
                DeepSeek model = FaultTableTest.model(upstream.url());
                InferenceEngine engine = pace.kept(InferenceEngine.builder())
                        .remote(model)
                        .timeout(PATIENCE)
                        .remoteTimeout(PATIENCE.plus(LINGERING))
                        .budget(budget)
                        .random(() -> 0) // the shortest pauses
                        .listener(new TextListener(sinks))
                        .build()) {
            CompletableFuture<Inference> asked = ask.apply(engine, Texts.market(1));
            if (fault.hangs()) {
                upstream.awaitFlushes(fault.flushes());
                pace.pass(PATIENCE);
            }
            Inference answer = asked.get(2, TimeUnit.MINUTES);

            assertAnswered(answer, fault);
            assertThat(upstream.calls()).as("calls").isEqualTo(fault.calls());
            assertBreaker(engine, fault);

            upstream.heal();
            pace.pass(
                    Duration.ofMinutes(5)); // longer than the call, an open breaker, and the longest pause that is kept
            answer.revision().toCompletableFuture().get(1, TimeUnit.MINUTES);
            Inference next = ask.apply(engine, Texts.market(2)).get(2, TimeUnit.MINUTES);

            assertThat(next.source()).isEqualTo(Source.REMOTE);
            assertThat(next.degradation()).isEmpty();
            assertThat(upstream.calls()).as("calls after the next").isEqualTo(fault.calls() + 1);
            sinks.add(answer + " " + next + " " + answer.signal() + " " + engine + model + engine.stats());
            sinks.add(engine.health().toString());
        }
        assertThat(budget.state(Clock.systemUTC().instant()).reservedNanoUsd()).isZero();
        assertThat(String.join("\n", sinks)).doesNotContain(Texts.KEY).doesNotContain(Texts.CANARY);
    }

    private static void assertAnswered(Inference answer, EngineFault fault) {
        assertThat(answer.degradation()).isEqualTo(fault.degradation());
        assertThat(answer.source()).isEqualTo(fault.degradation().isPresent() ? Source.FALLBACK : Source.REMOTE);
        assertThat(answer.latency())
                .isBetween(fault.shortest(), fault.shortest().plus(SLACK));
    }

    /**
     * Open at once if the key or the balance was refused; one question that failed opens it for no other reason. Where the
     * cause is known, or the service asked to wait, health says so.
     */
    private static void assertBreaker(InferenceEngine engine, EngineFault fault) {
        boolean refused = fault.degradation()
                .filter(known -> known == Degradation.UNAUTHORIZED || known == Degradation.UNPAID)
                .isPresent();
        assertThat(engine.health().component("deepseek-flash").orElseThrow().status())
                .isEqualTo(refused ? Status.UNHEALTHY : EXPLAINED.contains(fault) ? Status.DEGRADED : Status.HEALTHY);
    }

    /** Time by hand where a fault would wait for it, else that of the machine, which can be put forward. */
    private interface Pace {
        InferenceEngineBuilder kept(InferenceEngineBuilder engine);

        void pass(Duration time);

        static Pace of(EngineFault fault) {
            ManualTime time = new ManualTime();
            AtomicLong aheadNanos = new AtomicLong();
            return new Pace() {
                @Override
                public InferenceEngineBuilder kept(InferenceEngineBuilder engine) {
                    return fault.hangs()
                            ? engine.nanoClock(time::nanos).scheduler(time.scheduler())
                            : engine.nanoClock(() -> System.nanoTime() + aheadNanos.get());
                }

                @Override
                public void pass(Duration passing) {
                    time.advance(passing);
                    aheadNanos.addAndGet(passing.toNanos());
                }
            };
        }
    }
}

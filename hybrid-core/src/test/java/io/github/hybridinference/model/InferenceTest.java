package io.github.hybridinference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class InferenceTest {
    private static final RuleVerdict RULES = RuleVerdict.of(Action.BUY, 0.8, RiskLevel.LOW, "Because.");
    private static final Scenario SIMPLE = Scenario.simple(Scenario.Reason.DECISIVE_RULES);
    private static final Scenario COMPLEX = Scenario.complex(Scenario.Reason.UNDECIDED);
    private static final Usage USAGE = new Usage(1, 2, 3, 0, java.util.OptionalLong.of(4));
    private static final Provenance MODEL = new Provenance("model", "v1", Instant.EPOCH, USAGE);
    private static final TradingSignal ADVICE = new TradingSignal(
            Action.SELL, 0.9, RiskLevel.HIGH, OptionalDouble.of(1), OptionalDouble.of(2), "Said the model.");

    private static Inference local(Supplier<String> ids) {
        return Inference.local(ids, RULES, SIMPLE, null, 1_000, 2_000);
    }

    @Test
    void givesTheRulesAnswerToAPlainScenario() {
        Inference answer = local(() -> "id");
        assertThat(answer.source()).isEqualTo(Source.LOCAL);
        assertThat(answer.signal()).isEqualTo(RULES.signal());
        assertThat(answer.rules()).isSameAs(RULES);
        assertThat(answer.scenario()).isSameAs(SIMPLE);
        assertThat(answer.degradation()).isEmpty();
        assertThat(answer.provenance()).isEmpty();
        assertThat(answer.usage()).isEqualTo(Usage.NONE);
        assertThat(answer.validUntil()).isEqualTo(Instant.ofEpochMilli(1_000));
        assertThat(answer.latency()).isEqualTo(Duration.ofNanos(2_000));
        assertThat(answer.latencyNanos()).isEqualTo(2_000);
        assertThat(answer.revision()).isCompletedWithValue(Optional.empty());
        assertThat(answer).hasToString("Inference[BUY, LOCAL, DECISIVE_RULES]");
    }

    @Test
    void givesTheModelsAnswerWithItsProvenance() {
        Inference answer = Inference.ofModel(() -> "id", Source.REMOTE, RULES, COMPLEX, ADVICE, MODEL, 1, 2);
        assertThat(answer.signal()).isSameAs(ADVICE);
        assertThat(answer.rules()).isSameAs(RULES);
        assertThat(answer.provenance()).contains(MODEL);
        assertThat(answer.usage()).isEqualTo(USAGE);
        assertThat(answer).hasToString("Inference[SELL, REMOTE, UNDECIDED]");
        for (Source source : new Source[] {Source.LOCAL, Source.FALLBACK}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Inference.ofModel(() -> "id", source, RULES, COMPLEX, ADVICE, MODEL, 1, 2));
        }
    }

    @Test
    void isNeverSurerThanAHalfWhereTheModelWasMissed() {
        CompletableFuture<Optional<Inference>> late = new CompletableFuture<>();
        Inference answer = Inference.fallback(() -> "id", RULES, COMPLEX, Degradation.TIMEOUT, late, 1, 2);
        assertThat(answer.signal().confidence()).isEqualTo(0.5);
        assertThat(answer.signal().action()).isEqualTo(Action.BUY);
        assertThat(answer.rules().confidence()).as("the rules' own").isEqualTo(0.8);
        assertThat(answer.degradation()).contains(Degradation.TIMEOUT);
        assertThat(answer.revision()).isSameAs(late);
        assertThat(answer).hasToString("Inference[BUY, FALLBACK, UNDECIDED, TIMEOUT]");
    }

    @Test
    void asksForItsIdOnlyWhenItIsAskedForIt() {
        AtomicInteger given = new AtomicInteger();
        Inference answer = local(() -> "id-" + given.incrementAndGet());
        assertThat(answer.toString()).doesNotContain("id-");
        assertThat(given).hasValue(0);
        assertThat(answer.decisionId()).isEqualTo("id-1").isEqualTo(answer.decisionId());
        assertThat(given).hasValue(1);
    }

    @Test
    void hasOneIdThoughManyThreadsAskForItAtOnce() throws Exception {
        int threads = 4;
        AtomicInteger given = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            Set<String> ids = new HashSet<>();
            for (int round = 0; round < 500; round++) {
                Inference answer = local(() -> "id-" + given.incrementAndGet());
                CyclicBarrier start = new CyclicBarrier(threads);
                List<Future<String>> asked = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    asked.add(pool.submit(() -> {
                        start.await();
                        return answer.decisionId();
                    }));
                }
                Set<String> seen = new HashSet<>();
                for (Future<String> one : asked) {
                    seen.add(one.get());
                }
                assertThat(seen).as("round %d", round).hasSize(1);
                assertThat(ids.addAll(seen)).as("an id was given twice").isTrue();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}

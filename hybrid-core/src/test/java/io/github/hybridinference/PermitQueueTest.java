package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.EngineHealth.Status;
import io.github.hybridinference.classify.ScenarioClassifier;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RuleVerdict;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.testing.FakeModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls beyond the limit wait for their turn, the most urgent first, unless it would come too late. */
class PermitQueueTest {
    @ParameterizedTest
    @EnumSource
    void aCallWaitsForItsTurnAndIsThenMade(Way way) {
        try (Bench bench = new Bench(options -> options.maxCallsInFlight(1))) {
            Way.Asked first = bench.ask(way, Snapshots.complex(1));
            Way.Asked second = bench.ask(way, Snapshots.complex(2));
            assertThat(bench.model.attempts()).isEqualTo(1);

            bench.time.advanceMs(200);
            bench.exchange().reply(Replies.BUY);

            assertThat(first.answer().source()).isEqualTo(Source.REMOTE);
            assertThat(bench.model.attempts()).isEqualTo(2);
            bench.model.exchange(1).reply(Replies.BUY);
            assertThat(second.answer().source()).isEqualTo(Source.REMOTE);
            assertThat(second.answer().latency()).isEqualTo(Duration.ofMillis(200));
        }
    }

    @Test
    void theOneWithTheEarliestDeadlineComesFirst() {
        try (Bench bench = new Bench(options -> options.maxCallsInFlight(1))) {
            bench.ask(Way.ASYNC, Snapshots.complex(0));
            Way.Asked late = bench.ask(Way.ASYNC, Snapshots.complex(1), Duration.ofSeconds(2));
            Way.Asked urgent = bench.ask(Way.ASYNC, Snapshots.complex(2), Duration.ofSeconds(1));
            Way.Asked later = bench.ask(Way.ASYNC, Snapshots.complex(3), Duration.ofSeconds(2));

            List<Way.Asked> order = new ArrayList<>(List.of(urgent, late, later));
            for (int turn = 0; turn < 3; turn++) {
                bench.model.exchange(turn).reply(Replies.BUY);
                bench.model.exchange(turn + 1);
                for (int i = 0; i < order.size(); i++) {
                    assertThat(order.get(i).isOpen()).isEqualTo(i >= turn);
                }
            }
        }
    }

    /** Deadlines of one burst are microseconds apart, and 50 ms make a slot: see PermitStage.SAME_DEADLINE_NANOS. */
    @Test
    void withinTheSameDeadlineTheMostValuableComesFirst() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            try (Bench bench = new Bench(options -> options.maxCallsInFlight(1).classifier(BY_STREAK))) {
                bench.ask(Way.ASYNC, Snapshots.complex(0));
                List<Waiting> waiting = new ArrayList<>();
                for (int i = 1; i < 40; i++) {
                    // values 0 to 4, and slots that begin 2,000 and 2,050 ms after the start of the engine
                    int number = 100 * i + random.nextInt(5);
                    long patienceNanos = 1_000_000L * (2_000 + 50 * random.nextInt(2)) + random.nextInt(49_000_000);
                    Duration patience = Duration.ofNanos(patienceNanos);
                    waiting.add(new Waiting(
                            bench.ask(Way.ASYNC, Snapshots.complex(number), patience),
                            patienceNanos / 50_000_000,
                            number % 100,
                            patienceNanos));
                }
                waiting.sort(Comparator.comparingLong(Waiting::slot)
                        .thenComparing(Comparator.comparingInt(Waiting::value).reversed())
                        .thenComparingLong(Waiting::patienceNanos));
                for (int turn = 0; turn < waiting.size(); turn++) {
                    bench.model.exchange(turn).reply(Replies.BUY);
                    assertThat(bench.model.attempts()).isEqualTo(turn + 2);
                    bench.model.exchange(turn + 1);
                    for (int i = 0; i < waiting.size(); i++) {
                        assertThat(waiting.get(i).asked().isOpen()).isEqualTo(i >= turn);
                    }
                }
                bench.model.exchange(waiting.size()).reply(Replies.BUY);
            }
        }
    }

    private record Waiting(Way.Asked asked, long slot, int value, long patienceNanos) {}

    /** Everything is complex, and worth as much as the streak is long. */
    private static final ScenarioClassifier BY_STREAK = new ScenarioClassifier() {
        @Override
        public Scenario classify(MarketSnapshot snapshot, RuleVerdict verdict) {
            return Scenario.complex(Scenario.Reason.CUSTOM);
        }

        @Override
        public double value(MarketSnapshot snapshot, RuleVerdict verdict, Scenario scenario) {
            return snapshot.get(Feature.of("consecutive_up"));
        }
    };

    @Test
    void aClassifierThatCannotSayTheValueStopsNothing() {
        ScenarioClassifier broken = new ScenarioClassifier() {
            @Override
            public Scenario classify(MarketSnapshot snapshot, RuleVerdict verdict) {
                return Scenario.complex(Scenario.Reason.CUSTOM);
            }

            @Override
            public double value(MarketSnapshot snapshot, RuleVerdict verdict, Scenario scenario) {
                throw new IllegalStateException("no value");
            }
        };
        try (Bench bench = new Bench(options -> options.maxCallsInFlight(1).classifier(broken))) {
            bench.ask(Way.ASYNC, Snapshots.complex(0));
            Way.Asked second = bench.ask(Way.ASYNC, Snapshots.complex(1));
            bench.exchange().reply(Replies.BUY);
            bench.model.exchange(1).reply(Replies.BUY);
            assertThat(second.answer().source()).isEqualTo(Source.REMOTE);
            assertThat(bench.engine.stats().errors()).isEqualTo(1);
        }
    }

    @Test
    void aFullQueueIsSaid() {
        try (Bench bench = new Bench(options -> options.maxCallsInFlight(1).maxWaiting(2))) {
            for (int i = 0; i < 3; i++) {
                assertThat(bench.ask(Way.ASYNC, Snapshots.complex(i)).isOpen()).isTrue();
            }
            assertThat(bench.ask(Snapshots.complex(3)).degradation()).contains(Degradation.SATURATED);
        }
    }

    @Test
    void whoGivesUpLeavesRoomForAnother() {
        try (Bench bench = new Bench(options -> options.maxCallsInFlight(1).maxWaiting(1))) {
            bench.ask(Way.ASYNC, Snapshots.complex(0));
            for (int i = 1; i < 500; i++) {
                Way.Asked asked = bench.ask(Way.ASYNC, Snapshots.complex(i));
                assertThat(asked.isOpen()).isTrue();
                asked.future().cancel(true);
            }
            Way.Asked last = bench.ask(Way.ASYNC, Snapshots.complex(500));
            bench.exchange().reply(Replies.BUY);
            bench.model.exchange(1).reply(Replies.BUY);
            assertThat(last.answer().source()).isEqualTo(Source.REMOTE);
            assertThat(bench.model.attempts())
                    .as("nobody was asked for those who gave up")
                    .isEqualTo(2);
        }
    }

    @Test
    void whoGaveUpIsNotCountedAsWaitingAgainWhenThePermitPasses() {
        try (Bench bench = new Bench(options -> options.maxCallsInFlight(1).maxWaiting(1))) {
            bench.ask(Way.ASYNC, Snapshots.complex(0));
            bench.ask(Way.ASYNC, Snapshots.complex(1)).future().cancel(true);
            bench.exchange().reply(Replies.BUY);

            bench.ask(Way.ASYNC, Snapshots.complex(2));
            assertThat(bench.ask(Way.ASYNC, Snapshots.complex(3)).isOpen()).isTrue();
            assertThat(bench.ask(Snapshots.complex(4)).degradation()).contains(Degradation.SATURATED);
        }
    }

    @Test
    void whatCannotBeReachedInTimeIsSaidAtOnce() {
        try (Bench bench = new Bench(options -> options.maxCallsInFlight(1))) {
            bench.ask(Way.ASYNC, Snapshots.complex(0));
            bench.time.advanceMs(400);
            bench.exchange().reply(Replies.BUY); // 400 ms a call
            bench.ask(Way.ASYNC, Snapshots.complex(1));
            assertThat(bench.ask(Way.ASYNC, Snapshots.complex(2), Duration.ofMillis(199))
                            .answer()
                            .degradation())
                    .contains(Degradation.TIMEOUT);
            for (int waiting = 1;
                    waiting <= 15;
                    waiting++) { // at 200 ms the next one would come to its turn after 3.2 s, and has 3
                assertThat(bench.ask(Way.ASYNC, Snapshots.complex(10 + waiting)).isOpen())
                        .isTrue();
            }
            assertThat(bench.ask(Snapshots.complex(40)).degradation()).contains(Degradation.TIMEOUT);
            assertThat(bench.ask(Way.ASYNC, Snapshots.complex(50), Duration.ofMillis(201))
                            .isOpen())
                    .as("an earlier deadline goes first")
                    .isTrue();
            assertThat(bench.engine.stats().consecutiveFailures()).isZero();
        }
    }

    @Test
    void theRateIsThatOfTheRecentCallsNotOfTheFirstOrTheLast() {
        try (Bench bench = new Bench(options -> options.maxCallsInFlight(1))) {
            bench.ask(Way.ASYNC, Snapshots.complex(0));
            bench.time.advanceMs(160);
            bench.exchange().reply(Replies.BUY);
            bench.ask(Way.ASYNC, Snapshots.complex(1));
            bench.time.advanceMs(1_760);
            bench.model.exchange(1).reply(Replies.BUY); // 160 + (1,760 - 160) / 16 = 260 ms a call
            bench.ask(Way.ASYNC, Snapshots.complex(2));

            assertThat(bench.ask(Way.ASYNC, Snapshots.complex(3), Duration.ofMillis(129))
                            .isOpen())
                    .isFalse();
            assertThat(bench.ask(Way.ASYNC, Snapshots.complex(4), Duration.ofMillis(131))
                            .isOpen())
                    .isTrue();
        }
    }

    /** A call ends at its own limit, however long its caller would wait. */
    @Test
    void whatCannotBeReachedBeforeTheCallsLimitIsSaidAtOnceToo() {
        try (Bench bench = new Bench(options -> options.maxCallsInFlight(1))) {
            bench.ask(Way.ASYNC, Snapshots.complex(0));
            bench.time.advanceMs(2_000);
            bench.exchange().reply(Replies.BUY);
            bench.ask(Way.ASYNC, Snapshots.complex(1));
            for (int i = 2; i < 12; i++) { // at 1 s each the tenth comes to its turn after 10 s, which is the limit
                assertThat(bench.ask(Way.ASYNC, Snapshots.complex(i), Duration.ofSeconds(60))
                                .isOpen())
                        .isTrue();
            }
            Way.Asked last = bench.ask(Way.ASYNC, Snapshots.complex(12), Duration.ofSeconds(60));
            assertThat(last.isOpen()).isFalse();
            assertThat(last.answer().degradation()).contains(Degradation.TIMEOUT);
        }
    }

    @Test
    void theMorePermitsTheSoonerTheTurn() {
        try (Bench bench = new Bench(options -> options.maxCallsInFlight(4))) {
            for (int i = 0; i < 4; i++) {
                bench.ask(Way.ASYNC, Snapshots.complex(i));
            }
            bench.time.advanceMs(400);
            for (int i = 0; i < 4; i++) {
                bench.model.exchange(i).reply(Replies.BUY);
                bench.ask(Way.ASYNC, Snapshots.complex(4 + i));
            }
            // a call ends each 100 ms
            assertThat(bench.ask(Way.ASYNC, Snapshots.complex(8), Duration.ofMillis(49))
                            .isOpen())
                    .isFalse();
            assertThat(bench.ask(Way.ASYNC, Snapshots.complex(9), Duration.ofMillis(51))
                            .isOpen())
                    .isTrue();
        }
    }

    @Test
    void whoGaveUpDelaysNobody() {
        try (Bench bench = new Bench(options -> options.maxCallsInFlight(1))) {
            bench.ask(Way.ASYNC, Snapshots.complex(0));
            bench.time.advanceMs(400);
            bench.exchange().reply(Replies.BUY);
            bench.ask(Way.ASYNC, Snapshots.complex(1));
            for (int i = 2; i < 10; i++) {
                Way.Asked asked = bench.ask(Way.ASYNC, Snapshots.complex(i), Duration.ofMillis(201));
                assertThat(asked.isOpen()).isTrue();
                asked.future().cancel(true);
            }
        }
    }

    @Test
    void aCallOfWhichNobodyIsLeftIsNotMadeWhenItsTurnComes() {
        try (Bench bench = new Bench(options -> options.maxCallsInFlight(1).maxConsecutiveFailures(100))) {
            bench.ask(Way.ASYNC, Snapshots.complex(0));
            Way.Asked waiting = bench.ask(Way.ASYNC, Snapshots.complex(1), Duration.ofMillis(500));
            bench.time.advanceMs(500);
            assertThat(waiting.answer().degradation()).contains(Degradation.TIMEOUT);
            bench.exchange().reply(Replies.BUY);
            assertThat(bench.model.attempts()).isEqualTo(1);
            assertThat(bench.ask(Way.ASYNC, Snapshots.complex(2)).isOpen()).isTrue();
            assertThat(bench.model.attempts()).as("the permit went on").isEqualTo(2);
        }
    }

    @Test
    void waitingDoesNotCountAgainstTheModel() {
        try (Bench bench = new Bench(
                options -> options.maxCallsInFlight(1).maxConsecutiveFailures(1).timeout(Bench.TIMEOUT))) {
            bench.ask(Way.ASYNC, Snapshots.complex(0));
            for (int i = 1; i <= 4; i++) {
                bench.ask(Way.ASYNC, Snapshots.complex(i), Duration.ofSeconds(60));
            }
            for (int i = 0; i < 4; i++) {
                bench.time.advanceMs(2_900);
                bench.model.exchange(i).reply(Replies.BUY);
            }
            assertThat(bench.engine
                            .health()
                            .component("fake-model")
                            .orElseThrow()
                            .status())
                    .isEqualTo(Status.HEALTHY);
        }
    }

    @Test
    void closingAnswersAllWhoWaitAndAsksNobodyMore() {
        List<Way.Asked> asked = new ArrayList<>();
        Bench bench = new Bench(options -> options.maxCallsInFlight(1));
        for (int i = 0; i < 200; i++) {
            asked.add(bench.ask(Way.ASYNC, Snapshots.complex(i)));
        }
        bench.close();
        assertThat(asked)
                .allSatisfy(one -> assertThat(one.answer().degradation()).contains(Degradation.CLOSED));
        assertThat(bench.model.attempts()).isEqualTo(1);
    }

    /** An executor that runs each task at once, and a model that answers at once: no call may deepen the stack. */
    @Test
    void aLongQueueIsServedWithoutDeepeningTheStack() {
        try (Bench bench = new Bench(options -> options.maxCallsInFlight(1))) {
            bench.ask(Way.ASYNC, Snapshots.complex(0));
            List<Way.Asked> waiting = new ArrayList<>();
            for (int i = 1; i < 9_000; i++) {
                waiting.add(bench.ask(Way.ASYNC, Snapshots.complex(i)));
            }
            bench.model.always(FakeModel.replying(Replies.BUY));
            bench.exchange().reply(Replies.BUY);
            assertThat(waiting)
                    .allSatisfy(one -> assertThat(one.answer().source()).isEqualTo(Source.REMOTE));
            assertThat(bench.engine.stats().errors()).isZero();
        }
    }

    /** Random arrivals, deadlines, endings and cancellations: every caller is answered, never more calls than permits. */
    @Test
    void keepsTheLimitAndAnswersEveryoneWhateverHappens() {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            int limit = 1 + random.nextInt(4);
            try (Bench bench = new Bench(
                    options -> options.maxCallsInFlight(limit).maxWaiting(8).maxConsecutiveFailures(10_000))) {
                List<CompletableFuture<Inference>> all = new ArrayList<>();
                int ended = 0;
                for (int step = 0; step < 300; step++) {
                    switch (random.nextInt(4)) {
                        case 0, 1 ->
                            all.add(bench.ask(
                                            Way.ASYNC,
                                            Snapshots.complex(seed * 1_000 + step),
                                            Duration.ofMillis(100 + random.nextInt(5_000)))
                                    .future());
                        case 2 -> bench.time.advanceMs(random.nextInt(400));
                        default -> {
                            int open = bench.model.attempts();
                            for (int i = 0; i < open; i++) {
                                FakeModel.Exchange exchange = bench.model.exchange(i);
                                if (!exchange.isOver() && random.nextBoolean()) {
                                    if (random.nextInt(5) == 0) {
                                        FakeModel.failing(Reason.REJECTED).accept(exchange);
                                    } else {
                                        exchange.reply(Replies.BUY);
                                    }
                                    ended++;
                                    break;
                                }
                            }
                        }
                    }
                    long underWay = 0;
                    for (int i = 0; i < bench.model.attempts(); i++) {
                        underWay += bench.model.exchange(i).isOver() ? 0 : 1;
                    }
                    assertThat(underWay).isLessThanOrEqualTo(limit);
                }
                bench.time.advance(Duration.ofMinutes(1));
                assertThat(all).allMatch(CompletableFuture::isDone);
                assertThat(ended).isPositive();
            }
        }
    }
}

package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.testing.FakeModel;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One model after another, inside one deadline and one budget. */
class ChainTest {
    private final FakeModel second = new FakeModel("second-model").always(FakeModel.replying(Replies.BUY));

    @ParameterizedTest
    @EnumSource
    void asksTheSecondModelWhenTheFirstFailedWithTimeLeft(Way way) {
        try (Bench bench = new Bench(options -> options.thenRemote(second))) {
            bench.model.then(FakeModel.failing(Reason.REJECTED));
            Inference answer = bench.ask(way, Snapshots.complex(1)).answer();
            assertThat(answer.source()).isEqualTo(Source.REMOTE);
            assertThat(answer.provenance().orElseThrow().model()).isEqualTo(Replies.MODEL);
            assertThat(bench.heard.calls())
                    .extracting(InferenceListener.RemoteCall::model)
                    .containsExactly("fake-model", "second-model");
            assertThat(bench.engine.stats().remoteCalls())
                    .as("calls for which a model was asked")
                    .isEqualTo(1);
            assertThat(bench.engine.stats().upstreamAttempts()).isEqualTo(2);
        }
    }

    @Test
    void chargesTheCallerForThePaidReplyOfTheFirstModelToo() {
        try (Bench bench = new Bench(options -> options.thenRemote(second))) {
            bench.model.then(FakeModel.replying(Replies.NONSENSE));
            Inference answer = bench.ask(Snapshots.complex(1));
            assertThat(answer.source()).isEqualTo(Source.REMOTE);
            assertThat(answer.usage()).isEqualTo(Replies.USAGE.plus(Replies.USAGE));
        }
    }

    @Test
    void asksTheSecondModelWithoutTheFirstWhileThatOnesBreakerIsOpen() {
        try (Bench bench = new Bench(options -> options.thenRemote(second))) {
            bench.model.then(FakeModel.failing(Reason.UNPAID));
            bench.ask(Snapshots.complex(1));
            assertThat(bench.ask(Snapshots.complex(2)).source()).isEqualTo(Source.REMOTE);
            assertThat(bench.model.attempts()).isEqualTo(1);
            assertThat(second.attempts()).isEqualTo(2);
            assertThat(bench.engine
                            .health()
                            .component("second-model")
                            .orElseThrow()
                            .status())
                    .isEqualTo(EngineHealth.Status.HEALTHY);
        }
    }

    @Test
    void saysWhyTheLastOneFailed() {
        second.always(FakeModel.failing(Reason.UNAUTHORIZED));
        try (Bench bench = new Bench(options -> options.thenRemote(second))) {
            bench.model.then(FakeModel.failing(Reason.REJECTED));
            assertThat(bench.ask(Snapshots.complex(1)).degradation()).contains(Degradation.UNAUTHORIZED);
            bench.model.then(FakeModel.failing(Reason.REJECTED));
            assertThat(bench.ask(Snapshots.complex(2)).degradation())
                    .as("the second one is barred, so the first one's failure it is")
                    .contains(Degradation.REJECTED);
        }
    }

    @Test
    void barsTheRequestOnlyWhenEveryBreakerIsOpen() {
        second.always(FakeModel.failing(Reason.UNAUTHORIZED));
        try (Bench bench = new Bench(options -> options.thenRemote(second))) {
            bench.model.then(FakeModel.failing(Reason.UNPAID));
            bench.ask(Snapshots.complex(1));
            assertThat(bench.ask(Snapshots.complex(2)).degradation()).contains(Degradation.BREAKER_OPEN);
            assertThat(bench.model.attempts() + second.attempts()).isEqualTo(2);
        }
    }

    @Test
    void callsNoOtherModelOnceTheDeadlineHasPassed() {
        try (Bench bench = new Bench(options -> options.thenRemote(second))) {
            Way.Asked asked = bench.ask(Way.ASYNC, Snapshots.complex(1), Duration.ofMillis(100));
            bench.time.advanceMs(100);
            FakeModel.failing(Reason.REJECTED).accept(bench.exchange());
            assertThat(asked.answer().degradation()).contains(Degradation.TIMEOUT);
            assertThat(second.attempts()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PRIVACY", "CANCELLED"})
    void callsNoOtherModelWhereThatCannotHelp(Reason reason) {
        try (Bench bench = new Bench(options -> options.thenRemote(second))) {
            bench.model.then(FakeModel.failing(reason));
            assertThat(bench.ask(Snapshots.complex(1)).degradation()).contains(reason.degradation());
            assertThat(second.attempts()).isZero();
        }
    }

    @Test
    void asksTheCheaperModelWhenTheBudgetRefusesTheDearerOne() {
        Budget budget = Budget.perDay("0.00001");
        try (Bench bench = new Bench(options -> options.thenRemote(second).budget(budget))) {
            bench.model.quoting(() -> OptionalLong.of(10_001));
            second.quoting(() -> OptionalLong.of(10_000));
            assertThat(bench.ask(Snapshots.complex(1)).source()).isEqualTo(Source.REMOTE);
            assertThat(bench.model.attempts()).isZero();
        }
    }

    @Test
    void givesEachModelAllItsAttempts() {
        try (Bench bench = new Bench(options -> options.thenRemote(second).maxAttempts(2))) {
            bench.model.always(FakeModel.failing(Reason.UNAVAILABLE));
            second.then(FakeModel.failing(Reason.UNAVAILABLE));
            Way.Asked asked = bench.ask(Way.ASYNC, Snapshots.complex(1));
            bench.time.advanceMs(400);
            assertThat(asked.answer().source()).isEqualTo(Source.REMOTE);
            assertThat(bench.model.attempts()).isEqualTo(2);
            assertThat(second.attempts()).isEqualTo(2);
        }
    }
}

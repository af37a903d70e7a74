package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.testing.FakeModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No more calls in flight than allowed, and every permit comes back; none waits for one. */
class SaturationTest {
    @ParameterizedTest
    @EnumSource
    void answersTheOverflowByTheRulesAtOnce(Way way) {
        try (Bench bench = new Bench(options -> options.maxCallsInFlight(2).maxWaiting(0))) {
            bench.ask(way, Snapshots.complex(1));
            bench.ask(way, Snapshots.complex(2));
            Inference third = bench.ask(way, Snapshots.complex(3)).answer();
            assertThat(third.degradation()).contains(Degradation.SATURATED);
            assertThat(third.latency()).isZero();
            assertThat(bench.model.attempts()).isEqualTo(2);
            assertThat(bench.engine.stats().consecutiveFailures()).isZero();
        }
    }

    @Test
    void letsJoinersInThoughNoMoreCallsAreAllowed() {
        try (Bench bench = new Bench(options -> options.maxCallsInFlight(1).maxWaiting(0))) {
            bench.ask(Way.ASYNC, Snapshots.complex(1));
            Way.Asked joiner = bench.ask(Way.ASYNC, Snapshots.complex(1));
            assertThat(joiner.isOpen()).isTrue();
        }
    }

    @Test
    void keepsThePermitWhileTheCallGoesOnAfterItsCallersWereAnswered() {
        try (Bench bench = new Bench(options -> options.maxCallsInFlight(1).maxWaiting(0))) {
            bench.ask(Way.ASYNC, Snapshots.complex(1));
            bench.time.advance(Bench.TIMEOUT);
            assertThat(bench.ask(Snapshots.complex(2)).degradation()).contains(Degradation.SATURATED);
            bench.time.advance(Bench.REMOTE_TIMEOUT.minus(Bench.TIMEOUT));
            assertThat(bench.ask(Way.ASYNC, Snapshots.complex(3)).isOpen()).isTrue();
        }
    }

    @Test
    void getsThePermitBackHoweverARequestEnds() {
        try (Bench bench =
                new Bench(options -> options.maxCallsInFlight(1).maxWaiting(0).maxConsecutiveFailures(100))) {
            List<Consumer<Way.Asked>> endings = new ArrayList<>();
            endings.add(asked -> last(bench).reply(Replies.BUY));
            endings.add(asked -> last(bench).reply(Replies.NONSENSE));
            endings.add(asked -> FakeModel.failing(Reason.REJECTED).accept(last(bench)));
            endings.add(asked -> last(bench).fail(new IllegalStateException("of the adapter")));
            endings.add(asked -> asked.future().cancel(true));
            endings.add(asked -> bench.time.advance(Bench.REMOTE_TIMEOUT));
            for (int i = 0; i < endings.size(); i++) {
                Way.Asked asked = bench.ask(Way.ASYNC, Snapshots.complex(i));
                assertThat(asked.isOpen()).as("permit for request %d", i).isTrue();
                endings.get(i).accept(asked);
                assertThat(asked.isOpen()).isFalse();
            }
        }
    }

    private static FakeModel.Exchange last(Bench bench) {
        return bench.model.exchange(bench.model.attempts() - 1);
    }
}

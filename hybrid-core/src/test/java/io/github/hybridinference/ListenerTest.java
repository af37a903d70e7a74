package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.RecordingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Listeners hear of everything once, and harm nothing. */
class ListenerTest {
    @Test
    void hearOfEveryAnswerWithWhatWasAsked() {
        List<MarketSnapshot> asked = new ArrayList<>();
        InferenceListener noting = new InferenceListener() {
            @Override
            public void onAnswer(MarketSnapshot snapshot, Inference answer) {
                asked.add(snapshot);
            }
        };
        try (Bench bench = new Bench(options -> options.listener(noting))) {
            bench.model.then(FakeModel.replying(Replies.BUY));
            MarketSnapshot simple = Snapshots.simple();
            MarketSnapshot complex = Snapshots.complex(1);
            List<Inference> answers = List.of(bench.ask(simple), bench.ask(complex), bench.ask(complex));
            assertThat(bench.heard.answers()).isEqualTo(answers);
            assertThat(asked).containsExactly(simple, complex, complex);
        }
    }

    @Test
    void hearOfACallWhatItTook() {
        try (Bench bench = new Bench()) {
            bench.ask(Way.ASYNC, Snapshots.complex(1));
            bench.time.advanceMs(70);
            bench.exchange().reply(Replies.BUY);
            assertThat(bench.heard.calls())
                    .containsExactly(new InferenceListener.RemoteCall(
                            "fake-model", 1, Replies.USAGE, 0, 70_000_000, Optional.empty()));
        }
    }

    @Test
    void thatThrowChangeNothingAndAreLoggedOnce() {
        InferenceListener broken = new InferenceListener() {
            @Override
            public void onAnswer(MarketSnapshot snapshot, Inference answer) {
                throw new IllegalStateException("a secret of the listener");
            }

            @Override
            public void onRemoteCall(RemoteCall call) {
                throw new AssertionError("another");
            }

            @Override
            public void onBreakerChange(EngineHealth.Component breaker) {
                throw new IllegalStateException("and another");
            }
        };
        RecordingListener after = new RecordingListener();
        try (LogProbe log = new LogProbe();
                Bench bench = new Bench(options -> options.listener(broken).listener(after))) {
            bench.model.then(FakeModel.replying(Replies.BUY)).then(FakeModel.failing(Reason.UNPAID));
            assertThat(bench.ask(Snapshots.complex(1)).source()).isEqualTo(Source.REMOTE);
            assertThat(bench.ask(Snapshots.simple()).source()).isEqualTo(Source.LOCAL);
            assertThat(bench.ask(Snapshots.complex(2)).source()).isEqualTo(Source.FALLBACK);
            assertThat(after.answers()).hasSize(3);
            assertThat(after.breakers()).hasSize(1);
            assertThat(log.warnings().stream().filter(line -> line.contains("listener")))
                    .singleElement()
                    .satisfies(line -> assertThat(line).doesNotContain("secret"));
        }
    }

    @Test
    void ofTwoEnginesAreComplainedOfSeparately() {
        InferenceListener broken = new InferenceListener() {
            @Override
            public void onAnswer(MarketSnapshot snapshot, Inference answer) {
                throw new IllegalStateException();
            }
        };
        try (LogProbe log = new LogProbe();
                Bench bench = new Bench(options -> options.listener(broken).listener(broken))) {
            bench.ask(Snapshots.simple());
            assertThat(log.warnings()).hasSize(2);
        }
    }
}

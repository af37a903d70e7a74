package io.github.hybridinference;

import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.ManualTime;
import io.github.hybridinference.testing.RecordingListener;
import java.time.Duration;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.assertj.core.api.Assertions;

/**
 * An engine on a bench: one model that does as told, time by hand, and no thread of its own, so that whatever happens has
 * happened when the test's call returns.
 */
final class Bench implements AutoCloseable {
    static final Duration TIMEOUT = Duration.ofSeconds(3);
    static final Duration REMOTE_TIMEOUT = Duration.ofSeconds(10);

    final ManualTime time;
    final FakeModel model = new FakeModel();
    final RecordingListener heard = new RecordingListener();
    final InferenceEngine engine;

    Bench() {
        this(options -> options);
    }

    Bench(UnaryOperator<InferenceEngineBuilder> options) {
        this(new ManualTime(), options);
    }

    /** For engines that share their time, as those of a fleet do. */
    Bench(ManualTime time, UnaryOperator<InferenceEngineBuilder> options) {
        this.time = time;
        engine = options.apply(InferenceEngine.builder()
                        .remote(model)
                        .replyVerifier(Replies::verify)
                        .listener(heard)
                        .clock(time.wall())
                        .nanoClock(time::nanos)
                        .scheduler(time.scheduler())
                        .random(new Random(1))
                        .executor(Runnable::run))
                .build();
    }

    Inference ask(MarketSnapshot snapshot) {
        return ask(Way.ASYNC, snapshot).answer();
    }

    Way.Asked ask(Way way, MarketSnapshot snapshot) {
        return way.ask(engine, snapshot, null);
    }

    Way.Asked ask(Way way, MarketSnapshot snapshot, Duration patience) {
        return way.ask(engine, snapshot, Deadline.after(patience, time::nanos));
    }

    FakeModel.Exchange exchange() {
        return model.exchange(0);
    }

    void assertBooksBalance() {
        EngineStats stats = engine.stats();
        Assertions.assertThat(stats.totalRequests())
                .isEqualTo(stats.localCalls()
                        + stats.cacheHits()
                        + stats.remoteAnswers()
                        + stats.fallbackCalls()
                        + stats.cancelled());
    }

    /** With no request open the books balance; a closed engine has let go of every alarm it had set. */
    @Override
    public void close() {
        engine.close();
        assertBooksBalance();
    }
}

package io.github.hybridinference.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.EngineHealth;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.InferenceEngineBuilder;
import io.github.hybridinference.InferenceListener;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.ReplyProblem;
import io.github.hybridinference.reply.ReplyVerifier;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.LogCapture;
import io.github.hybridinference.testing.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Canaries in symbol, fields and foreign exceptions, through every path of an engine: none in any sink. */
class EngineCanaryTest {
    private static final String FOREIGN = "canary-foreign-message";
    private static final Canaries CANARIES = Canaries.of(
            "CANARY-SYM", "canary_field", "canary-value", "sk-canary", "64123.789", "81726354", "27.98765", FOREIGN);

    /** Enough for a machine under load. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Map<String, Object> FIELDS = Map.of(
            "canary_field_account",
            81_726_354,
            "api_key",
            "sk-canary-0123456789",
            "mfi_14",
            27.987654321,
            "features",
            Map.of("note", "canary-value", "rsi_7", "canary-value"));

    private final LogCapture log = new LogCapture();
    private final List<String> sinks = new CopyOnWriteArrayList<>();
    private final RecordingCache cache = new RecordingCache(sinks);

    private static MarketSnapshot.Builder market(double rsi) {
        return MarketSnapshot.builder("CANARY-SYM", Timeframe.H1)
                .price(64_123.789)
                .rsi(rsi)
                .volatilityPct(2)
                .features(FIELDS);
    }

    /** A situation that goes to the model. */
    private static MarketSnapshot hard() {
        return market(50).build();
    }

    private InferenceEngineBuilder engine(FakeModel model) {
        return InferenceEngine.builder()
                .remote(model)
                .timeout(PATIENCE)
                .remoteTimeout(PATIENCE.multipliedBy(2))
                .cache(cache)
                .listener(new Recorder())
                .random(new Random(1));
    }

    private Inference infer(InferenceEngine engine, MarketSnapshot snapshot) {
        Inference answer = engine.infer(snapshot);
        sinks.add(answer + " " + answer.decisionId() + " " + answer.signal() + " " + answer.rules() + " "
                + answer.scenario() + " " + answer.provenance() + " " + answer.usage() + " " + snapshot + " "
                + snapshot.dropped());
        sinks.add(engine.stats() + " " + engine.health() + " " + engine);
        sinks.add(Texts.threadNames());
        return answer;
    }

    @AfterEach
    void findsNoCanaryAnywhere() {
        log.close();
        sinks.add(log.text());
        CANARIES.assertAbsentFrom(String.join("\n", sinks));
        assertThat(log.text()).as("logging was looked into").contains("engine built");
    }

    @Test
    void whenTheRulesAnswer() {
        try (InferenceEngine engine = engine(Models.answering()).build()) {
            Inference answer = infer(engine, market(12).volumeRatio(2).build());
            assertThat(answer.source()).isEqualTo(Source.LOCAL);
            assertThat(engine.stats().sensitiveFieldsBlocked()).isEqualTo(1);
        }
    }

    @Test
    void whenTheRulesAnswersAreRemembered() {
        try (InferenceEngine engine =
                engine(Models.answering()).cacheLocalAnswers().build()) {
            MarketSnapshot plain = market(12).volumeRatio(2).build();
            assertThat(infer(engine, plain).source()).isEqualTo(Source.LOCAL);
            assertThat(infer(engine, plain).source()).isEqualTo(Source.CACHE);
            assertThat(cache.puts()).isEqualTo(1);
        }
    }

    @Test
    void whenTheModelAnswersAndTheCacheAfterIt() {
        FakeModel model = Models.answering();
        try (InferenceEngine engine = engine(model).cachePerSymbol(new byte[32]).build()) {
            assertThat(infer(engine, hard()).source()).isEqualTo(Source.REMOTE);
            assertThat(infer(engine, hard()).source()).isEqualTo(Source.CACHE);
        }
        Models.questionsTo(model).forEach(question -> sinks.add(question + " " + Told.text(question.snapshot())));
        assertThat(cache.puts()).isEqualTo(1);
    }

    @Test
    void whenTheModelIsAskedAgain() {
        FakeModel model = Models.answering().then(FakeModel.failing(new RemoteException(Reason.STALE_CONNECTION)));
        try (InferenceEngine engine = engine(model).build()) {
            assertThat(infer(engine, hard()).source()).isEqualTo(Source.REMOTE);
        }
        assertThat(model.attempts()).isEqualTo(2);
    }

    @Test
    void whenTheModelFails() {
        for (Reason reason : Reason.values()) {
            FakeModel model = new FakeModel().always(FakeModel.failing(RemoteException.beforeSending(reason)));
            try (InferenceEngine engine = engine(model).maxAttempts(1).build()) {
                assertThat(infer(engine, hard()).source()).as("%s", reason).isEqualTo(Source.FALLBACK);
            }
        }
    }

    @Test
    void whenTheModelFailsWithAForeignException() {
        RuntimeException foreign = new IllegalStateException(FOREIGN, new RuntimeException(FOREIGN));
        FakeModel failing = new FakeModel().always(FakeModel.failing(foreign));
        FakeModel throwing = new FakeModel().always(exchange -> {
            throw foreign;
        });
        for (FakeModel model : List.of(failing, throwing)) {
            try (InferenceEngine engine =
                    engine(model).maxConsecutiveFailures(1).build()) {
                assertThat(infer(engine, hard()).degradation()).contains(Degradation.INTERNAL);
                infer(engine, market(51).build());
            }
        }
    }

    @Test
    void whenTheReplyIsNotBelieved() {
        ReplyVerifier doubting = (reply, sent) -> new ReplyVerifier.Rejected(ReplyProblem.NO_OBJECT);
        ReplyVerifier broken = (reply, sent) -> {
            throw new IllegalStateException(FOREIGN);
        };
        for (ReplyVerifier verifier : List.of(doubting, broken)) {
            FakeModel model = new FakeModel().always(exchange -> exchange.reply(Models.reply(FOREIGN)));
            try (InferenceEngine engine = InferenceEngine.builder()
                    .remote(model)
                    .replyVerifier(verifier)
                    .listener(new Recorder())
                    .build()) {
                assertThat(infer(engine, hard()).source()).isEqualTo(Source.FALLBACK);
            }
        }
    }

    @Test
    void whenTheModelAnswersLate() {
        ManualTime time = new ManualTime();
        FakeModel model = new FakeModel();
        try (InferenceEngine engine = engine(model)
                .clock(time.wall())
                .nanoClock(time::nanos)
                .scheduler(time.scheduler())
                .executor(Runnable::run)
                .build()) {
            CompletableFuture<Inference> asked = engine.inferAsync(hard());
            time.advance(PATIENCE);
            Inference answer = asked.join();
            assertThat(answer.degradation()).contains(Degradation.TIMEOUT);
            model.exchange(0).reply(Models.goodReply());
            Optional<Inference> revision =
                    answer.revision().toCompletableFuture().join();
            assertThat(revision).isPresent();
            sinks.add(answer + " " + revision + " " + engine.stats());
        }
    }

    @Test
    void whenAPartOfTheUsersThrows() {
        RuntimeException foreign = new IllegalStateException(FOREIGN, new RuntimeException(FOREIGN));
        InferenceListener deaf = new InferenceListener() {
            @Override
            public void onAnswer(MarketSnapshot snapshot, Inference answer) {
                throw foreign;
            }
        };
        List<InferenceEngineBuilder> builders = List.of(
                engine(Models.answering()).rules(snapshot -> {
                    throw foreign;
                }),
                engine(Models.answering()).classifier((snapshot, verdict) -> {
                    throw foreign;
                }),
                engine(Models.answering()).anonymizer(snapshot -> {
                    throw foreign;
                }),
                engine(Models.answering()).listener(deaf),
                InferenceEngine.builder().remote(Models.answering()).cache(new RecordingCache(sinks, foreign)));
        for (InferenceEngineBuilder builder : builders) {
            try (InferenceEngine engine = builder.build()) {
                infer(engine, hard());
            }
        }
    }

    @Test
    void whenTheEngineIsClosedMeanwhile() throws Exception {
        InferenceEngine engine = engine(new FakeModel()).build();
        CompletableFuture<Inference> open = engine.inferAsync(hard());
        engine.close();
        Inference answer = open.get(30, TimeUnit.SECONDS);
        assertThat(answer.degradation()).contains(Degradation.CLOSED);
        sinks.add(answer.toString());
        try {
            engine.infer(hard());
        } catch (IllegalStateException closed) {
            sinks.add(Texts.of(closed));
        }
    }

    private final class Recorder implements InferenceListener {
        @Override
        public void onAnswer(MarketSnapshot snapshot, Inference answer) {
            sinks.add(snapshot + " " + answer);
        }

        @Override
        public void onRevision(MarketSnapshot snapshot, Inference revision) {
            sinks.add(snapshot + " " + revision);
        }

        @Override
        public void onRemoteCall(RemoteCall call) {
            sinks.add(call.toString());
        }

        @Override
        public void onAttemptFailed(String model, RemoteException failure, boolean retried) {
            sinks.add(model + " " + Texts.of(failure));
        }

        @Override
        public void onBreakerChange(EngineHealth.Component breaker) {
            sinks.add(breaker.toString());
        }
    }
}

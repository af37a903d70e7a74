package io.github.hybridinference.redis;

import static io.github.hybridinference.redis.Entries.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.EngineHealth;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.InferenceEngineBuilder;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;

/** Several engines, each with connections of its own, before one Redis. */
final class FleetTest {
    static final RemoteReply REPLY = new RemoteReply(
            "{\"action\":\"BUY\",\"confidence\":0.7,\"risk\":\"low\",\"stop_loss_pct\":1.5,\"take_profit_pct\":3,"
                    + "\"reasoning\":\"calm\"}",
            RemoteReply.Finish.STOP,
            new Usage(0, 100, 20, 0, OptionalLong.of(1_000)),
            "a-model");

    private final ManualTime time = new ManualTime();
    private final List<InferenceEngine> engines = new ArrayList<>();
    private TestRedis server;

    @BeforeEach
    void start() {
        server = TestRedis.start();
    }

    @AfterEach
    void stop() {
        engines.forEach(InferenceEngine::close);
        server.close();
    }

    private InferenceEngine engine(FakeModel model, Duration timeout, Duration lease) {
        RedisSignalCache redis = RedisSignalCache.builder(server.url())
                .timeout(timeout)
                .lease(lease)
                .connect();
        InferenceEngineBuilder builder = InferenceEngine.builder()
                .remote(model)
                .cache(SignalCache.tiered(SignalCache.inMemory(1_000), redis))
                .callLease(redis)
                .clock(time.wall())
                .timeout(Duration.ofSeconds(10))
                .refreshAfter(Duration.ofMinutes(5))
                .ownParts();
        InferenceEngine engine = builder.build();
        engines.add(engine);
        return engine;
    }

    private InferenceEngine patient(FakeModel model) {
        return engine(model, Duration.ofSeconds(1), Duration.ofSeconds(30));
    }

    private static MarketSnapshot question(int number) {
        return MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                .time(ManualTime.START)
                .rsi(50)
                .volatilityPct(2.1)
                .feature("consecutive_up", number % 100)
                .feature("consecutive_down", Math.floorDiv(number, 100))
                .build();
    }

    @Test
    void oneAsksForAll() {
        FakeModel model = new FakeModel();
        for (int i = 0; i < 4; i++) {
            patient(model);
        }
        List<CompletableFuture<Inference>> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            answers.add(engines.get(i % 4).inferAsync(question(1)));
        }

        model.exchange(0).reply(REPLY);

        assertThat(answers.stream().map(Entries::join))
                .allSatisfy(answer -> assertThat(answer.degradation()).isEmpty());
        assertThat(model.attempts()).isEqualTo(1);
        assertThat(engines.stream()
                        .mapToLong(engine -> engine.stats().remoteCalls())
                        .sum())
                .isEqualTo(1);
    }

    @Test
    void anotherAsksWhenTheOneWhoAskedIsNeverHeardOfAgain() {
        FakeModel silent = new FakeModel();
        FakeModel answering = new FakeModel().always(FakeModel.replying(REPLY));
        InferenceEngine lost = engine(silent, Duration.ofSeconds(1), Duration.ofMillis(300));
        InferenceEngine other = engine(answering, Duration.ofSeconds(1), Duration.ofMillis(300));
        CompletableFuture<Inference> never = lost.inferAsync(question(1));
        silent.exchange(0);

        Inference answer = join(other.inferAsync(question(1)));

        assertThat(answer.degradation()).isEmpty();
        assertThat(answering.attempts()).isEqualTo(1);
        assertThat(never).isNotDone();
    }

    @Test
    void oneRenewsForAll() {
        FakeModel model = new FakeModel().always(FakeModel.replying(REPLY));
        InferenceEngine one = patient(model);
        InferenceEngine other = patient(model);
        learnTogether(one, other);
        int asked = model.attempts();

        time.setWall(ManualTime.START.plus(Duration.ofMinutes(6)));
        Eventually.holds(
                "both have the new answer",
                () -> engines.stream().filter(this::isNew).count() == 2);

        assertThat(model.attempts()).isEqualTo(asked + 1);
    }

    @Test
    void takesNothingFromRedisThatHoldsNoLonger() {
        FakeModel model = new FakeModel().always(FakeModel.replying(REPLY));
        InferenceEngine one = patient(model);
        InferenceEngine other = patient(model);
        learnTogether(one, other);
        InferenceEngine third = patient(model);
        int asked = model.attempts();

        time.setWall(ManualTime.START.plus(Duration.ofHours(2)));
        Inference answer = third.infer(question(1));

        assertThat(answer.source()).isNotEqualTo(Source.CACHE);
        assertThat(model.attempts()).isEqualTo(asked + 1);
    }

    @Test
    void aNewVersionOfTheModelRetiresTheAnswersOfTheOldOneForAll() {
        InferenceEngine one = patient(new FakeModel().always(FakeModel.replying(served("fp_1"))));
        InferenceEngine other = patient(new FakeModel().always(FakeModel.replying(served("fp_2"))));
        one.infer(question(1));
        awaitAnswersInRedis(1);
        time.setWall(ManualTime.START.plus(Duration.ofSeconds(1)));
        other.infer(question(2));
        awaitAnswersInRedis(2);

        Inference anew = other.infer(question(1));
        assertThat(anew.source()).as("Redis has it of the old version").isEqualTo(Source.REMOTE);
        Inference learned = one.infer(question(2));
        assertThat(learned.source()).isEqualTo(Source.CACHE);
        assertThat(fingerprintOf(learned)).isEqualTo("fp_2");
        assertThat(fingerprintOf(one.infer(question(1)))).isEqualTo("fp_2");
    }

    private static RemoteReply served(String fingerprint) {
        return new RemoteReply(REPLY.text(), REPLY.finish(), REPLY.usage(), REPLY.model(), fingerprint);
    }

    private static String fingerprintOf(Inference answer) {
        return String.valueOf(answer.provenance().orElseThrow().fingerprint());
    }

    private void awaitAnswersInRedis(int number) {
        try (UnifiedJedis byHand = server.byHand()) {
            Eventually.holds(
                    "the answers are in Redis",
                    () -> byHand.keys("hybrid:v2:" + "?".repeat(32)).size() == number);
        }
    }

    private static void learnTogether(InferenceEngine one, InferenceEngine other) {
        one.infer(question(1));
        Eventually.holds(
                "the other has it from Redis", () -> other.infer(question(1)).source() == Source.CACHE);
    }

    private boolean isNew(InferenceEngine engine) {
        Inference answer = engine.infer(question(1));
        assertThat(answer.source()).as("the old one is served meanwhile").isEqualTo(Source.CACHE);
        return answer.provenance().orElseThrow().answeredAt().isAfter(ManualTime.START);
    }

    @Test
    void goesOnWithAPausedRedisAndSaysSo() {
        FakeModel model = new FakeModel().always(FakeModel.replying(REPLY));
        InferenceEngine engine = engine(model, Duration.ofMillis(20), Duration.ofSeconds(5));
        engine.infer(question(0));
        server.pause();

        long[] took = new long[200];
        for (int i = 0; i < took.length; i++) {
            Inference answer = engine.infer(question(i + 1));
            assertThat(answer.degradation()).isEmpty();
            took[i] = answer.latencyNanos();
        }

        assertThat(Arrays.stream(took, 0, 20).filter(wait -> wait > 100_000_000).count())
                .as("fewer long waits than it takes to leave Redis alone")
                .isLessThanOrEqualTo(3);
        Arrays.sort(took);
        assertThat(Duration.ofNanos(took[took.length / 2])).isLessThan(Duration.ofMillis(20));
        assertThat(engine.stats().errors()).isZero();
        assertThat(cacheOf(engine).status()).isEqualTo(EngineHealth.Status.DEGRADED);
        assertThat(cacheOf(engine).detail()).startsWith("Redis is away since ");

        server.resume();
        Eventually.holds("it is healthy again", () -> cacheOf(engine).status() == EngineHealth.Status.HEALTHY);
    }

    private static EngineHealth.Component cacheOf(InferenceEngine engine) {
        return engine.health().components().stream()
                .filter(part -> part.name().equals("cache"))
                .findFirst()
                .orElseThrow();
    }
}

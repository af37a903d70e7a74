package io.github.hybridinference.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.testing.FakeModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a new question costs a Redis that holds cache, leases and budget: the figures that docs/scale.md computes with. */
final class CommandsPerQuestionTest {
    private static final int QUESTIONS = 500;

    /** What engines send; INFO also counts what scripts call, and its time a second time. */
    private static final Pattern COMMAND =
            Pattern.compile("cmdstat_(getrange|set|eval|evalsha):calls=(\\d+),usec=(\\d+)");

    private static final Pattern BYTES = Pattern.compile("total_net_(?:in|out)put_bytes:(\\d+)");
    private static final RemoteReply REPLY = new RemoteReply(
            "{\"action\":\"BUY\",\"confidence\":0.7,\"risk\":\"low\",\"stop_loss_pct\":1.5,\"take_profit_pct\":3,"
                    + "\"reasoning\":\"calm\"}",
            RemoteReply.Finish.STOP,
            new Usage(0, 100, 20, 0, OptionalLong.of(1_000)),
            "a-model");

    @Test
    void takesFewCommands() {
        try (TestRedis server = TestRedis.start();
                RedisSignalCache redis = RedisSignalCache.builder(server.url())
                        .timeout(Duration.ofSeconds(1))
                        .connect();
                InferenceEngine engine = InferenceEngine.builder()
                        .remote(new FakeModel().always(FakeModel.replying(REPLY)))
                        .cache(SignalCache.tiered(SignalCache.inMemory(1_000), redis))
                        .callLease(redis)
                        .budget(RedisBudget.perDay("1000", redis))
                        .timeout(Duration.ofSeconds(30))
                        .build()) {
            engine.infer(question(QUESTIONS));
            server.say("CONFIG", "RESETSTAT");

            List<CompletableFuture<Inference>> answers = new ArrayList<>();
            for (int i = 0; i < QUESTIONS; i++) {
                answers.add(engine.inferAsync(question(i)));
            }
            assertThat(answers.stream().map(Entries::join))
                    .allSatisfy(answer -> assertThat(answer.source()).isEqualTo(Source.REMOTE));
            Eventually.holds(
                    "each answer is written",
                    () -> server.say("KEYS", "hybrid:*").lines().count() >= 1
                            && engine.stats().remoteAnswers() > QUESTIONS);

            String commands = server.say("INFO", "commandstats");
            String bytes = server.say("INFO", "stats");
            double calls = sum(COMMAND.matcher(commands), 2) / QUESTIONS;
            double micros = sum(COMMAND.matcher(commands), 3) / QUESTIONS;
            System.out.printf(
                    "a new question in Redis: %.1f commands, %.0f us of the server, %.0f bytes%n",
                    calls, micros, sum(BYTES.matcher(bytes), 1) / QUESTIONS);
            assertThat(calls).isBetween(3.0, 10.0); // look-ups, lease, answer, release, and rounds of reservations
        }
    }

    private static double sum(Matcher matcher, int group) {
        double sum = 0;
        while (matcher.find()) {
            sum += Double.parseDouble(matcher.group(group));
        }
        return sum;
    }

    private static MarketSnapshot question(int number) {
        return MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                .rsi(50)
                .volatilityPct(2.1)
                .feature("consecutive_up", number % 100)
                .feature("consecutive_down", Math.floorDiv(number, 100))
                .build();
    }
}

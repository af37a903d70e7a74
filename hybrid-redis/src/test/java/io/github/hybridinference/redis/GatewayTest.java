package io.github.hybridinference.redis;

import static io.github.hybridinference.redis.Entries.join;
import static io.github.hybridinference.redis.Entries.later;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.redis.RedisFailure.Kind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GatewayTest {
    private static final Duration LIMIT = Duration.ofMillis(50);

    private final FakePort port = new FakePort();
    private final Gateway gateway = new Gateway(port, LIMIT, true, InstantSource.system(), new byte[1]);

    @AfterEach
    void close() {
        port.open();
        gateway.close();
    }

    private static String question(RedisPort port) {
        port.read(new byte[1], 1);
        return "answer";
    }

    private CompletionStage<String> ask() {
        return gateway.call(later(), GatewayTest::question, "otherwise");
    }

    private void failUntilAway(Kind kind) {
        port.failing = kind;
        Eventually.holds("it is left alone", () -> {
            join(ask());
            return gateway.isAway();
        });
    }

    @Test
    void speaksToAQuickRedisOnTheAskingThread() {
        Eventually.holds("it has been quick for long enough", () -> {
            assertThat(join(ask())).isEqualTo("answer");
            return port.done.contains("read on " + Thread.currentThread().getName());
        });

        assertThat(ask().toCompletableFuture()).isCompletedWithValue("answer");
    }

    @Test
    void returnsInTimeFromASlowServer() {
        port.shut();

        CompletableFuture<String> answer = ask().toCompletableFuture();

        assertThat(join(answer)).as("over in time").isEqualTo("otherwise");
        port.open();
        Eventually.holds(
                "the read comes to its end", () -> port.done.stream().anyMatch(what -> what.startsWith("read")));
        assertThat(port.done)
                .as("on another thread")
                .doesNotContain("read on " + Thread.currentThread().getName());
    }

    @Test
    void keepsToAShorterDeadlineAndCountsNoFailureForIt() {
        port.shut();

        for (int i = 0; i < 20; i++) {
            assertThat(join(gateway.call(Deadline.after(Duration.ofMillis(1)), GatewayTest::question, "otherwise")))
                    .isEqualTo("otherwise");
        }

        assertThat(gateway.call(Deadline.after(Duration.ZERO), GatewayTest::question, "otherwise")
                        .toCompletableFuture())
                .isCompletedWithValue("otherwise");
        assertThat(gateway.isAway()).isFalse();
    }

    @Test
    void answersAtOnceWhatIsTooMuch() {
        port.shut();
        List<CompletableFuture<String>> answers = new ArrayList<>();

        for (int i = 0; i < 3_000; i++) {
            answers.add(ask().toCompletableFuture());
        }

        assertThat(answers.get(answers.size() - 1)).isCompletedWithValue("otherwise");
        assertThat(answers.stream().map(Entries::join)).containsOnly("otherwise");
    }

    @Test
    void letsAReservationPassACrowdOfLookUps() {
        Duration patience = Duration.ofSeconds(5);
        try (Gateway patient = new Gateway(port, patience, true, InstantSource.system(), new byte[1])) {
            List<CompletableFuture<String>> crowd = new ArrayList<>();
            port.shut();
            for (int i = 0; i < 500; i++) {
                crowd.add(patient.call(later(), GatewayTest::question, "otherwise"));
            }

            CompletableFuture<String> reservation = patient.callWithPriority(later(), any -> "granted", "too late");

            assertThat(join(reservation)).isEqualTo("granted");
            assertThat(crowd).as("the crowd waits").noneMatch(CompletableFuture::isDone);
            port.open();
        }
    }

    @Test
    void asksNothingOfARedisThatIsAway() {
        failUntilAway(Kind.LOST);
        AtomicInteger asked = new AtomicInteger();

        CompletionStage<Integer> answer = gateway.call(later(), any -> asked.incrementAndGet(), -1);

        assertThat(answer.toCompletableFuture()).isCompletedWithValue(-1);
        assertThat(asked).hasValue(0);
        assertThat(gateway.isHealthy()).isFalse();
    }

    @Test
    void findsOutByItselfThatRedisIsBack() {
        AtomicInteger told = new AtomicInteger();
        gateway.whenBack(told::incrementAndGet);
        failUntilAway(Kind.NO_ANSWER);
        int tellings = told.get();

        port.failing = null;

        Eventually.holds("it is back", () -> gateway.isHealthy() && told.get() > tellings);
        assertThat(gateway.trouble()).isEmpty();
        Eventually.holds(
                "calls are answered, if not the first one on a busy machine",
                () -> join(ask()).equals("answer"));
    }

    @Test
    void recoversFromASingleFailureWithoutBeingAsked() {
        port.failing = Kind.LOST;
        join(ask());
        assertThat(gateway.isHealthy()).isFalse();

        port.failing = null;

        Eventually.holds("it is well again", gateway::isHealthy);
    }

    @Test
    void keepsAServerThatRefusesACommand() {
        port.failing = Kind.OUT_OF_MEMORY;

        for (int i = 0; i < 20; i++) {
            assertThat(join(ask())).isEqualTo("otherwise");
        }

        assertThat(gateway.isAway()).isFalse();
        assertThat(gateway.trouble())
                .hasValueSatisfying(text -> assertThat(text).endsWith("out of memory"));
        gateway.accepted();
        assertThat(gateway.trouble()).isEmpty();
    }

    @Test
    void asksOnceWhatIsRefused() {
        Eventually.holds("it has been quick for long enough", () -> {
            join(ask());
            return port.done.contains("read on " + Thread.currentThread().getName());
        });
        port.failing = Kind.OUT_OF_MEMORY;
        int asked = port.asked.get();

        for (int i = 0; i < 20; i++) {
            assertThat(ask().toCompletableFuture()).isCompletedWithValue("otherwise");
        }

        assertThat(port.asked).hasValue(asked + 20);
        assertThat(gateway.trouble()).isPresent();
    }

    @Test
    void writesInTheOrderGivenAndDropsWhatIsTooMuch() {
        AtomicInteger dropped = new AtomicInteger();
        List<Integer> written = new ArrayList<>();
        try (WriteBehind writes = new WriteBehind(gateway)) {
            for (int i = 0; i < 1_000; i++) {
                int number = i;
                writes.add(any -> written.add(number), dropped::incrementAndGet);
            }
            Eventually.holds("all is written", () -> written.size() == 1_000);
            assertThat(written).isSorted();
            assertThat(dropped).hasValue(0);

            port.shut();
            for (int i = 0; i < 2_000; i++) {
                writes.add(any -> any.write(new byte[1], new byte[1], 1), dropped::incrementAndGet);
            }

            assertThat(dropped).hasValueBetween(2_000 - 1_025, 2_000 - 1_024);
            port.open();
        }
        assertThat(dropped).as("what was taken is written at the end").hasValueLessThanOrEqualTo(2_000 - 1_024);
    }

    @Test
    void dropsAllWritesWhileRedisIsAway() {
        AtomicInteger dropped = new AtomicInteger();
        failUntilAway(Kind.LOST);
        try (WriteBehind writes = new WriteBehind(gateway)) {
            writes.add(any -> any.write(new byte[1], new byte[1], 1), dropped::incrementAndGet);

            assertThat(dropped).hasValue(1);
        }
    }
}

package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.testing.FakeModel;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Engines that are closed in the middle of it, over and over. */
class CloseRaceTest {
    private static final int ENGINES = 150;
    private static final int CALLERS = 4;

    /** Nobody gets that far unless somebody was forgotten. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void forgetsNobodyAndLeavesNoExchangeOpen() throws InterruptedException {
        for (int round = 0; round < ENGINES; round++) {
            closeInTheMiddle(round);
        }
    }

    private static void closeInTheMiddle(int round) throws InterruptedException {
        FakeModel model = new FakeModel().quoting(() -> OptionalLong.of(10));
        Budget budget = Budget.perDay("1");
        InferenceEngine engine = InferenceEngine.builder()
                .remote(model)
                .budget(budget)
                .replyVerifier(Replies::verify)
                .timeout(PATIENCE)
                .build();
        Queue<Inference> answers = new ConcurrentLinkedQueue<>();
        CountDownLatch started = new CountDownLatch(CALLERS);
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            boolean waits = (i + round) % 2 == 0;
            callers.add(new Thread(() -> {
                started.countDown();
                ask(engine, waits, answers);
            }));
        }
        callers.forEach(Thread::start);
        started.await();
        for (int i = 0; i < round % 4; i++) {
            model.exchange(0);
        }
        engine.close();
        for (Thread caller : callers) {
            caller.join(PATIENCE.toMillis() / 2);
            assertThat(caller.isAlive()).as("somebody still waits").isFalse();
        }
        assertThat(answers).allMatch(answer -> answer.degradation().orElseThrow() == Degradation.CLOSED);
        assertThat(model.cancellations()).isEqualTo(model.attempts());
        assertThat(engine.stats().totalRequests()).isEqualTo(answers.size());
        assertThat(engine.stats().fallbackCalls()).isEqualTo(answers.size());
        assertThat(budget.state(Clock.systemUTC().instant()).reservedNanoUsd()).isZero();
    }

    /** Asks until the engine says that it is closed. */
    private static void ask(InferenceEngine engine, boolean waits, Queue<Inference> answers) {
        try {
            for (int request = 0; request < 1_000; request++) {
                answers.add(
                        waits
                                ? engine.infer(Snapshots.complex(request % 7), Deadline.after(PATIENCE))
                                : engine.inferAsync(Snapshots.complex(request % 7))
                                        .join());
            }
        } catch (IllegalStateException closed) {
            // that is how it ends
        }
    }
}

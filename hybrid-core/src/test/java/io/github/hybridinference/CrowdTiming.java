package io.github.hybridinference;

import io.github.hybridinference.testing.FakeModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;

/**
 * Measures how long after the model's reply the last of a thousand callers with the same request has his answer: callers
 * with a thread each, callers with a future each, and for comparison a thousand threads that wait for a bare future.
 *
 * <p>Prints figures and judges none, since they depend on the machine; {@link CrowdTest} holds the behaviour.
 */
final class CrowdTiming {
    private static final int CROWD = 1_000;
    private static final int ROUNDS = 20;

    private final FakeModel model = new FakeModel();
    private int requests;

    private CrowdTiming() {}

    public static void main(String[] args) throws InterruptedException {
        new CrowdTiming().run();
    }

    private void run() throws InterruptedException {
        try (InferenceEngine engine = InferenceEngine.builder()
                .remote(model)
                .replyVerifier(Replies::verify)
                .timeout(Duration.ofMinutes(1))
                .build()) {
            for (int round = 0; round < ROUNDS; round++) {
                System.out.printf(
                        "threads %.1f ms, futures %.1f ms, threads without an engine %.1f ms%n",
                        threads(engine), futures(engine), bare());
            }
        }
    }

    private double threads(InferenceEngine engine) throws InterruptedException {
        int request = requests++;
        return lastThreadMs(
                i -> engine.infer(Snapshots.complex(request)),
                () -> model.exchange(request).reply(Replies.BUY));
    }

    private double futures(InferenceEngine engine) throws InterruptedException {
        int request = requests++;
        Finish finish = new Finish();
        for (int i = 0; i < CROWD; i++) {
            int caller = i;
            CompletableFuture<Void> unused =
                    engine.inferAsync(Snapshots.complex(request)).thenRun(() -> finish.through(caller));
        }
        long start = System.nanoTime();
        model.exchange(request).reply(Replies.BUY);
        return finish.lastMsAfter(start);
    }

    private static double bare() throws InterruptedException {
        CompletableFuture<?>[] futures = new CompletableFuture<?>[CROWD];
        Arrays.setAll(futures, i -> new CompletableFuture<>());
        return lastThreadMs(i -> futures[i].join(), () -> {
            for (CompletableFuture<?> future : futures) {
                future.complete(null);
            }
        });
    }

    private static double lastThreadMs(IntConsumer wait, Runnable reply) throws InterruptedException {
        Finish finish = new Finish();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            int caller = i;
            callers.add(new Thread(
                    null,
                    () -> {
                        wait.accept(caller);
                        finish.through(caller);
                        finish.stay();
                    },
                    "caller-" + i,
                    128 * 1024));
        }
        callers.forEach(Thread::start);
        for (Thread caller : callers) {
            while (caller.getState() != Thread.State.WAITING && caller.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
        }
        long start = System.nanoTime();
        reply.run();
        double last = finish.lastMsAfter(start);
        finish.leave();
        for (Thread caller : callers) {
            caller.join();
        }
        return last;
    }

    /** When each of the crowd was through; nobody leaves before all are, since a thread's end takes time from the others. */
    private static final class Finish {
        private final long[] atNanos = new long[CROWD];
        private final CountDownLatch all = new CountDownLatch(CROWD);
        private final CountDownLatch mayLeave = new CountDownLatch(1);

        void through(int caller) {
            atNanos[caller] = System.nanoTime();
            all.countDown();
        }

        double lastMsAfter(long start) throws InterruptedException {
            all.await();
            return (Arrays.stream(atNanos).max().orElseThrow() - start) / 1e6;
        }

        void stay() {
            try {
                mayLeave.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        void leave() {
            mayLeave.countDown();
        }
    }
}

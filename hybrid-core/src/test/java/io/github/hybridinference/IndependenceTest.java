package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.testing.FakeModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one caller's code does to the others who wait for the same call: nothing. */
class IndependenceTest {
    private static final int CALLERS = 12;

    private final FakeModel model = new FakeModel();
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void releaseBlockedThreads() {
        release.countDown();
    }

    private void block() {
        try {
            boolean unused = release.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void answersTheOthersInTimeThoughAContinuationBlocks() throws Exception {
        try (InferenceEngine engine = builder().timeout(Duration.ofSeconds(30)).build()) {
            CompletableFuture<Void> blocked =
                    engine.inferAsync(Snapshots.complex(1)).thenAccept(answer -> block());
            CompletableFuture<Inference> asynchronous = engine.inferAsync(Snapshots.complex(1));
            Way.Asked synchronous = Way.SYNC.ask(engine, Snapshots.complex(1), null);

            model.exchange(0).reply(Replies.BUY);

            assertThat(asynchronous.get(20, TimeUnit.SECONDS).source()).isEqualTo(Source.REMOTE);
            assertThat(synchronous.answer().source()).isEqualTo(Source.REMOTE);
            assertThat(blocked).isNotDone();
            release.countDown();
        }
    }

    @Test
    void answersAllThoughMoreContinuationsBlockThanThereAreProcessors() throws Exception {
        try (InferenceEngine engine = builder().timeout(Duration.ofSeconds(30)).build()) {
            for (int i = 0; i < CALLERS; i++) {
                Object unused = engine.inferAsync(Snapshots.complex(1)).thenAccept(answer -> block());
            }
            CompletableFuture<String> last = engine.inferAsync(Snapshots.complex(1))
                    .thenApply(answer -> answer.source().name());

            model.exchange(0).reply(Replies.BUY);

            assertThat(last.get(20, TimeUnit.SECONDS)).isEqualTo("REMOTE");
            release.countDown();
        }
    }

    @Test
    void answersTheOthersInTimeThoughAListenerBlocks() throws Exception {
        Queue<Inference> heard = new ConcurrentLinkedQueue<>();
        InferenceListener blockingOnce = new InferenceListener() {
            @Override
            public void onAnswer(MarketSnapshot snapshot, Inference answer) {
                heard.add(answer);
                if (heard.size() == 1) {
                    block();
                }
            }
        };
        try (InferenceEngine engine =
                builder().timeout(Duration.ofSeconds(30)).listener(blockingOnce).build()) {
            List<CompletableFuture<Inference>> asked = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                asked.add(engine.inferAsync(Snapshots.complex(1)));
            }

            model.exchange(0).reply(Replies.BUY);

            CountDownLatch answered = new CountDownLatch(3);
            for (CompletableFuture<Inference> one : asked) {
                Object unused = one.thenRun(answered::countDown);
            }
            assertThat(answered.await(20, TimeUnit.SECONDS)).isTrue();
            release.countDown();
            assertThat(asked).allMatch(one -> one.join().source() == Source.REMOTE);
        }
    }

    @Test
    void chargesTheCallOnceThoughItsCallersAreAnsweredOnSeveralThreads() {
        try (InferenceEngine engine = builder().timeout(Duration.ofMinutes(1)).build()) {
            List<CompletableFuture<Inference>> asked = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                asked.add(engine.inferAsync(Snapshots.complex(1)));
            }
            model.exchange(0).reply(Replies.BUY);
            long tokens = asked.stream()
                    .mapToLong(one -> one.join().usage().totalTokens())
                    .sum();
            assertThat(tokens).isEqualTo(Replies.USAGE.totalTokens());
            assertThat(engine.stats().remoteAnswers()).isEqualTo(200);
        }
    }

    @Test
    void answersPendingCallersWhenItIsClosedThoughAContinuationBlocks() throws Exception {
        InferenceEngine engine = builder().timeout(Duration.ofMinutes(1)).build();
        Object unused = engine.inferAsync(Snapshots.complex(1)).thenAccept(answer -> block());
        CompletableFuture<Inference> other = engine.inferAsync(Snapshots.complex(1));
        CompletableFuture<Void> closing = CompletableFuture.runAsync(engine::close);

        assertThat(other.get(20, TimeUnit.SECONDS).degradation()).contains(Degradation.CLOSED);
        release.countDown();
        closing.get(20, TimeUnit.SECONDS);
    }

    @Test
    void answersABlockingCallerThoughOneWhoJoinedHisCallBlocks() throws Exception {
        CountDownLatch joined = new CountDownLatch(1);
        CompletableFuture<Inference> first = new CompletableFuture<>();
        FakeModel slowToQuote = new FakeModel().quoting(() -> {
            try {
                boolean unused = joined.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            throw new IllegalStateException("no price"); // the call ends on the thread of the one who started it
        });
        try (InferenceEngine engine = InferenceEngine.builder()
                .remote(slowToQuote)
                .timeout(Duration.ofSeconds(30))
                .build()) {
            Thread starter = new Thread(() -> first.complete(engine.infer(Snapshots.complex(1))));
            starter.start();
            Awaiting.until(() -> starter.getState() == Thread.State.TIMED_WAITING);
            CompletableFuture<Void> blocked =
                    engine.inferAsync(Snapshots.complex(1)).thenAccept(answer -> block());
            joined.countDown();

            assertThat(first.get(20, TimeUnit.SECONDS).degradation()).contains(Degradation.INTERNAL);
            assertThat(blocked).isNotDone();
            release.countDown();
        }
    }

    @Test
    void closesThoughManyContinuationsBlock() throws Exception {
        InferenceEngine engine = builder().timeout(Duration.ofMinutes(1)).build();
        List<CompletableFuture<Inference>> asked = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            CompletableFuture<Inference> one = engine.inferAsync(Snapshots.complex(i));
            Object unused = one.thenAccept(answer -> block());
            asked.add(one);
        }
        CompletableFuture.runAsync(engine::close).get(20, TimeUnit.SECONDS);
        for (CompletableFuture<Inference> one : asked) {
            assertThat(one.get(20, TimeUnit.SECONDS).degradation()).contains(Degradation.CLOSED);
        }
    }

    @Test
    void closesThoughTheGivenExecutorIsHeldUp() throws Exception {
        ExecutorService held = Executors.newSingleThreadExecutor();
        try {
            held.execute(this::block);
            InferenceEngine engine =
                    builder().executor(held).timeout(Duration.ofMinutes(1)).build();
            CompletableFuture<Inference> asked = engine.inferAsync(Snapshots.complex(1));
            Object unused = asked.thenAccept(answer -> block());
            CompletableFuture.runAsync(engine::close).get(20, TimeUnit.SECONDS);
            assertThat(asked.get(20, TimeUnit.SECONDS).degradation()).contains(Degradation.CLOSED);
        } finally {
            release.countDown();
            held.shutdownNow();
        }
    }

    @Test
    void keepsADeadlineThoughTheContinuationsOfOthersBlock() throws Exception {
        Duration timeout = Duration.ofMillis(500);
        try (InferenceEngine engine = builder().timeout(timeout).build()) {
            for (int i = 0; i < CALLERS; i++) {
                Object unused = engine.inferAsync(Snapshots.complex(1)).thenAccept(answer -> block());
            }
            CompletableFuture<Inference> other = engine.inferAsync(Snapshots.complex(2));
            model.exchange(0).reply(Replies.BUY);
            assertThat(other.get(20, TimeUnit.SECONDS).degradation()).contains(Degradation.TIMEOUT);
            release.countDown();
        }
    }

    private InferenceEngineBuilder builder() {
        return InferenceEngine.builder().remote(model).replyVerifier(Replies::verify);
    }
}

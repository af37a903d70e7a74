package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.ManualTime;
import io.github.hybridinference.testing.VirtualThreads;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;

/** A thousand callers on virtual threads wait at the same time, and none of them holds its carrier meanwhile. */
@Tag("jdk")
@EnabledForJreRange(minVersion = 24, disabledReason = "Before JDK 24 every synchronized block pins its thread.")
class VirtualThreadsTest {
    private static final int CALLERS = 1_000;

    @Test
    void aThousandCallersOfDifferentRequestsAreAnsweredWithoutPinning() throws Exception {
        assertThat(answers(IntStream.range(0, CALLERS).toArray(), CALLERS))
                .hasSize(CALLERS)
                .allSatisfy(answer -> {
                    assertThat(answer.source()).isEqualTo(Source.REMOTE);
                    assertThat(answer.signal().reasoning()).isEqualTo("Because it says so.");
                });
    }

    @Test
    void aThousandCallersOfTheSameRequestAreAnsweredWithoutPinning() throws Exception {
        assertThat(answers(new int[CALLERS], 1))
                .hasSize(CALLERS)
                .allSatisfy(answer -> assertThat(answer.source()).isIn(Source.REMOTE, Source.CACHE));
    }

    @Test
    void aPinnedThreadIsSeen() throws Exception {
        VirtualThreads.Outcome<String> outcome = VirtualThreads.run(List.of(() -> WaitsWhileItIsLoaded.WORD));

        assertThat(outcome.results()).containsExactly("loaded");
        assertThat(outcome.pinned()).isNotEmpty();
    }

    /** The model answers all requests when the last one has come, so that their callers do wait at the same time. */
    private static List<Inference> answers(int[] numbers, int requests) throws Exception {
        Queue<FakeModel.Exchange> open = new ConcurrentLinkedQueue<>();
        AtomicInteger asked = new AtomicInteger();
        FakeModel model = new FakeModel().always(exchange -> {
            open.add(exchange);
            if (asked.incrementAndGet() == requests) {
                open.forEach(waiting -> waiting.reply(Replies.BUY));
            }
        });
        try (InferenceEngine engine = InferenceEngine.builder()
                .remote(model)
                .replyVerifier(Replies::verify)
                .clock(new ManualTime().wall())
                .timeout(Duration.ofSeconds(30))
                .remoteTimeout(Duration.ofSeconds(30))
                .maxCallsInFlight(CALLERS)
                .build()) {
            // Whoever waits until another thread has loaded a class is pinned, on any JDK.
            engine.warmUp();
            VirtualThreads.Outcome<Inference> outcome = VirtualThreads.run(IntStream.of(numbers)
                    .mapToObj(Snapshots::complex)
                    .<VirtualThreads.Task<Inference>>map(snapshot -> () -> engine.infer(snapshot))
                    .toList());
            assertThat(outcome.pinned()).as("pinned threads").isEmpty();
            return outcome.results();
        }
    }

    /** A class that is being initialized has a native frame on its thread's stack. */
    private static final class WaitsWhileItIsLoaded {
        static final String WORD = load();

        private static String load() {
            LockSupport.parkNanos(1_000_000);
            return "loaded";
        }
    }
}

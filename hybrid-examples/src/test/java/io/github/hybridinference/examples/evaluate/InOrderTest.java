package io.github.hybridinference.examples.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InOrderTest {
    /** Each task waits for another one that runs at the same time. */
    @Test
    void runsOnAllThreadsAndGivesTheResultsInOrder() {
        CyclicBarrier pair = new CyclicBarrier(2);
        List<Callable<Integer>> tasks = IntStream.range(0, 20)
                .<Callable<Integer>>mapToObj(number -> () -> {
                    pair.await(30, TimeUnit.SECONDS);
                    return number;
                })
                .toList();
        List<Integer> results = new ArrayList<>();
        try (InOrder<Integer> inOrder = new InOrder<>(tasks, 2)) {
            inOrder.forEachRemaining(results::add);
        }

        assertThat(results)
                .containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
    }

    @Test
    void startsFewTasksAheadOfTheOneThatIsWaitedFor() {
        AtomicInteger started = new AtomicInteger();
        List<Callable<Integer>> tasks = IntStream.range(0, 100)
                .<Callable<Integer>>mapToObj(number -> started::incrementAndGet)
                .toList();
        try (InOrder<Integer> inOrder = new InOrder<>(tasks, 2)) {
            inOrder.next();
        }

        assertThat(started.get()).isLessThanOrEqualTo(8);
    }

    @Test
    void givesTheFailureOfATaskInItsPlace() {
        List<Callable<Integer>> tasks = List.of(() -> 1, () -> {
            throw new IllegalStateException("broken");
        });
        try (InOrder<Integer> inOrder = new InOrder<>(tasks, 2)) {
            assertThat(inOrder.next()).isEqualTo(1);
            assertThatThrownBy(inOrder::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("broken");
            assertThat(inOrder.hasNext()).isFalse();
        }
    }
}

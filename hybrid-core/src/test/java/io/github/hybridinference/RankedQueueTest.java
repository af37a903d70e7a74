package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.internal.RankedQueue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The queue of waiting calls, compared with a sorted set that is counted one by one. */
class RankedQueueTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 10, 1_000})
    void doesAsASortedSetDoes(int range) {
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            RankedQueue<Integer> queue = new RankedQueue<>(Comparator.reverseOrder());
            TreeSet<Integer> naive = new TreeSet<>(Comparator.reverseOrder());
            for (int step = 0; step < 400; step++) {
                int element = random.nextInt(range);
                switch (random.nextInt(4)) {
                    case 0, 1 -> {
                        if (naive.add(element)) {
                            queue.add(element);
                        }
                    }
                    case 2 -> {
                        naive.remove(element);
                        queue.remove(element);
                    }
                    default -> assertThat(queue.poll()).isEqualTo(naive.pollFirst());
                }
                int pivot = random.nextInt(range);
                assertThat(queue.countBefore(pivot))
                        .isEqualTo(naive.headSet(pivot).size());
                assertThat(queue.size()).isEqualTo(naive.size());
            }
        }
    }

    /** Calls as they wait: slots, values and deadlines of which many are equal, in any order of arrival. */
    @Test
    void countsTheCallsInFrontAsANaiveCountDoes() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            RankedQueue<PermitStage.Place> queue = new RankedQueue<>(PermitStage.Place.ORDER);
            List<PermitStage.Place> naive = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                PermitStage.Place place = new PermitStage.Place(
                        random.nextInt(4) * PermitStage.SAME_DEADLINE_NANOS - random.nextInt(3),
                        random.nextInt(3) - 1,
                        i);
                long before = naive.stream()
                        .filter(other -> PermitStage.Place.ORDER.compare(other, place) < 0)
                        .count();
                assertThat(queue.countBefore(place)).isEqualTo((int) before);
                queue.add(place);
                naive.add(place);
                if (random.nextInt(5) == 0) {
                    PermitStage.Place gone = naive.remove(random.nextInt(naive.size()));
                    queue.remove(gone);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLongQueueIsNotReadThrough(boolean inOrder) {
        AtomicInteger comparisons = new AtomicInteger();
        RankedQueue<Integer> queue = new RankedQueue<>((a, b) -> {
            comparisons.incrementAndGet();
            return Integer.compare(a, b);
        });
        int size = 10_000;
        for (int i = 0; i < size; i++) {
            queue.add(inOrder ? i : (int) (i * 7_919L % size));
        }
        comparisons.set(0);
        int operations = 0;
        for (int i = 0; i < size; i += 10) {
            queue.countBefore(i);
            queue.remove(i);
            queue.poll();
            operations += 3;
        }
        assertThat(comparisons.get() / operations)
                .as("log2(10,000) is 13; the expected depth of a treap is twice that at most")
                .isLessThan(40);
    }
}

package io.github.hybridinference.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.hybridinference.remote.ReplyCorpus.Entry;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds what a reply may cost, however it is made. */
final class ReplyCostTest {
    private static final long MAX_BYTES = 16 << 20;
    private static final long MAX_NANOS = 50_000_000;
    private static final int RUNS = 5;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Stream<Arguments> corpus() {
        return ReplyCorpus.all().stream().map(Entry::named);
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void staysWithinMemoryAndTimeForEveryReply(Entry entry) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < RUNS; i++) {
            long bytes = THREADS.getCurrentThreadAllocatedBytes();
            long start = THREADS.getCurrentThreadCpuTime();
            ReplyVerifier.standard().verify(entry.reply(), ReplyCorpus.SENT);
            best = Math.min(best, THREADS.getCurrentThreadCpuTime() - start);
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - bytes).isLessThan(MAX_BYTES);
        }
        // of the processor, and the best of several, so that other work of the machine does not count
        assertThat(best).isLessThan(MAX_NANOS);
    }
}

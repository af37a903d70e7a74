package io.github.hybridinference.reply;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.hybridinference.reply.ReplyCorpus.Entry;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Holds what a reply may cost, however it is made: memory, and time of the processor rather than of the clock. */
final class ReplyCostTest {
    private static final long MAX_BYTES = 16 << 20;
    private static final long MAX_NANOS = 50_000_000;
    private static final int RUNS = 5;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void staysWithinMemoryAndTimeForEveryReply() {
        for (Entry entry : ReplyCorpus.all()) {
            long nanos = Long.MAX_VALUE;
            long bytes = Long.MAX_VALUE;
            // the best of several, so that loading classes and compiling does not count
            for (int i = 0; i < RUNS; i++) {
                long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
                long nanosBefore = THREADS.getCurrentThreadCpuTime();
                ReplyVerifier.standard().verify(entry.reply(), ReplyCorpus.SENT);
                nanos = Math.min(nanos, THREADS.getCurrentThreadCpuTime() - nanosBefore);
                bytes = Math.min(bytes, THREADS.getCurrentThreadAllocatedBytes() - bytesBefore);
            }
            assertThat(bytes).as(entry.place()).isLessThan(MAX_BYTES);
            assertThat(nanos).as(entry.place()).isLessThan(MAX_NANOS);
        }
    }
}

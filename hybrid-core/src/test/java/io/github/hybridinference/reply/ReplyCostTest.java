package io.github.hybridinference.reply;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Resolution;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.reply.ReplyCorpus.Entry;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    /** In proportion to the length, a few hundred microseconds; a step for each pair of characters would take seconds. */
    @Test
    void looksAtALongReplyForMillisecondsOnly() {
        AnonymizedSnapshot sent = sixtyFourFigures();
        for (String unit : List.of("rsi_14 is 27, ", "RSI27，", "\\\"", "\\\\", "一", "eighty ", "x", ". ", "((", "{[")) {
            String half = ReplyCorpus.object(Map.of("reasoning", '"' + unit.repeat(30_000 / unit.length()) + '"'));
            String whole = ReplyCorpus.object(Map.of("reasoning", '"' + unit.repeat(60_000 / unit.length()) + '"'));
            double halfMs = bestMs(half, sent);
            double wholeMs = bestMs(whole, sent);
            System.out.printf("30 and 60 thousand characters of %-16s %.2f and %.2f ms%n", unit, halfMs, wholeMs);
            assertThat(wholeMs).as(unit).isLessThan(20);
        }
        String claims = IntStream.range(0, 25).mapToObj(i -> "\"f" + i + "\":1").collect(Collectors.joining(","));
        assertThat(bestMs(ReplyCorpus.object(Map.of("evidence", "{" + claims + "}")), sent))
                .isLessThan(20);
    }

    private static double bestMs(String text, AnonymizedSnapshot sent) {
        RemoteReply reply = ReplyCorpus.reply(text);
        long nanos = Long.MAX_VALUE;
        for (int i = 0; i < 30; i++) {
            long before = THREADS.getCurrentThreadCpuTime();
            ReplyVerifier.standard().verify(reply, sent);
            nanos = Math.min(nanos, THREADS.getCurrentThreadCpuTime() - before);
        }
        return nanos / 1e6;
    }

    private static AnonymizedSnapshot sixtyFourFigures() {
        AnonymizedSnapshot.Builder builder = AnonymizedSnapshot.builder(Timeframe.H1, Resolution.COARSE);
        for (int period = 2; period < 34; period++) {
            builder.put(Feature.of("rsi_" + period), 27).put(Feature.of("ema_" + period + "_dist_pct"), 1);
        }
        AnonymizedSnapshot sent = builder.build();
        assertThat(sent.size()).isEqualTo(64);
        return sent;
    }
}

package io.github.hybridinference.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is counted as written and what as lost. What the lines look like is the matter of {@link EgressLogTest}. */
@Timeout(60)
class LineWriterTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(1);

    @Test
    void countsNoLineAsWrittenThatItCouldNotFlush() {
        LineWriter<String> writer = writer(new Disk() {
            @Override
            public void flush() throws IOException {
                throw new IOException("no space left");
            }
        });

        writer.offer("a");
        writer.offer("b");
        writer.offer("c");
        writer.close();

        assertThat(writer.written()).isZero();
        assertThat(writer.lost()).isEqualTo(3);
    }

    @Test
    void countsTheLineAfterOneThatCouldNotBeFlushed() {
        Disk disk = new Disk() {
            private int flushes;

            @Override
            public void flush() throws IOException {
                if (++flushes == 1) {
                    throw new IOException("no space left");
                }
            }
        };
        LineWriter<String> writer = writer(disk);

        writer.offer("a");
        writer.offer("b");
        writer.close();

        assertThat(writer.written()).isEqualTo(1);
        assertThat(writer.lost()).isEqualTo(1);
        assertThat(disk.lines()).contains("b");
    }

    @Test
    void losesALineWhoseEncoderFailsAndWritesTheNext() {
        Disk disk = new Disk();
        LineWriter<String> writer = new LineWriter<>(
                "test",
                disk,
                line -> {
                    if (line.equals("a")) {
                        throw new AssertionError("an encoder's fault");
                    }
                    return encoded(line);
                },
                16,
                LONG);

        writer.offer("a");
        writer.offer("b");
        writer.close();

        assertThat(writer.written()).isEqualTo(1);
        assertThat(writer.lost()).isEqualTo(1);
        assertThat(disk.lines()).containsExactly("b");
    }

    @Test
    void countsTheLineThatADiskHoldsWhenTimeIsUpAsLostAndNeverAsWritten() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        LineWriter<String> writer = new LineWriter<>(
                "test",
                new Disk() {
                    @Override
                    public void write(byte[] bytes, int offset, int length) {
                        writing.countDown();
                        await(free);
                        super.write(bytes, offset, length);
                    }

                    @Override
                    public void close() {
                        closed.countDown();
                    }
                },
                LineWriterTest::encoded,
                16,
                SHORT);
        writer.offer("held");
        writing.await();
        writer.offer("waiting");

        writer.close();
        assertThat(writer.written()).isZero();
        assertThat(writer.lost()).isEqualTo(2);

        free.countDown();
        closed.await(); // the writer's thread is through
        assertThat(writer.written()).isZero();
        assertThat(writer.lost()).isEqualTo(2);
    }

    @Test
    void countsEachLineOnceWhenCloseIsCalledTwice() {
        LineWriter<String> writer = writer(new Disk());
        writer.offer("a");

        writer.close();
        writer.offer("b");
        writer.close();

        assertThat(writer.written()).isEqualTo(1);
        assertThat(writer.lost()).isEqualTo(1);
    }

    @Test
    void countsEachLineOnceHoweverManyThreadsOfferWhileItIsClosed() throws Exception {
        for (int round = 0; round < 2_000; round++) {
            countsEachLineOnce(round);
        }
    }

    private static void countsEachLineOnce(int round) throws Exception {
        int threads = 3;
        int linesEach = 20;
        Disk disk = new Disk();
        LineWriter<String> writer = new LineWriter<>("test", disk, LineWriterTest::encoded, 8, LONG);
        CyclicBarrier start = new CyclicBarrier(threads + 1);
        List<Thread> offering = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            Thread thread = new Thread(() -> {
                await(start);
                for (int i = 0; i < linesEach; i++) {
                    writer.offer("line");
                }
            });
            thread.start();
            offering.add(thread);
        }

        await(start);
        writer.close();
        for (Thread thread : offering) {
            thread.join();
        }

        assertThat(writer.written() + writer.lost()).as("round %d", round).isEqualTo((long) threads * linesEach);
        assertThat(disk.lines()).as("round %d", round).hasSize((int) writer.written());
    }

    private static LineWriter<String> writer(OutputStream out) {
        return new LineWriter<>("test", out, LineWriterTest::encoded, 16, LONG);
    }

    private static byte[] encoded(String line) {
        return (line + '\n').getBytes(StandardCharsets.UTF_8);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Keeps what it is given. */
    private static class Disk extends OutputStream {
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        @Override
        public synchronized void write(int b) {
            content.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            content.write(bytes, offset, length);
        }

        List<String> lines() {
            return content.toString(StandardCharsets.UTF_8).lines().toList();
        }
    }
}

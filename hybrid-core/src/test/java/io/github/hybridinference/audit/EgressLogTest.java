package io.github.hybridinference.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EgressLogTest {
    private static final Instant AT = Instant.parse("2026-11-24T10:15:30Z");

    @Test
    void writesExactlyWhatLeftWhenToWhomAndWhy() {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        try (EgressLog log = EgressLog.to(target)) {
            record(log, "{\"a\":\"ü\n\"}");
            record(log, "{}");
        }
        assertThat(target.toString(StandardCharsets.UTF_8))
                .isEqualTo("{\"at\":\"2026-11-24T10:15:30Z\",\"to\":\"api.deepseek.com\",\"decision_id\":\"d-1\","
                        + "\"body\":\"{\\\"a\\\":\\\"ü\\n\\\"}\"}\n"
                        + "{\"at\":\"2026-11-24T10:15:30Z\",\"to\":\"api.deepseek.com\",\"decision_id\":\"d-1\","
                        + "\"body\":\"{}\"}\n");
    }

    @Test
    void appendsToAFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("egress.jsonl");
        for (int i = 0; i < 2; i++) {
            try (EgressLog log = EgressLog.appendingTo(file)) {
                record(log, "{}");
            }
        }
        assertThat(Files.readAllLines(file)).hasSize(2);
    }

    @Test
    void aSlowDiskLosesLinesAndDelaysNoCaller() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        try (EgressLog log = EgressLog.to(new Target() {
            @Override
            public void write(byte[] bytes, int offset, int length) {
                writing.countDown();
                awaitQuietly(free);
            }
        })) {
            record(log, "{}");
            writing.await();
            for (int i = 0; i < 5_000; i++) {
                record(log, "{}"); // would never return if it waited for the disk
            }
            assertThat(log.lost()).isEqualTo(5_000 - 4_096);
            free.countDown();
        }
    }

    @Test
    void aFullDiskLosesLinesAndThoseAfterItAreWhole() {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        EgressLog log = EgressLog.to(new Target() {
            private int calls;

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (++calls == 2) {
                    written.write(bytes, offset, 10);
                    throw new IOException("no space left");
                }
                written.write(bytes, offset, length);
            }
        });
        record(log, "{\"n\":1}");
        record(log, "{\"n\":2}");
        record(log, "{\"n\":3}");
        log.close();

        assertThat(log.written()).isEqualTo(2);
        assertThat(log.lost()).isEqualTo(1);
        String[] lines = written.toString(StandardCharsets.UTF_8).split("\n");
        assertThat(lines).hasSize(3);
        assertThat(lines[2]).startsWith("{\"at\"").contains("3").endsWith("}");
    }

    @Test
    void closingDoesNotWaitForADiskThatHangsAndCountsWhatIsLeft() {
        CountDownLatch never = new CountDownLatch(1);
        EgressLog log = EgressLog.to(new Target() {
            @Override
            public void write(byte[] bytes, int offset, int length) {
                awaitQuietly(never);
            }
        });
        for (int i = 0; i < 10; i++) {
            record(log, "{}");
        }

        log.close();
        record(log, "{}");

        assertThat(log.lost()).isEqualTo(11);
        assertThat(log.toString()).isEqualTo("EgressLog[written 0, lost 11]");
        never.countDown();
    }

    private static void record(EgressLog log, String body) {
        log.record(AT, "api.deepseek.com", "d-1", body.getBytes(StandardCharsets.UTF_8));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private abstract static class Target extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public abstract void write(byte[] bytes, int offset, int length) throws IOException;
    }
}

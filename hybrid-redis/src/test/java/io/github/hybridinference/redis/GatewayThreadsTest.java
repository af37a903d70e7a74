package io.github.hybridinference.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class GatewayThreadsTest {
    @Test
    void doesWithoutThreadsThatTheMachineRefuses() {
        CompletableFuture<String> over = new CompletableFuture<>();
        CompletableFuture<String> later = new CompletableFuture<>();
        try (GatewayThreads threads = new GatewayThreads(prefix -> task -> {
            if (!prefix.endsWith("-timer-")) {
                throw new OutOfMemoryError("unable to create native thread (made up)");
            }
            return GatewayThreads.daemons(prefix).newThread(task);
        })) {
            assertThat(threads.run(() -> over.complete("run"))).isFalse();

            threads.run(
                    new GatewayThreads.Bounded() {
                        @Override
                        public void run() {
                            over.complete("run");
                        }

                        @Override
                        public void expired() {
                            over.complete("expired");
                        }
                    },
                    TimeUnit.HOURS.toNanos(1));

            assertThat(over).as("at once").isCompletedWithValue("expired");
            Object scheduled = threads.after(1, () -> later.complete("later"));
            assertThat(scheduled).isNotNull();
            assertThat(Entries.join(later)).isEqualTo("later");
        }
    }
}

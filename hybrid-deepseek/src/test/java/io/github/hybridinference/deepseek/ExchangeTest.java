package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Whether an exchange knows if its request may have been sent. */
class ExchangeTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();

    @Test
    void nothingIsWrittenAfterAFailure() {
        Exchange exchange = exchange();

        assertThat(exchange.fail(Reason.TIMEOUT)).isTrue();

        assertThat(exchange.startWriting(channel)).isFalse();
        assertThat(exchange.fail(Reason.CANCELLED)).isFalse();
        assertThat(failureOf(exchange).reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(failureOf(exchange).mayHaveCostUnseen()).isFalse();
    }

    @Test
    void aFailureAfterTheWriteHasStartedSaysThatItMayHaveBeenSent() {
        Exchange exchange = exchange();

        assertThat(exchange.startWriting(channel)).isTrue();

        assertThat(exchange.cancel(true)).isTrue();
        assertThat(failureOf(exchange).reason()).isEqualTo(Reason.CANCELLED);
        assertThat(failureOf(exchange).mayHaveCostUnseen()).isTrue();
    }

    @Test
    void cancellingAndWritingAtTheSameTimeAgreeOnWhoWasFirst() throws Exception {
        int rounds = 50_000;
        AtomicReference<Exchange> offered = new AtomicReference<>();
        CompletableFuture<Void> canceller = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < rounds; i++) {
                Exchange exchange = offered.getAndSet(null);
                while (exchange == null) {
                    Thread.onSpinWait();
                    exchange = offered.getAndSet(null);
                }
                exchange.cancel(true);
            }
        });
        int written = 0;
        for (int i = 0; i < rounds; i++) {
            Exchange exchange = exchange();
            offered.set(exchange);
            for (int spins = i % 100; spins > 0; spins--) { // now this thread is first, now the other
                Thread.onSpinWait();
            }
            boolean mayWrite = exchange.startWriting(channel);
            written += mayWrite ? 1 : 0;
            assertThat(failureOf(exchange).mayHaveCostUnseen()).isEqualTo(mayWrite);
        }
        canceller.get(30, TimeUnit.SECONDS);
        assertThat(written).isPositive();
    }

    private static RemoteException failureOf(Exchange exchange) {
        return (RemoteException) exchange.handle((response, failure) -> failure).join();
    }

    private static Exchange exchange() {
        return new Exchange(
                new Request("GET", "/", Map.of(), new byte[0]),
                new Exchange.Owner() {
                    @Override
                    public void cancelled(Exchange exchange) {}

                    @Override
                    public void ended(Exchange exchange) {}
                },
                () -> {});
    }
}

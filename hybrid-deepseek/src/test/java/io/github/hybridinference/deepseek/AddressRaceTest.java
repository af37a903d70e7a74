package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.deepseek.ScriptedServer.Script;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A host with several addresses of which some do not work. */
class AddressRaceTest {
    private static final InetAddress GOOD = BlackHole.loopback(1);
    private static final InetAddress REFUSING = BlackHole.loopback(3);

    /** Answers, and has each call open a connection of its own. */
    private static final Script ONE_CALL_A_CONNECTION =
            Replies.response("200 OK", "content-type: application/json\r\nconnection: close\r\n", Replies.GOOD);

    @Test
    void answersWithin600MsWhenTheFirstAddressNeverAnswers() throws Exception {
        try (ScriptedServer server = new ScriptedServer(Replies.ok(Replies.GOOD));
                BlackHole dead = new BlackHole(server.port())) {
            Duration fastest = Duration.ofDays(1);
            for (int i = 0; i < 4; i++) { // the first loads classes
                try (DeepSeek model = model(server, dead.address(), GOOD)) {
                    fastest = Collections.min(List.of(fastest, timeOf(model)));
                }
            }
            assertThat(fastest).isLessThan(Duration.ofMillis(600));
        }
    }

    @Test
    void triesTheNextAddressAtOnceWhenTheFirstRefuses() throws Exception {
        try (ScriptedServer server = new ScriptedServer(Replies.ok(Replies.GOOD))) {
            Duration fastest = Duration.ofDays(1);
            for (int i = 0; i < 4; i++) {
                try (DeepSeek model = model(server, REFUSING, GOOD)) {
                    fastest = Collections.min(List.of(fastest, timeOf(model)));
                }
            }
            assertThat(fastest).isLessThan(Duration.ofMillis(200));
        }
    }

    @Test
    void triesAnAddressThatLostByNotAnsweringLastTheNextTime() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ONE_CALL_A_CONNECTION);
                BlackHole dead = new BlackHole(server.port());
                DeepSeek model = model(server, dead.address(), GOOD)) {
            timeOf(model);

            Duration fastest = Collections.min(List.of(timeOf(model), timeOf(model), timeOf(model)));

            assertThat(fastest).isLessThan(Duration.ofMillis(200));
            assertThat(server.connections()).isEqualTo(4);
        }
    }

    @Test
    void remembersADeadAddressAlsoWhenTheExchangeWasCancelledMeanwhile() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ONE_CALL_A_CONNECTION);
                BlackHole dead = new BlackHole(server.port())) {
            CountDownLatch resolving = new CountDownLatch(1);
            try (DeepSeek model = model(server.port(), host -> {
                resolving.countDown();
                return new InetAddress[] {dead.address(), GOOD};
            })) {
                var cancelled = model.ask(Texts.question());
                assertThat(resolving.await(20, TimeUnit.SECONDS)).isTrue();
                cancelled.cancel(true);
                timeOf(model); // by the connection that the cancelled exchange began, or by one of its own

                Duration fastest = Collections.min(List.of(timeOf(model), timeOf(model), timeOf(model)));

                assertThat(fastest).isLessThan(Duration.ofMillis(200));
            }
        }
    }

    @Test
    void aHostThatNeverAnswersIsUnavailableAndCostsNothing() throws Exception {
        try (BlackHole dead = new BlackHole(0);
                DeepSeek model = model(dead.port(), host -> new InetAddress[] {dead.address()})) {
            RemoteException failure = Failures.of(model.ask(Texts.question()));

            assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(failure.mayHaveCostUnseen()).isFalse();
        }
    }

    @Test
    void aConnectionThatOutlivesItsExchangeServesTheNextOne() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        CountDownLatch resolving = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(Replies.ok(Replies.GOOD));
                DeepSeek model = model(server.port(), host -> {
                    resolving.countDown();
                    awaitUninterrupted(cancelled);
                    return new InetAddress[] {GOOD};
                })) {
            var first = model.ask(Texts.question());
            assertThat(resolving.await(20, TimeUnit.SECONDS)).isTrue();
            first.cancel(true);
            cancelled.countDown();

            timeOf(model);
            timeOf(model);

            assertThat(server.connections()).isEqualTo(1);
        }
    }

    static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    static DeepSeek model(int port, HostResolver resolver) {
        return DeepSeek.builder()
                .apiKey(Texts.KEY)
                .endpoint("http://localhost:" + port)
                .resolver(resolver)
                .build();
    }

    private static DeepSeek model(ScriptedServer server, InetAddress... addresses) {
        return model(server.port(), host -> addresses);
    }

    private static Duration timeOf(DeepSeek model) throws Exception {
        long start = System.nanoTime();
        model.ask(Texts.question()).get(30, TimeUnit.SECONDS);
        return Duration.ofNanos(System.nanoTime() - start);
    }
}

package io.github.hybridinference.testkit.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StandInLifecycleTest {

    private static final String FIGURES = "{\"rsi_14\":27.4}";

    @Test
    void waitsOnTimersSoThatOneThreadServesAll() {
        Set<Thread> others = standInThreads();
        try (StandIn standIn = StandIn.builder()
                .script(request -> request.number() <= 200 ? Behaviour.hang() : Behaviour.answer())
                .start()) {
            StandInClient client = new StandInClient(standIn);
            List<CompletableFuture<HttpResponse<String>>> hanging = IntStream.range(0, 200)
                    .mapToObj(i -> client.askAsync(FIGURES))
                    .toList();
            await().atMost(Duration.ofSeconds(60)).until(() -> standIn.stats().inFlight() == 200);

            assertThat(client.ask(FIGURES).statusCode()).isEqualTo(200);
            assertThat(hanging).noneMatch(CompletableFuture::isDone);
            assertThat(standInThreads())
                    .filteredOn(thread -> !others.contains(thread))
                    .hasSize(1);
        }
    }

    @Test
    void laterCallWithShorterDelayIsAnsweredFirst() {
        try (StandIn standIn = StandIn.builder()
                .latency(Duration.ofMillis(5))
                .script(request ->
                        request.number() == 1 ? Behaviour.answer().after(Duration.ofHours(1)) : Behaviour.answer())
                .start()) {
            StandInClient client = new StandInClient(standIn);
            CompletableFuture<HttpResponse<String>> slow = client.askAsync(FIGURES);
            await().atMost(Duration.ofSeconds(60)).until(() -> standIn.requests() == 1);

            assertThat(client.ask(FIGURES).statusCode()).isEqualTo(200);
            assertThat(slow).isNotDone();
        }
    }

    @Test
    void closeEndsCallsConnectionsAndThread() throws InterruptedException {
        Set<Thread> others = standInThreads();
        StandIn standIn = StandIn.builder().script(request -> Behaviour.hang()).start();
        Set<Thread> own = standInThreads();
        own.removeAll(others);
        CompletableFuture<HttpResponse<String>> call = new StandInClient(standIn).askAsync(FIGURES);
        await().atMost(Duration.ofSeconds(60)).until(() -> standIn.stats().inFlight() == 1);

        standIn.close();
        standIn.close();

        assertThat(call).failsWithin(Duration.ofSeconds(30));
        assertThat(standIn.openConnections()).isZero();
        assertThat(standIn.stats().aborted()).isZero();
        assertThat(own).hasSize(1);
        for (Thread thread : own) {
            thread.join(30_000);
            assertThat(thread.isAlive()).isFalse();
        }
        // a thread of Netty's, which tells the loop's group of its end; it ends by itself after a second
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("globalEventExecutor")));
    }

    @Test
    void saysSoWhenThePortIsTaken() {
        try (StandIn first = StandIn.builder().start()) {
            StandIn.Builder second = StandIn.builder().port(first.baseUrl().getPort());

            assertThatThrownBy(second::start)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("cannot listen on loopback port");
        }
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        StandIn.Builder builder = StandIn.builder().faults(0.1, 1);

        assertThatThrownBy(() -> builder.script(request -> Behaviour.answer()))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> builder.port(70_000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.latency(Duration.ofMillis(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Behaviour.drip(Duration.ofMillis(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    private static Set<Thread> standInThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("stand-in"))
                .collect(Collectors.toSet());
    }
}

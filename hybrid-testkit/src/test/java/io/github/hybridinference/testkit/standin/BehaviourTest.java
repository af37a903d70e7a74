package io.github.hybridinference.testkit.standin;

import static io.github.hybridinference.testkit.standin.StandInClient.content;
import static io.github.hybridinference.testkit.standin.StandInClient.finishReason;
import static io.github.hybridinference.testkit.standin.StandInClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BehaviourTest {

    private static final String FIGURES = "{\"rsi_14\":27.4}";

    private volatile Function<RequestInfo, Behaviour> script = request -> Behaviour.answer();
    private final StandIn standIn =
            StandIn.builder().script(request -> script.apply(request)).start();
    private final StandInClient client = new StandInClient(standIn);

    @AfterEach
    void close() {
        standIn.close();
    }

    @Test
    void statusCarriesHeadersAndBody() {
        HttpResponse<String> response =
                ask(Behaviour.status(429, Map.of("Retry-After", "3", "Content-Type", "text/html"), "<p>slow</p>"));

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("retry-after")).hasValue("3");
        assertThat(response.headers().allValues("content-type")).containsExactly("text/html");
        assertThat(response.body()).isEqualTo("<p>slow</p>");
    }

    @Test
    void contentComesInAWellFormedReply() {
        HttpResponse<String> response = ask(Behaviour.content("   ", "insufficient_system_resource"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(content(response)).isEqualTo("   ");
        assertThat(finishReason(response)).isEqualTo("insufficient_system_resource");
    }

    @Test
    void truncatedContentIsNoJson() {
        HttpResponse<String> response = ask(Behaviour.truncated());

        assertThat(finishReason(response)).isEqualTo("length");
        assertThatThrownBy(() -> json(content(response))).hasCauseInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @MethodSource
    void slowOnesArriveWholeInTheEnd(Behaviour slow) {
        String plain = content(ask(Behaviour.answer()));

        assertThat(content(ask(slow))).isEqualTo(plain);
    }

    static Stream<Behaviour> slowOnesArriveWholeInTheEnd() {
        return Stream.of(
                Behaviour.drip(Duration.ZERO),
                Behaviour.blankLines(3, Duration.ofMillis(1)),
                Behaviour.answer().after(Duration.ofMillis(1)));
    }

    @Test
    void blankLinesStandBeforeTheReply() {
        assertThat(ask(Behaviour.blankLines(3, Duration.ZERO)).body()).startsWith("\n\n\n{");
    }

    @ParameterizedTest
    @MethodSource
    void brokenOnesFailTheCallAndNotTheNext(Behaviour broken) {
        assertThatThrownBy(() -> ask(broken)).hasCauseInstanceOf(IOException.class);
        assertThat(ask(Behaviour.answer()).statusCode()).isEqualTo(200);
        // The JDK's client tries a call once more when its connection breaks before the first byte.
        assertThat(standIn.stats().cut()).isPositive().isEqualTo(standIn.requests() - 1);
        assertThat(standIn.stats().aborted()).isZero();
    }

    static Stream<Behaviour> brokenOnesFailTheCallAndNotTheNext() {
        return Stream.of(
                Behaviour.reset(), Behaviour.resetMidBody(), Behaviour.blankLinesThenClose(2, Duration.ofMillis(1)));
    }

    @Test
    void resetIsNoOrderlyEnd() throws IOException {
        script = request -> Behaviour.reset();
        try (Socket socket = connect(1)) {
            assertThatThrownBy(socket.getInputStream()::read).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void requestsSentWithoutWaitingAreAnsweredInOrder() throws IOException {
        script = request -> request.number() == 1
                ? Behaviour.answer().after(Duration.ofMillis(20))
                : Behaviour.status(503, Map.of(), "");
        try (Socket socket = connect(2)) {
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answers).containsSubsequence("HTTP/1.1 200", "HTTP/1.1 503");
        }
    }

    @Test
    void cancellingTheClientsCallEndsTheExchange() {
        script = request -> request.number() % 2 == 0 ? Behaviour.hang() : Behaviour.drip(Duration.ofMinutes(1));
        List<CompletableFuture<HttpResponse<String>>> calls =
                IntStream.range(0, 20).mapToObj(i -> client.askAsync(FIGURES)).toList();
        await().atMost(Duration.ofSeconds(60)).until(() -> standIn.stats().inFlight() == 20);

        calls.forEach(call -> call.cancel(true));

        await().atMost(Duration.ofSeconds(60))
                .until(() -> standIn.stats().aborted() == 20 && standIn.openConnections() == 0);
        assertThat(standIn.stats().inFlight()).isZero();
    }

    @Test
    void scriptSeesTheCall() {
        script = request -> Behaviour.content(
                request.number() + " " + request.path() + " "
                        + request.headers().get("authorization") + " "
                        + json(request.body()).path("model").textValue(),
                "stop");

        assertThat(content(client.ask(FIGURES))).isEqualTo("1 /chat/completions Bearer test-token deepseek-flash");
    }

    @Test
    void callThatTheScriptFailsOnIsAnswered() {
        script = request -> {
            throw new IllegalStateException("on purpose");
        };

        assertThat(client.ask(FIGURES).statusCode()).isEqualTo(500);
    }

    @Test
    void requestInfoShowsNoTokenAndNoContent() {
        assertThat(new RequestInfo(3, "/chat/completions", Map.of("authorization", "Bearer secret"), "secret"))
                .hasToString("RequestInfo[number=3, path=/chat/completions]");
    }

    /** A connection on which the given number of requests have been sent in one go, the last one asking to close. */
    private Socket connect(int requests) throws IOException {
        String body = StandInClient.question(FIGURES).toString();
        String head = "POST /chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer test-token\r\n"
                + "Content-Length: " + body.length() + "\r\n";
        String last = head + "Connection: close\r\n\r\n" + body;
        Socket socket =
                new Socket(standIn.baseUrl().getHost(), standIn.baseUrl().getPort());
        String all = (head + "\r\n" + body).repeat(requests - 1) + last;
        socket.getOutputStream().write(all.getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private HttpResponse<String> ask(Behaviour behaviour) {
        script = request -> behaviour;
        return client.ask(FIGURES);
    }
}

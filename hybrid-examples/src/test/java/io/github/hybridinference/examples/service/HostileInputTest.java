package io.github.hybridinference.examples.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.hybridinference.lab.command.CommandException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileInputTest {
    private static final String SECRET = "s3cr3t";
    private static final String POST = "POST /api/v1/inference HTTP/1.1\r\nHost: localhost\r\n";

    private static RunningService running;

    @BeforeAll
    static void start() throws CommandException {
        running = RunningService.rulesOnly();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    static Stream<Arguments> badQuestions() {
        String rest = ",\"timeframe\":\"1h\"}";
        return Stream.of(
                arguments("", 400, "JSON"),
                arguments("{", 400, "JSON"),
                arguments("null", 400, "object"),
                arguments("[]", 400, "object"),
                arguments("\"" + SECRET + "\"", 400, "object"),
                arguments(SECRET, 400, "JSON"),
                arguments("{\"symbol\":\"A\",\"timeout_ms\":20001" + rest, 400, "timeout_ms"),
                arguments("{\"symbol\":\"A\",\"symbol\":\"" + SECRET + "\"" + rest, 400, "twice"),
                arguments("{\"symbol\":\"A\"" + rest + " " + SECRET, 400, "JSON"),
                arguments("{\"timeframe\":\"1h\"}", 400, "symbol"),
                arguments("{\"symbol\":7" + rest, 400, "symbol"),
                arguments("{\"symbol\":\"\"" + rest, 400, "symbol"),
                arguments("{\"symbol\":\"" + SECRET + " '; drop\"" + rest, 400, "symbol"),
                arguments("{\"symbol\":\"" + "A".repeat(65) + "\"" + rest, 400, "symbol"),
                arguments("{\"symbol\":\"A\\u0000\"" + rest, 400, "symbol"),
                arguments("{\"symbol\":\"A\"}", 400, "timeframe"),
                arguments("{\"symbol\":\"A\",\"timeframe\":\"" + SECRET + "\"}", 400, "timeframe"),
                arguments("{\"symbol\":\"A\",\"timeframe\":60}", 400, "timeframe"),
                arguments(
                        "{\"symbol\":\"A\",\"vocabulary\":\"" + SECRET + "\"" + rest,
                        400,
                        "vocabulary must be one of CATALOGUE, TA_LIB"),
                arguments("{\"symbol\":\"A\",\"vocabulary\":[\"TA_LIB\"]" + rest, 400, "vocabulary"),
                arguments("{\"symbol\":\"A\",\"timeout_ms\":0" + rest, 400, "timeout_ms"),
                arguments("{\"symbol\":\"A\",\"timeout_ms\":\"" + SECRET + "\"" + rest, 400, "timeout_ms"),
                arguments("{\"symbol\":\"A\",\"timeoutMs\":1e9" + rest, 400, "timeout_ms"),
                arguments("{\"symbol\":\"A\",\"x\":" + "[".repeat(40) + "]".repeat(40) + rest, 400, "nested"),
                arguments("{\"a\":" + "[".repeat(50_000), 400, "nested"),
                arguments(keys(3_000), 400, "too many"),
                arguments("{\"symbol\":\"A\",\"x\":" + "9".repeat(5_000) + rest, 400, "too long"),
                arguments("{\"symbol\":\"A\",\"x\":\"" + "x".repeat(300_000) + "\"" + rest, 413, "larger"));
    }

    @ParameterizedTest
    @MethodSource("badQuestions")
    void refusesNamingTheFieldAndRepeatingNothing(String body, int status, String named) {
        Client.Reply reply = running.client.infer(body);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.json().fieldNames()).toIterable().containsExactly("error", "message");
        assertThat(reply.json().get("message").asText()).contains(named);
        assertThat(reply.body()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @MethodSource("oddFigures")
    void dropsAFigureThatIsNone(String figure) {
        Client.Reply reply = running.client.infer(
                "{\"symbol\":\"A\",\"timeframe\":\"1h\",\"features\":{\"rsi_14\":" + figure + "}}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().get("fields_dropped").asInt()).isEqualTo(1);
        assertThat(reply.json().get("degradation").asText()).isEqualTo("NO_DATA");
    }

    static Stream<String> oddFigures() {
        return Stream.of("null", "true", "\"27\"", "\"NaN\"", "[27]", "{}", "1e999", "-1", "101", "1e5");
    }

    @Test
    void namesTheQuestionOfABatch() {
        Client.Reply reply =
                running.client.post("/api/v1/inference/batch", "[" + Bodies.plain() + ",{\"symbol\":\"A\"}]");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().get("message").asText()).startsWith("[1].timeframe");
        assertThat(running.client.post("/api/v1/inference/batch", "[]").status())
                .isEqualTo(400);
        assertThat(running.client.post("/api/v1/inference/batch", "{}").status())
                .isEqualTo(400);
        String many = "{\"symbol\":\"A\",\"timeframe\":\"1h\"},".repeat(100);
        assertThat(running.client
                        .post("/api/v1/inference/batch", "[" + many + "{}]")
                        .json()
                        .get("error")
                        .asText())
                .isEqualTo("invalid_batch");
    }

    @Test
    void answersUnknownPathsAndMethodsInJson() {
        assertThat(running.client.get("/" + SECRET).status()).isEqualTo(404);
        assertThat(running.client.get("/" + SECRET).body())
                .contains("not_found")
                .doesNotContain(SECRET);
        assertThat(running.client.get("/api/v1/inference").status()).isIn(404, 405);
        assertThat(running.client.post("/health", "").status()).isEqualTo(405);
        assertThat(running.client.get("/../../etc/passwd").status()).isIn(400, 404);
    }

    @Test
    void repeatsNothingOfAMalformedRequest() throws IOException {
        assertThat(raw("GARBAGE " + SECRET + "\r\n\r\n"))
                .startsWith("HTTP/1.1 505")
                .doesNotContain(SECRET);
        assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + SECRET.repeat(3_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431")
                .doesNotContain(SECRET);
        assertThat(raw("POST /api/v1/inference HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999999\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
        String smuggled = String.join(
                "\r\n",
                "POST /api/v1/inference HTTP/1.1",
                "Host: localhost",
                "Content-Length: 3",
                "Transfer-Encoding: chunked",
                "Connection: close",
                "",
                "0",
                "",
                "");
        assertThat(raw(smuggled)).startsWith("HTTP/1.1 400");
    }

    /** Bodies that do not end take neither threads nor places from others. */
    @Test
    void answersOthersWhileSlowClientsHoldTheirRequests() throws IOException {
        Socket[] slow = new Socket[PendingInferences.MOST + 50];
        try {
            for (int i = 0; i < slow.length; i++) {
                slow[i] = connect();
                send(slow[i], POST + "Content-Length: 100\r\n\r\n{");
            }
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> running.client
                                    .get("/stats")
                                    .json()
                                    .at("/http/open_connections")
                                    .asInt()
                            >= slow.length / 2);

            assertThat(running.client.infer(Bodies.plain()).json().get("source").asText())
                    .isEqualTo("LOCAL");
            assertThat(running.client.get("/health").status()).isEqualTo(200);
        } finally {
            for (Socket socket : slow) {
                if (socket != null) {
                    socket.close();
                }
            }
        }
    }

    /** A connection that is closed while the client still sends is reset, and takes the answer with it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientThatSendsTooMuchIsTold(boolean announced) throws IOException {
        for (int i = 0; i < 50; i++) {
            try (Socket socket = connect()) {
                socket.setSoTimeout(30_000);
                send(socket, POST + (announced ? "Content-Length: 400000" : "Transfer-Encoding: chunked") + "\r\n\r\n");
                for (int part = 0; part < 40; part++) {
                    send(socket, announced ? "x".repeat(10_000) : "2710\r\n" + "x".repeat(10_000) + "\r\n");
                }
                send(socket, announced ? "" : "0\r\n\r\n");
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 413")
                        .contains("larger than 65536 bytes");
            }
        }
    }

    /** Of a body without an end, what is read to spare the client a reset has an end. */
    @Test
    void doesNotReadOnForever() throws IOException {
        int parts = 0;
        try (Socket socket = connect()) {
            send(socket, POST + "Transfer-Encoding: chunked\r\n\r\n");
            String part = "2710\r\n" + "x".repeat(10_000) + "\r\n";
            while (parts < 5_000 && socket.getInputStream().available() == 0) {
                send(socket, part);
                parts++;
            }
        } catch (IOException closed) {
            // that is its end
        }
        assertThat(parts).isLessThan(5_000);
    }

    @Test
    void endsABodyThatDoesNotEnd() throws IOException {
        assertThat(raw(POST + "Content-Length: 100\r\n\r\n{")).startsWith("HTTP/1.1 408");
    }

    @Test
    void closesAConnectionWhoseHeaderDoesNotEnd() throws IOException {
        try (Socket socket = connect()) {
            socket.setSoTimeout(30_000);
            send(socket, "GET /health HTTP/1.1\r\nHost: loc");

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        await().until(() -> running.client
                        .get("/stats")
                        .json()
                        .at("/http/rejected_connections/HEADER_TIMEOUT")
                        .asInt()
                > 0);
    }

    @Test
    void refusesMalformedChunks() throws IOException {
        String chunked = POST + "Transfer-Encoding: chunked\r\n\r\n";

        assertThat(raw(chunked + "zz\r\n{}\r\n0\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(raw(chunked + "2\n{}\n0\n\n")).startsWith("HTTP/1.1 400");
        assertThat(raw(chunked + "fffffffffffffffff\r\n{}")).startsWith("HTTP/1.1 400");
    }

    @Test
    void refusesLinesThatEndWithoutCarriageReturn() throws IOException {
        assertThat(raw("GET /health HTTP/1.1\nHost: localhost\n\n")).startsWith("HTTP/1.1 400");
        assertThat(raw("GET /health HTTP/1.1\r\nHost: localhost\r\nX: y\n\r\n")).startsWith("HTTP/1.1 400");
    }

    @Test
    void takesTheMethodFromTheRequestLineOnly() {
        Client.Reply reply = running.client.post("/stats", "", "X-HTTP-Method-Override", "GET");

        assertThat(reply.status()).isEqualTo(405);
    }

    /** A page under a name of its own that leads to this machine is of the same origin for its browser. */
    @ParameterizedTest
    @ValueSource(strings = {"attacker.example", "attacker.example:8000", "localhost.attacker.example", "10.0.0.1", "x"})
    void refusesToBeAskedUnderAForeignName(String host) throws IOException {
        String reply = raw("GET /stats HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");

        assertThat(reply).startsWith("HTTP/1.1 403").contains("foreign_host").doesNotContain("attacker");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:1", "127.0.0.1:8000", "127.1.2.3", "[::1]:8000", "LOCALHOST"})
    void isAskedUnderTheNamesOfLoopback(String host) throws IOException {
        assertThat(raw("GET /health HTTP/1.1\r\nHost: " + host + "\r\n\r\n")).startsWith("HTTP/1.1 200");
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"k" + i + "\":1").collect(Collectors.joining(",", "{", "}"));
    }

    private static Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), running.service.port());
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] first = socket.getInputStream().readNBytes(12);
            byte[] more = new byte[4_096];
            int length = socket.getInputStream().read(more);
            return new String(first, StandardCharsets.US_ASCII)
                    + (length < 0 ? "" : new String(more, 0, length, StandardCharsets.US_ASCII));
        }
    }
}

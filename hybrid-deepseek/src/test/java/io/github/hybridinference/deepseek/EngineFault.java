package io.github.hybridinference.deepseek;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static io.github.hybridinference.deepseek.Replies.completion;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.github.hybridinference.deepseek.ScriptedServer.Script;
import io.github.hybridinference.model.Degradation;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Everything that can go wrong at the other end, every time it is asked, and what the caller of an engine gets: an answer
 * or a degradation, after how many calls.
 */
@SuppressWarnings("ImmutableEnumChecker") // what stands at the other end is made anew for each test
enum EngineFault {
    STATUS_400(status(400), Degradation.REJECTED, 1),
    STATUS_401(status(401), Degradation.UNAUTHORIZED, 1),
    STATUS_402(status(402), Degradation.UNPAID, 1),
    STATUS_403(status(403), Degradation.UNAUTHORIZED, 1),
    STATUS_404(status(404), Degradation.REJECTED, 1),
    STATUS_422(status(422), Degradation.REJECTED, 1),
    STATUS_429(status(429), Degradation.RATE_LIMITED, 3),
    STATUS_429_RETRY_IN_A_SECOND(tooFast("1"), Degradation.RATE_LIMITED, 3, 2_000),
    STATUS_429_RETRY_AT_A_DATE(tooFast("Tue, 24 Nov 2026 10:00:01 GMT"), Degradation.RATE_LIMITED, 3, 2_000),
    STATUS_429_RETRY_IN_AGES(tooFast("99999999999999999999"), Degradation.RATE_LIMITED, 1),
    STATUS_429_RETRY_AT_A_FAR_DATE(tooFast("Fri, 31 Dec 9999 23:59:59 GMT"), Degradation.RATE_LIMITED, 1),
    STATUS_429_RETRY_AT_NO_TIME(tooFast("soon"), Degradation.RATE_LIMITED, 3),
    STATUS_500(status(500), Degradation.UNAVAILABLE, 3),
    STATUS_502(status(502), Degradation.UNAVAILABLE, 3),
    STATUS_503(status(503), Degradation.UNAVAILABLE, 3),
    STATUS_504(status(504), Degradation.UNAVAILABLE, 3),

    HTML_WITH_200(
            mock(aResponse()
                    .withHeader("content-type", "text/html")
                    .withBody("<html><body>" + Texts.CANARY + "</body></html>")),
            Degradation.UNAVAILABLE,
            1),
    ERROR_OBJECT_WITH_200(body("{\"error\":{\"message\":\"" + Texts.CANARY + "\"}}"), Degradation.UNAVAILABLE, 3),
    TRUNCATED_ENVELOPE(body(Replies.GOOD.substring(0, 150)), Degradation.UNAVAILABLE, 3),
    EMPTY_BODY(body(""), Degradation.BAD_REPLY, 2),
    NO_CHOICES(body("{\"model\":\"deepseek-flash\"," + Replies.USAGE + "}"), Degradation.BAD_REPLY, 2),
    EMPTY_CHOICES(body("{\"choices\":[]," + Replies.USAGE + "}"), Degradation.BAD_REPLY, 2),
    EMPTY_CONTENT(content(""), Degradation.BAD_REPLY, 2),
    BLANK_CONTENT(content("  \\n  "), Degradation.BAD_REPLY, 2),
    NULL_CONTENT(body(completion("null", "\"stop\"")), Degradation.BAD_REPLY, 2),
    PROSE(content("I would buy, says the " + Texts.CANARY), Degradation.BAD_REPLY, 1),
    FENCED_JSON(content("```json\\n" + Replies.CONTENT + "\\n```"), 1),
    TRUNCATED_JSON(content(Replies.CONTENT.substring(0, 60)), Degradation.BAD_REPLY, 2),
    TWO_MEGABYTES(content("x".repeat(2_000_000)), Degradation.BAD_REPLY, 1),
    WRONG_CONTENT_TYPE(mock(aResponse().withHeader("content-type", "text/html").withBody(Replies.GOOD)), 1),

    FINISH_LENGTH(finish("\"length\""), 1),
    FINISH_LENGTH_IN_THE_OBJECT(
            body(completion("\"" + Replies.CONTENT.substring(0, 60) + "\"", "\"length\"")), Degradation.BAD_REPLY, 2),
    FINISH_CONTENT_FILTER(finish("\"content_filter\""), Degradation.BAD_REPLY, 1),
    FINISH_TOOL_CALLS(finish("\"tool_calls\""), Degradation.BAD_REPLY, 1),
    FINISH_INSUFFICIENT_SYSTEM_RESOURCE(finish("\"insufficient_system_resource\""), Degradation.BAD_REPLY, 2),
    FINISH_UNKNOWN(finish("\"" + Texts.CANARY + "\""), 1),
    FINISH_NULL(finish("null"), 1),

    CONNECT_REFUSED((server, name) -> Upstream.refusing(), Degradation.UNAVAILABLE, 0),
    CLOSED_BEFORE_THE_ANSWER(socket(Fault.CLOSED_BEFORE_THE_ANSWER.script()), Degradation.UNAVAILABLE, 3),
    RESET_BEFORE_THE_ANSWER(socket(Fault.RESET_BEFORE_THE_ANSWER.script()), Degradation.UNAVAILABLE, 3),
    RESET_IN_THE_BODY(socket(Fault.RESET_IN_THE_BODY.script()), Degradation.UNAVAILABLE, 3),
    BLANK_LINES_THEN_CLOSE(socket(Fault.BLANK_LINES_THEN_CLOSE.script()), Degradation.UNAVAILABLE, 3),
    BLANK_LINES_THEN_AN_ANSWER(socket(EngineFault::blankLinesThenAnswer), 1),
    HANG(ScriptedServer.HANG, 0),
    HANG_IN_THE_BODY(Fault.HANG_IN_THE_BODY.script(), 1),
    BLANK_LINES_FOR_EVER(Fault.DRIP.script(), 10),
    DRIP_OF_A_BYTE_A_SECOND(EngineFault::drip, 2);

    /** The engine's timeout: long enough for all that end by themselves on a busy machine. */
    static final int PATIENCE_MS = 60_000;

    private static final int UNHEARD = -1;

    /** Makes what stands at the other end. */
    @FunctionalInterface
    private interface Opening {
        Upstream open(WireMockServer server, String name);
    }

    private final Opening opening;
    private final Degradation degradation;
    private final int calls;
    private final int shortestMs;
    private final int flushes;

    EngineFault(Opening opening, Degradation degradation, int calls, int shortestMs) {
        this.opening = opening;
        this.degradation = degradation;
        this.calls = calls;
        this.shortestMs = shortestMs;
        this.flushes = UNHEARD;
    }

    /** One that never comes to an end; after how many flushes it is known for what it is. */
    EngineFault(Script script, int flushes) {
        this.opening = socket(script);
        this.degradation = Degradation.TIMEOUT;
        this.calls = 1;
        this.shortestMs = PATIENCE_MS;
        this.flushes = flushes;
    }

    EngineFault(Opening opening, Degradation degradation, int calls) {
        this(opening, degradation, calls, 0);
    }

    /** One that is overcome. */
    EngineFault(Opening opening, int calls) {
        this(opening, null, calls, 0);
    }

    Upstream open(WireMockServer server, String name) {
        return opening.open(server, name);
    }

    /** Empty if the model's answer is believed all the same. */
    Optional<Degradation> degradation() {
        return Optional.ofNullable(degradation);
    }

    /** How many requests arrive. */
    int calls() {
        return calls;
    }

    boolean hangs() {
        return flushes != UNHEARD;
    }

    /** How often it has flushed by the time that it is known for one that hangs. */
    int flushes() {
        return flushes;
    }

    /** What the caller waits at least: his whole patience, or the pauses that the service asks for. */
    Duration shortest() {
        return Duration.ofMillis(shortestMs);
    }

    private static Opening socket(Script script) {
        return (server, name) -> Upstream.scripted(script);
    }

    private static Opening mock(ResponseDefinitionBuilder response) {
        return (server, name) -> Upstream.mocked(server, name, response);
    }

    private static Opening status(int status) {
        return mock(failure(status));
    }

    private static Opening tooFast(String retryAfter) {
        return mock(
                failure(429).withHeader("date", "Tue, 24 Nov 2026 10:00:00 GMT").withHeader("retry-after", retryAfter));
    }

    private static ResponseDefinitionBuilder failure(int status) {
        return aResponse().withStatus(status).withBody("{\"error\":{\"message\":\"" + Texts.CANARY + "\"}}");
    }

    private static Opening body(String body) {
        return mock(okJson(body));
    }

    private static Opening content(String content) {
        return body(completion("\"" + content + "\"", "\"stop\""));
    }

    private static Opening finish(String reason) {
        return body(completion("\"" + Replies.CONTENT + "\"", reason));
    }

    private static void blankLinesThenAnswer(Socket socket, OutputStream out) throws IOException {
        String body = "\n\n\n" + Replies.GOOD;
        out.write(
                ("HTTP/1.1 200 OK\r\ncontent-length: " + body.length() + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        for (byte each : body.getBytes(StandardCharsets.UTF_8)) {
            out.write(each);
            out.flush();
        }
    }

    private static void drip(Socket socket, OutputStream out) throws IOException, InterruptedException {
        out.write("HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        while (true) {
            out.write('{');
            out.flush();
            TimeUnit.SECONDS.sleep(1);
        }
    }
}

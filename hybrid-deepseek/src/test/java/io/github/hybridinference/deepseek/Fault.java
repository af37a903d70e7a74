package io.github.hybridinference.deepseek;

import static io.github.hybridinference.deepseek.Replies.completion;
import static io.github.hybridinference.deepseek.Replies.ok;
import static io.github.hybridinference.deepseek.Replies.raw;
import static io.github.hybridinference.deepseek.Replies.response;

import io.github.hybridinference.deepseek.ScriptedServer.Script;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.ReplyProblem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Everything that can go wrong with one attempt, and what the adapter reports. */
@SuppressWarnings("ImmutableEnumChecker") // the scripts are lambdas without state
enum Fault {
    STATUS_400(status("400 Bad Request"), Reason.REJECTED, 400),
    STATUS_401(status("401 Unauthorized"), Reason.UNAUTHORIZED, 401),
    STATUS_402(status("402 Payment Required"), Reason.UNPAID, 402),
    STATUS_403(status("403 Forbidden"), Reason.UNAUTHORIZED, 403),
    STATUS_404(status("404 Not Found"), Reason.REJECTED, 404),
    STATUS_422(status("422 Unprocessable Entity"), Reason.REJECTED, 422),
    STATUS_429(status("429 Too Many Requests"), Reason.RATE_LIMITED, 429),
    STATUS_500(status("500 Internal Server Error"), Reason.UNAVAILABLE, 500),
    STATUS_502(status("502 Bad Gateway"), Reason.UNAVAILABLE, 502),
    STATUS_503(status("503 Service Unavailable"), Reason.UNAVAILABLE, 503),
    STATUS_504(status("504 Gateway Timeout"), Reason.UNAVAILABLE, 504),
    REDIRECT(response("302 Found", "location: http://127.0.0.1:1/\r\n", ""), Reason.REJECTED, 302),
    HANGING_BODY_OF_AN_ERROR(
            raw("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 10\r\n\r\n"), Reason.UNAVAILABLE, 503),
    HTML_WITH_200(
            response("200 OK", "content-type: text/html\r\n", "<html><body>Welcome</body></html>"),
            Reason.UNAVAILABLE,
            0),
    ERROR_OBJECT_WITH_200(ok("{\"error\":{\"message\":\"no\",\"type\":\"server_error\"}}"), Reason.UNAVAILABLE, 200),
    TRUNCATED_ENVELOPE(ok(Replies.GOOD.substring(0, 150)), Reason.UNAVAILABLE, 0),
    BROKEN_CHUNKS(raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n"), Reason.UNAVAILABLE, 0),
    NO_HTTP(raw("SSH-2.0-OpenSSH_9.2\r\n\r\n"), Reason.UNAVAILABLE, 0),
    EMPTY_BODY(ok(""), ReplyProblem.BLANK),
    ONLY_BLANK_LINES(ok("\n\n\n"), ReplyProblem.BLANK),
    NO_CHOICES(ok("{\"model\":\"deepseek-flash\"," + Replies.USAGE + "}"), ReplyProblem.BLANK),
    EMPTY_CHOICES(ok("{\"choices\":[]," + Replies.USAGE + "}"), ReplyProblem.BLANK),
    TOO_LARGE(ok(completion("\"" + "x".repeat(2_000_000) + "\"", "\"stop\"")), ReplyProblem.TOO_LARGE),
    ENDLESS(Fault::pourForever, ReplyProblem.TOO_LARGE),
    CLOSED_BEFORE_THE_ANSWER((socket, out) -> socket.close(), Reason.UNAVAILABLE, 0),
    RESET_BEFORE_THE_ANSWER(Fault::reset, Reason.UNAVAILABLE, 0),
    RESET_IN_THE_BODY(
            (socket, out) -> {
                out.write(
                        "HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"choices\":".getBytes(StandardCharsets.UTF_8));
                out.flush();
                reset(socket, out);
            },
            Reason.UNAVAILABLE,
            0),
    BLANK_LINES_THEN_CLOSE(
            (socket, out) -> {
                out.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\n\n\r\n1\r\n\n\r\n"
                        .getBytes(StandardCharsets.UTF_8));
                out.flush();
                socket.close();
            },
            Reason.UNAVAILABLE,
            0),
    HANG(ScriptedServer.HANG, Reason.TIMEOUT, 0),
    HANG_IN_THE_BODY(raw("HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{"), Reason.TIMEOUT, 0),
    DRIP(Fault::drip, Reason.TIMEOUT, 0);

    /** Long enough for all that end by themselves on a busy machine. */
    private static final Duration PATIENT = Duration.ofSeconds(20);

    private static final Duration IMPATIENT = Duration.ofMillis(250);

    private final Script script;
    private final Reason reason;
    private final int status;
    private final ReplyProblem problem;

    Fault(Script script, Reason reason, int status) {
        this.script = script;
        this.reason = reason;
        this.status = status;
        this.problem = null;
    }

    Fault(Script script, ReplyProblem problem) {
        this.script = script;
        this.reason = Reason.BAD_REPLY;
        this.status = 0;
        this.problem = problem;
    }

    Script script() {
        return script;
    }

    Reason reason() {
        return reason;
    }

    int status() {
        return status;
    }

    /** Null unless the reply is bad. */
    ReplyProblem problem() {
        return problem;
    }

    Duration patience() {
        return reason == Reason.TIMEOUT ? IMPATIENT : PATIENT;
    }

    private static Script status(String line) {
        return response(
                line, "content-type: application/json\r\n", "{\"error\":{\"message\":\"" + Texts.CANARY + "\"}}");
    }

    private static void reset(java.net.Socket socket, java.io.OutputStream out) throws java.io.IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private static void pourForever(java.net.Socket socket, java.io.OutputStream out) throws java.io.IOException {
        out.write("HTTP/1.1 200 OK\r\n\r\n{\"choices\":\"".getBytes(StandardCharsets.UTF_8));
        byte[] more = "x".repeat(65_536).getBytes(StandardCharsets.UTF_8);
        while (true) {
            out.write(more); // until the other side has had enough and closes
        }
    }

    /** One byte at a time, so that a time-out between bytes would never fire. */
    private static void drip(java.net.Socket socket, java.io.OutputStream out)
            throws java.io.IOException, InterruptedException {
        out.write("HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        while (true) {
            out.write(' ');
            out.flush();
            java.util.concurrent.TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}

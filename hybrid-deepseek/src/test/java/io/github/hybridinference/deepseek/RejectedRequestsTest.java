package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.deepseek.ScriptedServer.Script;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The body of a 400 is read, and what becomes of it never hides the status. */
class RejectedRequestsTest {
    private static final String HEAD = "HTTP/1.1 400 Bad Request\r\ncontent-length: ";

    static Stream<Script> broken() {
        return Stream.of(
                Replies.raw(HEAD + "20\r\n\r\nthen nothing"),
                (socket, out) -> {
                    out.write((HEAD + "20\r\n\r\nthen the end").getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    socket.close();
                },
                Replies.response("400 Bad Request", "", "x".repeat(300_000)));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void keepsTheStatusOfABrokenResponse(Script script) {
        try (ScriptedServer server = new ScriptedServer(script);
                DeepSeek model = DeepSeek.builder().endpoint(server.url()).build()) {
            RemoteException failure = Failures.of(model.ask(Texts.question(Duration.ofSeconds(2))));

            assertThat(failure.reason()).isEqualTo(Reason.REJECTED);
            assertThat(failure.status()).isEqualTo(400);
            assertThat(failure.mayHaveCostUnseen()).isFalse();
        }
    }

    @Test
    void usesTheConnectionAgain() {
        try (ScriptedServer server = new ScriptedServer(Replies.response("400 Bad Request", "", "{}"));
                DeepSeek model = DeepSeek.builder().endpoint(server.url()).build()) {
            Failures.of(model.ask(Texts.question()));
            Failures.of(model.ask(Texts.question()));

            assertThat(server.connections()).isEqualTo(1);
        }
    }
}

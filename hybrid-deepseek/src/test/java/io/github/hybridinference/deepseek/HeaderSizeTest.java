package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.remote.FailureCause;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteReply;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Gateways add cookies, policies and traces to the headers of a response. */
class HeaderSizeTest {
    @Test
    void takesHeadersOfSixtyKilobytes() throws Exception {
        try (ScriptedServer server = answering(60_000);
                DeepSeek model = DeepSeek.builder().endpoint(server.url()).build()) {
            assertThat(model.ask(Texts.question()).get(30, TimeUnit.SECONDS).finish())
                    .isEqualTo(RemoteReply.Finish.STOP);
        }
    }

    @Test
    void saysThatLargerHeadersAreTooLargeAndDoesNotPayForThemAgain() throws Exception {
        try (ScriptedServer server = answering(70_000);
                DeepSeek model = DeepSeek.builder().endpoint(server.url()).build()) {
            RemoteException failure = Failures.of(model.ask(Texts.question()));

            assertThat(failure.failureCause()).contains(FailureCause.HEADERS_TOO_LARGE);
            assertThat(failure.mayHaveCostUnseen()).isTrue();
            assertThat(failure.isRetryable()).isFalse();
        }
    }

    private static ScriptedServer answering(int headerBytes) {
        String cookie = "set-cookie: a=" + "x".repeat(1_000) + "\r\n";
        byte[] body = Replies.GOOD.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 200 OK\r\n" + cookie.repeat(headerBytes / cookie.length()) + "content-length: "
                + body.length + "\r\n\r\n";
        return new ScriptedServer((socket, out) -> {
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(body);
        });
    }
}

package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.RemoteReply;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultTableTest {
    @ParameterizedTest
    @EnumSource(Fault.class)
    void reportsTheFaultOnceAndRecovers(Fault fault) throws Exception {
        try (ScriptedServer server = new ScriptedServer(fault.script());
                DeepSeek model = model(server.url())) {
            RemoteException failure = failureOf(model, fault.patience());

            assertThat(failure.reason()).isEqualTo(fault.reason());
            assertThat(failure.status()).isEqualTo(fault.status());
            assertThat(failure.problem().orElse(null)).isEqualTo(fault.problem());
            assertThat(server.requests()).isEqualTo(1);
            assertNothingEchoed(failure);

            server.script(Replies.ok(Replies.GOOD));
            RemoteReply next = model.ask(Texts.question()).get(30, TimeUnit.SECONDS);
            assertThat(next.finish()).isEqualTo(RemoteReply.Finish.STOP);
        }
    }

    @Test
    void reportsARefusedConnectionAsNeverSent() throws Exception {
        int free;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = taken.getLocalPort();
        }
        try (DeepSeek model = model("http://127.0.0.1:" + free)) {
            RemoteException failure = failureOf(model, Duration.ofSeconds(20));

            assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(failure.mayHaveCostUnseen()).isFalse();
        }
    }

    @Test
    void reportsAnUnknownHostAsNeverSent() throws Exception {
        try (DeepSeek model = DeepSeek.builder()
                .apiKey(Texts.KEY)
                .endpoint("https://no-such-host.invalid")
                .build()) {
            RemoteException failure = failureOf(model, Duration.ofSeconds(20));

            assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(failure.mayHaveCostUnseen()).isFalse();
        }
    }

    @Test
    void sendsNothingWhenTheDeadlineHasPassed() throws Exception {
        try (ScriptedServer server = new ScriptedServer(Replies.ok(Replies.GOOD));
                DeepSeek model = model(server.url())) {
            RemoteException failure = failureOf(model, Duration.ZERO);

            assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(failure.mayHaveCostUnseen()).isFalse();
            assertThat(server.requests()).isZero();
        }
    }

    static DeepSeek model(String url) {
        return DeepSeek.builder().apiKey(Texts.KEY).endpoint(url).build();
    }

    private static RemoteException failureOf(DeepSeek model, Duration patience) {
        CompletableFuture<RemoteReply> asked = model.ask(Texts.question(patience));
        ExecutionException thrown = assertThrows(ExecutionException.class, () -> asked.get(60, TimeUnit.SECONDS));
        return (RemoteException) thrown.getCause();
    }

    private static void assertNothingEchoed(RemoteException failure) {
        assertThat(Texts.of(failure)).doesNotContain(Texts.KEY).doesNotContain(Texts.CANARY);
        assertThat(failure.getCause()).isNull();
    }
}

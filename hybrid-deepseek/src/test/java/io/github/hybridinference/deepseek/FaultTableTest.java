package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.remote.RemoteReply;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FaultTableTest {
    private static final Duration IMPATIENT = Duration.ofMillis(500);

    /** Where openai-java differs: OkHttp follows redirects, and the body of an error is read before its status is told. */
    private static final Map<Fault, Reason> BY_OPENAI_JAVA =
            Map.of(Fault.REDIRECT, Reason.UNAVAILABLE, Fault.HANGING_BODY_OF_AN_ERROR, Reason.TIMEOUT);

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("faults")
    void reportsTheFaultOnceAndRecovers(Adapter adapter, Fault fault) throws Exception {
        try (ScriptedServer server = new ScriptedServer(fault.script());
                Adapter.Opened opened = adapter.open(server.url(), Clock.systemUTC())) {
            Optional<Reason> otherwise =
                    adapter == Adapter.OPENAI_JAVA ? Optional.ofNullable(BY_OPENAI_JAVA.get(fault)) : Optional.empty();
            Duration patience = otherwise.equals(Optional.of(Reason.TIMEOUT)) ? IMPATIENT : fault.patience();
            RemoteException failure = failureOf(opened.model(), patience);

            assertThat(failure.reason()).isEqualTo(otherwise.orElse(fault.reason()));
            assertThat(failure.status()).isEqualTo(otherwise.isPresent() ? 0 : fault.status());
            assertThat(failure.problem().orElse(null)).isEqualTo(fault.problem());
            assertThat(server.requests()).isEqualTo(1);
            assertNothingEchoed(failure);

            server.script(Replies.ok(Replies.GOOD));
            RemoteReply next = opened.model().ask(Texts.question()).get(30, TimeUnit.SECONDS);
            assertThat(next.finish()).isEqualTo(RemoteReply.Finish.STOP);
        }
    }

    static Stream<Arguments> faults() {
        return Arrays.stream(Adapter.values())
                .flatMap(adapter -> Arrays.stream(Fault.values()).map(fault -> Arguments.of(adapter, fault)));
    }

    @ParameterizedTest
    @EnumSource(Adapter.class)
    void reportsARefusedConnectionAsNeverSent(Adapter adapter) throws Exception {
        int free;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = taken.getLocalPort();
        }
        assertNeverSent(adapter, "http://127.0.0.1:" + free);
    }

    @ParameterizedTest
    @EnumSource(Adapter.class)
    void reportsAnUnknownHostAsNeverSent(Adapter adapter) {
        assertNeverSent(adapter, "https://no-such-host.invalid");
    }

    private static void assertNeverSent(Adapter adapter, String url) {
        try (Adapter.Opened opened = adapter.open(url, Clock.systemUTC())) {
            RemoteException failure = failureOf(opened.model(), Duration.ofSeconds(20));

            assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(failure.mayHaveCostUnseen()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Adapter.class)
    void sendsNothingWhenTheDeadlineHasPassed(Adapter adapter) {
        try (ScriptedServer server = new ScriptedServer(Replies.ok(Replies.GOOD));
                Adapter.Opened opened = adapter.open(server.url(), Clock.systemUTC())) {
            RemoteException failure = failureOf(opened.model(), Duration.ZERO);

            assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(failure.mayHaveCostUnseen()).isFalse();
            assertThat(server.requests()).isZero();
        }
    }

    static DeepSeek model(String url) {
        return DeepSeek.builder().apiKey(Texts.KEY).endpoint(url).build();
    }

    private static RemoteException failureOf(RemoteModel model, Duration patience) {
        CompletableFuture<RemoteReply> asked = model.ask(Texts.question(patience));
        ExecutionException thrown = assertThrows(ExecutionException.class, () -> asked.get(60, TimeUnit.SECONDS));
        return (RemoteException) thrown.getCause();
    }

    private static void assertNothingEchoed(RemoteException failure) {
        assertThat(Texts.of(failure)).doesNotContain(Texts.KEY).doesNotContain(Texts.CANARY);
        assertThat(failure.getCause()).isNull();
    }
}

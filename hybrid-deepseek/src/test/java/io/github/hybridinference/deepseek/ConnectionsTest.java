package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.RemoteReply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    @Test
    void usesOneConnectionForOneCallAfterAnother() throws Exception {
        try (ScriptedServer server = new ScriptedServer(Replies.ok(Replies.GOOD));
                DeepSeek model = FaultTableTest.model(server.url())) {
            for (int i = 0; i < 20; i++) {
                ask(model);
            }
            assertThat(server.requests()).isEqualTo(20);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void cancellingClosesTheConnectionAsTheServerSeesIt() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.HANG);
                DeepSeek model = FaultTableTest.model(server.url())) {
            CompletableFuture<RemoteReply> asked = model.ask(Texts.question());
            server.awaitRequest();

            asked.cancel(true);

            assertThat(server.awaitClosedByClient()).isTrue();
        }
    }

    @Test
    void theDeadlineClosesTheConnectionAsTheServerSeesIt() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.HANG);
                DeepSeek model = FaultTableTest.model(server.url())) {
            CompletableFuture<RemoteReply> asked = model.ask(Texts.question(Duration.ofMillis(300)));

            assertThat(server.awaitClosedByClient()).isTrue();
            assertThat(reasonOf(asked)).isEqualTo(Reason.TIMEOUT);
        }
    }

    @Test
    void reportsAConnectionGoneStaleUnderTheQuestion() throws Exception {
        try (ScriptedServer server = new ScriptedServer(Replies.ok(Replies.GOOD));
                DeepSeek model = FaultTableTest.model(server.url())) {
            ask(model);
            server.script((socket, out) -> socket.close());

            assertThat(reasonOf(model.ask(Texts.question()))).isEqualTo(Reason.STALE_CONNECTION);
        }
    }

    @Test
    void anIdleConnectionClosedByTheServerCostsNoFailure() throws Exception {
        try (ScriptedServer server = new ScriptedServer((socket, out) -> {
                    Replies.ok(Replies.GOOD).answer(socket, out);
                    out.flush();
                    socket.shutdownOutput();
                });
                DeepSeek model = FaultTableTest.model(server.url())) {
            ask(model);
            assertThat(server.awaitClosedByClient()).isTrue();

            ask(model);

            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void readsABodyThatComesAfterBlankLinesAndInPieces() throws Exception {
        try (ScriptedServer server = new ScriptedServer((socket, out) -> {
                    out.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                    for (char c : ("\n\n\n\n" + Replies.GOOD).toCharArray()) {
                        out.write(("1\r\n" + c + "\r\n").getBytes(StandardCharsets.UTF_8));
                    }
                    out.write("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                });
                DeepSeek model = FaultTableTest.model(server.url())) {
            assertThat(ask(model).usage().outputTokens()).isEqualTo(53);
        }
    }

    @Test
    void passesOverAnInterimResponse() throws Exception {
        try (ScriptedServer server = new ScriptedServer((socket, out) -> {
                    out.write("HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                    Replies.ok(Replies.GOOD).answer(socket, out);
                });
                DeepSeek model = FaultTableTest.model(server.url())) {
            assertThat(ask(model).finish()).isEqualTo(RemoteReply.Finish.STOP);
        }
    }

    @Test
    void readsABodyThatEndsWithTheConnection() throws Exception {
        try (ScriptedServer server = new ScriptedServer((socket, out) -> {
                    out.write(("HTTP/1.0 200 OK\r\n\r\n" + Replies.GOOD).getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    socket.close();
                });
                DeepSeek model = FaultTableTest.model(server.url())) {
            assertThat(ask(model).finish()).isEqualTo(RemoteReply.Finish.STOP);
        }
    }

    @Test
    void closingFailsWhatIsUnderWayAndLeavesNoThreadBehind() throws Exception {
        Set<Thread> before = threads();
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.HANG)) {
            DeepSeek model = FaultTableTest.model(server.url());
            List<CompletableFuture<RemoteReply>> asked = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                asked.add(model.ask(Texts.question()));
                server.awaitRequest();
            }

            model.close();

            for (CompletableFuture<RemoteReply> each : asked) {
                assertThat(reasonOf(each)).isEqualTo(Reason.CANCELLED);
                assertThat(server.awaitClosedByClient()).isTrue();
            }
            assertThat(reasonOf(model.ask(Texts.question()))).isEqualTo(Reason.CANCELLED);
            for (Thread thread : threads()) {
                if (!before.contains(thread)) {
                    thread.join(20_000);
                    assertThat(thread.isAlive()).isFalse();
                }
            }
            model.close();
        }
    }

    @Test
    void carriesManyCallsAtOnceOnOneThreadAndOneForTheNameService() throws Exception {
        Set<Thread> before = threads();
        try (ScriptedServer server = new ScriptedServer(Replies.ok(Replies.GOOD));
                DeepSeek model = FaultTableTest.model(server.url())) {
            List<CompletableFuture<RemoteReply>> asked = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                asked.add(model.ask(Texts.question()));
            }
            for (CompletableFuture<RemoteReply> each : asked) {
                each.get(30, TimeUnit.SECONDS);
            }
            assertThat(server.requests()).isEqualTo(200);
            assertThat(threads()).filteredOn(thread -> !before.contains(thread)).hasSizeLessThanOrEqualTo(2);
        }
    }

    private static RemoteReply ask(DeepSeek model) throws Exception {
        return model.ask(Texts.question()).get(30, TimeUnit.SECONDS);
    }

    private static Reason reasonOf(CompletableFuture<RemoteReply> asked) {
        RemoteException[] failure = new RemoteException[1];
        assertThatThrownBy(() -> asked.get(30, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(RemoteException.class, known -> failure[0] = known);
        return failure[0].reason();
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("hybrid-deepseek"))
                .collect(Collectors.toSet());
    }
}

package io.github.hybridinference.deepseek;

import io.github.hybridinference.deepseek.ScriptedServer.Script;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.testkit.contract.RemoteModelContract;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;

/** The contract before raw servers, for both adapters. */
abstract class AdapterContract extends RemoteModelContract {
    private final ScriptedServer server = new ScriptedServer(Replies.ok(Replies.GOOD));
    private final Adapter.Opened opened;

    AdapterContract(Adapter adapter) {
        opened = adapter.open(server.url(), Clock.fixed(Instant.parse("2026-11-24T01:30:00Z"), ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        opened.close();
        server.close();
    }

    @Override
    protected RemoteModel modelOf(Service service) {
        server.script(scriptOf(service));
        return opened.model();
    }

    @Override
    protected void awaitRequest() throws Exception {
        server.awaitRequest();
    }

    @Override
    protected boolean awaitGivenUp() throws Exception {
        return server.awaitClosedByClient();
    }

    private static Script scriptOf(Service service) {
        return switch (service) {
            case ANSWERS -> Replies.ok(Replies.GOOD);
            case HANGS -> ScriptedServer.HANG;
            case FAILS -> Replies.response("503 Service Unavailable", "", "");
            case REFUSES_THE_KEY -> Replies.response("401 Unauthorized", "", "");
        };
    }
}

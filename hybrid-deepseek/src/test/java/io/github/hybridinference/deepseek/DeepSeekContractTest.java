package io.github.hybridinference.deepseek;

import io.github.hybridinference.deepseek.ScriptedServer.Script;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.testkit.contract.RemoteModelContract;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;

class DeepSeekContractTest extends RemoteModelContract {
    private final ScriptedServer server = new ScriptedServer(Replies.ok(Replies.GOOD));
    private final DeepSeek model = DeepSeek.builder()
            .apiKey(Texts.KEY)
            .endpoint(server.url())
            .clock(Clock.fixed(Instant.parse("2026-11-24T01:30:00Z"), ZoneOffset.UTC))
            .build();

    @AfterEach
    void close() {
        model.close();
        server.close();
    }

    @Override
    protected RemoteModel modelOf(Service service) {
        server.script(scriptOf(service));
        return model;
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

package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hybridinference.audit.EgressLog;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AuditTest {
    @Test
    void recordsTheBytesThatTheServerReceived() throws Exception {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        String received;
        String url;
        try (ScriptedServer server = new ScriptedServer(Replies.ok(Replies.GOOD));
                EgressLog log = EgressLog.to(target);
                DeepSeek model = DeepSeek.builder()
                        .apiKey(Texts.KEY)
                        .endpoint(server.url())
                        .clock(Clock.fixed(Instant.parse("2026-11-24T10:15:30Z"), ZoneOffset.UTC))
                        .egressLog(log)
                        .build()) {
            model.ask(Texts.question()).get(30, TimeUnit.SECONDS);
            received = server.awaitRequest();
            url = server.url();
        }

        JsonNode line = new ObjectMapper().readTree(target.toByteArray());
        assertThat(line.path("body").asText()).isEqualTo(received.substring(received.indexOf("\r\n\r\n") + 4));
        assertThat(line.path("to").asText()).isEqualTo(url.substring("http://".length()));
        assertThat(line.path("at").asText()).isEqualTo("2026-11-24T10:15:30Z");
        assertThat(line.path("decision_id").asText()).isEqualTo("decision-1");
        assertThat(target.toString(StandardCharsets.UTF_8)).doesNotContain(Texts.KEY);
    }
}

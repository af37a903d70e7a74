package io.github.hybridinference.examples.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.hybridinference.lab.command.CommandException;
import io.github.hybridinference.testkit.standin.StandIn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The switch for the model, and what the dashboard's data say of its use. */
class SwitchTest {
    private static final String PAUSE = "/api/v1/remote/pause";
    private static final String RESUME = "/api/v1/remote/resume";
    private RunningService running;

    @AfterEach
    void stop() {
        if (running != null) {
            running.close();
        }
    }

    @Test
    void whilePausedTheRulesAnswerAndHealthAndEventsSayWhy() throws CommandException {
        running = RunningService.before(StandIn.builder().start());
        Client client = running.client;

        Client.Reply paused = client.post(PAUSE, "{\"reason\":\"anna: odd signals\"}");
        assertThat(paused.status()).isEqualTo(200);
        assertThat(paused.body()).isEqualTo("{\"paused\":true}");

        JsonNode answer = client.infer(Bodies.hard(1)).json();
        assertThat(answer.get("source").asText()).isEqualTo("FALLBACK");
        assertThat(answer.get("degradation").asText()).isEqualTo("PAUSED");
        JsonNode health = client.get("/health").json();
        assertThat(health.get("status").asText()).isEqualTo("degraded");
        assertThat(health.at("/details/remote_switch").asText()).contains("anna: odd signals", "since");
        JsonNode data = client.get("/api/v1/dashboard").json();
        assertThat(data.get("paused").asBoolean()).isTrue();
        assertThat(data.at("/events/0/text").asText()).contains("anna: odd signals");
        assertThat(data.at("/incident/cause").asText()).isEqualTo("PAUSED");
        assertThat(data.at("/now/fallbacks").asLong()).isEqualTo(1);

        assertThat(client.post(RESUME, "").body()).isEqualTo("{\"paused\":false}");

        assertThat(client.infer(Bodies.hard(1)).json().get("source").asText()).isEqualTo("REMOTE");
        assertThat(client.get("/api/v1/dashboard").json().get("paused").asBoolean())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"reason\":\" \"}", "{\"reason\":7}", "{\"reason\":\"a\\nb\"}", "{"})
    void withoutAReasonNothingIsPaused(String body) throws CommandException {
        running = RunningService.rulesOnly();

        Client.Reply refused = running.client.post(PAUSE, body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(running.client.get("/api/v1/dashboard").json().get("paused").asBoolean())
                .isFalse();
    }

    @Test
    void needsTheTokenAndRefusesPagesOfOtherSites() throws CommandException {
        running = RunningService.rulesOnly("API_TOKEN", "secret-token-0123456789");
        Client client = running.client;
        String body = "{\"reason\":\"test\"}";

        assertThat(client.post(PAUSE, body).status()).isEqualTo(401);
        assertThat(client.post(RESUME, "").status()).isEqualTo(401);
        String[] foreign = {"Authorization", "Bearer secret-token-0123456789", "Origin", "https://example.com"};
        assertThat(client.post(PAUSE, body, foreign).status()).isEqualTo(403);
        assertThat(client.post(PAUSE, body, "Authorization", "Bearer secret-token-0123456789")
                        .status())
                .isEqualTo(200);
    }
}

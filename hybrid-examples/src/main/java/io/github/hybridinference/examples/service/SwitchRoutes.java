package io.github.hybridinference.examples.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.hybridinference.InferenceEngine;
import java.io.IOException;

/** The endpoints of the switch for the model. */
final class SwitchRoutes {
    private final InferenceEngine engine;

    SwitchRoutes(InferenceEngine engine) {
        this.engine = engine;
    }

    /** Whether the model may be asked. */
    record State(boolean paused) {}

    void pause(Exchange exchange, byte[] body) throws BadRequest {
        JsonNode reason = parse(body).path("reason");
        String rule = "must say who pauses the model and why, in one line of 1 to 100 characters";
        if (!reason.isTextual()) {
            throw BadRequest.field("reason", rule);
        }
        try {
            engine.pauseRemote(reason.asText());
        } catch (IllegalArgumentException refused) {
            throw BadRequest.field("reason", rule);
        }
        Http.write(exchange, 200, new State(true));
    }

    void resume(Exchange exchange, byte[] body) {
        engine.resumeRemote();
        Http.write(exchange, 200, new State(false));
    }

    private static JsonNode parse(byte[] body) throws BadRequest {
        try {
            return JsonLimits.JSON.readTree(body);
        } catch (JsonProcessingException echoesTheBody) {
            throw BadRequest.json("the body is not valid JSON, or has a name twice");
        } catch (IOException impossible) {
            throw BadRequest.json("the body cannot be read");
        }
    }
}

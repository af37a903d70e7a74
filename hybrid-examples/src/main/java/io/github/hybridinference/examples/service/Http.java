package io.github.hybridinference.examples.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import org.jspecify.annotations.Nullable;

/** Writes answers and refusals as JSON. */
final class Http {
    private static final String TYPE = "application/json";

    /** A refusal as JSON. */
    record Refusal(
            String error,
            String message,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String decisionId) {}

    private Http() {}

    static void write(Exchange exchange, int status, Object value) {
        exchange.answer(status, TYPE, bytes(value));
    }

    static byte[] bytes(Object value) {
        try {
            return JsonLimits.JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("an answer could not be written", impossible);
        }
    }

    static void refuse(Exchange exchange, int status, String code, String message) {
        write(exchange, status, new Refusal(code, message, null));
    }

    static void refuse(Exchange exchange, BadRequest refused) {
        switch (refused.status()) {
            case 401 -> exchange.header("WWW-Authenticate", "Bearer");
            case 408, 413 -> exchange.header("Connection", "close"); // the rest of the body is not read
            case 429 -> exchange.header("Retry-After", "1");
            default -> {}
        }
        refuse(exchange, refused.status(), refused.code(), String.valueOf(refused.getMessage()));
    }
}

package io.github.hybridinference.examples.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.javalin.http.Context;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reading and writing bodies. */
final class Http {
    private static final String TYPE = "application/json";

    /** How a refusal is written; without null fields. */
    record Refusal(
            String error,
            String message,
            @JsonInclude(JsonInclude.Include.NON_NULL)
                    @Nullable String decisionId) {}

    private Http() {}

    static byte[] body(Context ctx) throws BadRequest {
        if (ctx.req().getContentLengthLong() > Strictness.MAX_BODY_BYTES) {
            throw tooLarge();
        }
        byte[] body;
        try {
            body = ctx.req().getInputStream().readNBytes(Strictness.MAX_BODY_BYTES + 1);
        } catch (IOException slowOrGone) {
            throw new BadRequest(408, "request_timeout", "the body did not arrive in time");
        }
        if (body.length > Strictness.MAX_BODY_BYTES) {
            throw tooLarge();
        }
        return body;
    }

    private static BadRequest tooLarge() {
        return new BadRequest(413, "body_too_large", "the body is larger than " + Strictness.MAX_BODY_BYTES + " bytes");
    }

    static void write(Context ctx, int status, Object value) {
        try {
            ctx.status(status).contentType(TYPE).result(Strictness.JSON.writeValueAsBytes(value));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("an answer could not be written", impossible);
        }
    }

    static void refuse(Context ctx, int status, String code, String message) {
        write(ctx, status, new Refusal(code, message, null));
    }
}

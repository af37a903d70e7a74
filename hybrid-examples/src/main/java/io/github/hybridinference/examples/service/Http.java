package io.github.hybridinference.examples.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads and writes bodies. */
final class Http {
    private static final String TYPE = "application/json";
    private static final Duration BODY_TIME = Duration.ofSeconds(10);
    private static final int CHUNK_BYTES = 8 * 1024;

    /** A refusal as JSON. */
    record Refusal(
            String error,
            String message,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String decisionId) {}

    private Http() {}

    static byte[] body(Context ctx) throws BadRequest {
        if (ctx.req().getContentLengthLong() > JsonLimits.MAX_BODY_BYTES) {
            throw tooLarge();
        }
        byte[] body;
        try {
            body = read(ctx.req().getInputStream());
        } catch (IOException slowOrGone) {
            throw new BadRequest(408, "request_timeout", "the body did not arrive in time");
        }
        if (body.length > JsonLimits.MAX_BODY_BYTES) {
            throw tooLarge();
        }
        return body;
    }

    /** Reads at most a chunk more than allowed. The server's idle timeout is per read, so a slow client needs a limit for all. */
    private static byte[] read(InputStream in) throws IOException {
        long end = System.nanoTime() + BODY_TIME.toNanos();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK_BYTES];
        for (int length = 0; length >= 0 && body.size() <= JsonLimits.MAX_BODY_BYTES; length = in.read(chunk)) {
            body.write(chunk, 0, length);
            if (System.nanoTime() - end > 0) {
                throw new IOException("too slow");
            }
        }
        return body.toByteArray();
    }

    private static BadRequest tooLarge() {
        return new BadRequest(413, "body_too_large", "the body is larger than " + JsonLimits.MAX_BODY_BYTES + " bytes");
    }

    static void write(Context ctx, int status, Object value) {
        try {
            ctx.status(status).contentType(TYPE).result(JsonLimits.JSON.writeValueAsBytes(value));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("an answer could not be written", impossible);
        }
    }

    static void refuse(Context ctx, int status, String code, String message) {
        write(ctx, status, new Refusal(code, message, null));
    }
}

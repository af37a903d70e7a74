package io.github.hybridinference.examples.service;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Reads one body as it arrives: no thread waits for a slow client. */
final class BodyReader {
    private static final int FIRST_BYTES = 2 * 1024;

    private final Request request;
    private final int most;
    private final BodyMemory memory;
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private byte[] bytes = new byte[0];
    private volatile int length;

    private BodyReader(Request request, int most, BodyMemory memory) {
        this.request = request;
        this.most = most;
        this.memory = memory;
    }

    /**
     * Starts to read.
     *
     * @param most the largest body in bytes
     * @param memory what all bodies together may hold; the caller releases what this one holds when it is done with it
     * @return the reader
     */
    static BodyReader start(Request request, int most, BodyMemory memory) {
        BodyReader reader = new BodyReader(request, most, memory);
        if (request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH) > most) {
            reader.refuse(tooLarge(most));
            return reader;
        }
        memory.add(reader);
        reader.read();
        return reader;
    }

    /** The body, or a {@link BadRequest}. */
    CompletableFuture<byte[]> body() {
        return body;
    }

    /** How much has been read. */
    int length() {
        return length;
    }

    /** Gives up: the body takes too long. */
    void timeout() {
        refuse(new BadRequest(408, "request_timeout", "the body did not arrive in time"));
    }

    /** Gives up; true if the body was still being read. */
    boolean refuse(BadRequest reason) {
        return body.completeExceptionally(reason);
    }

    private void read() {
        while (!body.isDone()) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this::read);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                refuse(reason(chunk.getFailure()));
                return;
            }
            int more = chunk.remaining();
            if (length + more > most) {
                chunk.release();
                refuse(tooLarge(most));
                return;
            }
            if (length + more > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.min(most, Math.max(length + more, Math.max(FIRST_BYTES, 2 * length))));
            }
            chunk.get(bytes, length, more);
            length += more;
            boolean last = chunk.isLast();
            chunk.release();
            memory.grown(more);
            if (last) {
                body.complete(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
            }
        }
    }

    private static BadRequest reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BadMessageException) {
                return new BadRequest(400, "bad_request", "the body is malformed");
            }
            if (cause instanceof TimeoutException) {
                return new BadRequest(408, "request_timeout", "the body did not arrive in time");
            }
        }
        return new BadRequest(400, "bad_request", "the body ended early");
    }

    private static BadRequest tooLarge(int most) {
        return new BadRequest(413, "body_too_large", "the body is larger than " + most + " bytes");
    }
}

package io.github.hybridinference.examples.service;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * Reads one body as it arrives: no thread waits for a slow client. Of a body that is too large, up to a megabyte is read and forgotten
 * before it is refused: a connection that is closed while its client still sends is reset, and the client never sees why.
 */
final class BodyReader {
    private static final int FIRST_BYTES = 2 * 1024;
    private static final int TRUSTED_BYTES = 16 * 1024;
    private static final int FORGOTTEN_BYTES = 1024 * 1024;

    private final Request request;
    private final int most;
    private final BodyMemory memory;
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private byte[] bytes = new byte[0];
    private volatile int length;
    private int forgotten;

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
        long announced = request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
        if (announced > FORGOTTEN_BYTES) {
            reader.refuse(tooLarge(most));
        } else if (announced > most) {
            reader.forget();
        } else {
            memory.add(reader);
            reader.read();
        }
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
                boolean last = chunk.isLast();
                chunk.release();
                if (last) {
                    refuse(tooLarge(most));
                } else {
                    forget();
                }
                return;
            }
            if (length + more > bytes.length) {
                bytes = Arrays.copyOf(bytes, capacity(length + more));
            }
            chunk.get(bytes, length, more);
            int all = length + more; // one thread at a time reads; length is volatile for those that only look
            length = all;
            boolean last = chunk.isLast();
            chunk.release();
            memory.grown(more);
            if (last) {
                body.complete(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
            }
        }
    }

    /** Reads the rest of a body that is too large, keeps nothing of it, and refuses it at its end. */
    private void forget() {
        while (!body.isDone()) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this::forget);
                return;
            }
            forgotten += chunk.remaining();
            boolean over = chunk.isLast() || Content.Chunk.isFailure(chunk) || forgotten > FORGOTTEN_BYTES;
            chunk.release();
            if (over) {
                refuse(tooLarge(most));
            }
        }
    }

    /** Twice what was there; what the client announces counts once it has sent a part of it. */
    private int capacity(int needed) {
        long announced = request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
        if (needed >= TRUSTED_BYTES && announced >= needed) {
            return (int) announced;
        }
        return Math.min(most, Math.max(needed, Math.max(FIRST_BYTES, 2 * length)));
    }

    private static BadRequest reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpException) {
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

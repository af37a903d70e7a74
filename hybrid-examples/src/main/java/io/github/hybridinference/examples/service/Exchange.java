package io.github.hybridinference.examples.service;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** One request and its response, which is written once: a second attempt, such as one after a timeout, does nothing. */
final class Exchange {
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final String path;
    private final boolean authorized;
    private final Failure failure;
    private final AtomicBoolean answered = new AtomicBoolean();

    /** Answers a request that failed through a fault of the service. */
    interface Failure {
        void failed(Exchange exchange, Throwable thrown);
    }

    Exchange(Request request, Response response, Callback callback, String path, boolean authorized, Failure failure) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.path = path;
        this.authorized = authorized;
        this.failure = failure;
    }

    String path() {
        return path;
    }

    /** Whether the request carries the token, or none is needed. */
    boolean isAuthorized() {
        return authorized;
    }

    @Nullable String header(String name) {
        return request.getHeaders().get(name);
    }

    Exchange header(String name, String value) {
        response.getHeaders().put(name, value);
        return this;
    }

    /** To be called in place of {@link #answer} when something was thrown. */
    void fail(Throwable thrown) {
        failure.failed(this, thrown);
    }

    void answer(int status, String contentType, byte[] body) {
        if (answered.compareAndSet(false, true)) {
            response.setStatus(status);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
            response.write(true, ByteBuffer.wrap(body), callback);
        }
    }
}

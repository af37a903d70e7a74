package io.github.hybridinference.examples.service;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Counts requests from their header to the last byte of their response, so that a shutdown can wait for them. During
 * shutdown each response closes its connection.
 */
final class OpenRequests extends Handler.Wrapper {
    private static final long CHECK_EVERY_MS = 10;

    private final Object lock = new Object();
    private int open;
    private volatile boolean draining;

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        synchronized (lock) {
            open++;
        }
        Request.addCompletionListener(request, thrown -> leave());
        if (draining) {
            response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
        }
        return super.handle(request, response, callback);
    }

    private void leave() {
        synchronized (lock) {
            open--;
            lock.notifyAll();
        }
    }

    void drain() {
        draining = true;
    }

    boolean isDraining() {
        return draining;
    }

    /** Waits until no request is open and the condition holds, at most the given time. */
    void awaitNone(long limitMs, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMs);
        synchronized (lock) {
            while ((open > 0 || !condition.getAsBoolean()) && System.nanoTime() - end < 0) {
                lock.wait(CHECK_EVERY_MS);
            }
        }
    }
}

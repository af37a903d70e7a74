package io.github.hybridinference.examples.service;

import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Takes each request through the checks in the order of what they cost: Host and Origin, route, token, and only then the body,
 * which is read without a thread and parsed by few. It counts requests from their header to the last byte of their response, so
 * that a shutdown can wait for them; during shutdown each response closes its connection.
 */
final class Door extends Handler.Abstract.NonBlocking {
    private static final long CHECK_EVERY_MS = 10;

    private final List<Route> routes;
    private final AllowedHosts hosts;
    private final AccessControl access;
    private final Connections connections;
    private final BodyMemory memory;
    private final BodyQueue parsers;
    private final HttpMeters meters;
    private final ProblemLog problems = new ProblemLog(LoggerFactory.getLogger(Door.class), System::nanoTime);
    private final Object lock = new Object();
    private int open;
    private volatile boolean draining;

    Door(
            List<Route> routes,
            AllowedHosts hosts,
            AccessControl access,
            Connections connections,
            BodyMemory memory,
            BodyQueue parsers,
            HttpMeters meters) {
        this.routes = routes;
        this.hosts = hosts;
        this.access = access;
        this.connections = connections;
        this.memory = memory;
        this.parsers = parsers;
        this.meters = meters;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Connection connection = request.getConnectionMetaData().getConnection();
        connections.enter(connection, Connections.Phase.ANSWER);
        synchronized (lock) {
            open++;
        }
        String[] route = {HttpMeters.NO_ROUTE};
        Request.addCompletionListener(request, thrown -> {
            connections.enter(connection, Connections.Phase.IDLE);
            meters.answered(route[0], response.getStatus());
            leave();
        });
        HttpFields headers = request.getHeaders();
        response.getHeaders().put("X-Content-Type-Options", "nosniff").put(HttpHeader.CACHE_CONTROL, "no-store");
        if (draining) {
            response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
        }
        boolean authorized = access.isAuthorized(headers.get(HttpHeader.AUTHORIZATION));
        Exchange exchange =
                new Exchange(request, response, callback, Request.getPathInContext(request), authorized, this::failed);
        try {
            checkOrigin(headers);
            Route found = Route.find(routes, request.getMethod(), exchange.path());
            route[0] = found.name();
            if (!found.isOpen() && !authorized) {
                meters.authFailure();
                throw new BadRequest(401, "unauthorized", "a valid bearer token is required");
            }
            if (found.bodyBytes() == 0) {
                act(found, exchange, new byte[0]);
            } else {
                readThenAct(found, request, exchange);
            }
        } catch (BadRequest refused) {
            Http.refuse(exchange, refused);
        } catch (Throwable thrown) {
            failed(exchange, thrown);
        }
        return true;
    }

    private void checkOrigin(HttpFields headers) throws BadRequest {
        String host = headers.get(HttpHeader.HOST);
        if (!hosts.allows(host)) {
            throw new BadRequest(403, "foreign_host", "the service is not asked under this name; see ALLOWED_HOSTS");
        }
        if (!hosts.allowsOrigin(headers.get(HttpHeader.ORIGIN), host)) {
            throw new BadRequest(403, "foreign_origin", "pages of other sites may not ask");
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the exchange is answered in each case
    private void readThenAct(Route route, Request request, Exchange exchange) {
        Connection connection = request.getConnectionMetaData().getConnection();
        BodyReader reader = BodyReader.start(request, route.bodyBytes(), memory);
        if (!reader.body().isDone()) {
            connections.enter(connection, Connections.Phase.BODY, reader::timeout);
        }
        AtomicBoolean released = new AtomicBoolean();
        Runnable release = () -> {
            if (released.compareAndSet(false, true)) {
                memory.release(reader.length());
            }
        };
        reader.body().whenComplete((body, refused) -> {
            connections.enter(connection, Connections.Phase.ANSWER);
            if (refused != null) {
                release.run();
                fail(exchange, refused);
                return;
            }
            try {
                parsers.add(body.length, () -> {
                    try {
                        act(route, exchange, body);
                    } catch (BadRequest bad) {
                        Http.refuse(exchange, bad);
                    } catch (Throwable thrown) {
                        failed(exchange, thrown);
                    } finally {
                        release.run();
                    }
                });
            } catch (RejectedExecutionException closing) {
                release.run();
                Http.refuse(exchange, new BadRequest(503, "closing", "the service is shutting down"));
            }
        });
    }

    private static void act(Route route, Exchange exchange, byte[] body) throws BadRequest {
        route.action().handle(exchange, body);
    }

    private void fail(Exchange exchange, Throwable thrown) {
        if (thrown instanceof BadRequest refused) {
            Http.refuse(exchange, refused);
        } else {
            failed(exchange, thrown);
        }
    }

    /** A fault of this program, or of its memory. */
    private void failed(Exchange exchange, Throwable thrown) {
        meters.error();
        problems.report(Level.ERROR, "a request failed: " + thrown.getClass().getName());
        Http.refuse(exchange, 500, "internal", "the service failed to answer; the log names the exception");
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

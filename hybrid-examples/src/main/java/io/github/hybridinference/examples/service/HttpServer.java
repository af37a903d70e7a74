package io.github.hybridinference.examples.service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.Scheduler;

/** Jetty with its limits: threads, sizes, strictness. How slow and how many clients may be is the part of {@link Connections}. */
final class HttpServer {
    private static final int THREADS = 40;
    private static final int HEADER_BYTES = 8 * 1024;
    private static final int INPUT_BUFFER_BYTES = 4 * 1024;
    private static final int WAITING_TO_BE_ACCEPTED = 1_024;
    private static final long SWEEP_MS = 250;

    /** Longer than what {@link Connections} allows: a last resort. */
    private static final long IDLE_MS = Duration.ofSeconds(80).toMillis();

    private static final byte[] MALFORMED = Http.bytes(new Http.Refusal("bad_request", "the request is malformed", null));

    private final Server server;
    private final ServerConnector connector;
    private final Connections connections;

    HttpServer(String host, int port, Connections connections, HttpMeters meters) {
        this.connections = connections;
        QueuedThreadPool threads = new QueuedThreadPool(THREADS);
        threads.setName("http");
        threads.setDaemon(true);
        server = new Server(threads);
        server.setErrorHandler(malformed(meters));
        server.setStopTimeout(0); // HttpService waits for the open requests itself
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setInputBufferSize(INPUT_BUFFER_BYTES);
        http.setHttpCompliance(HttpCompliance.STRICT.with(
                "strict, field names in any case", HttpCompliance.Violation.CASE_SENSITIVE_FIELD_NAME));
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MS);
        connector.setAcceptQueueSize(WAITING_TO_BE_ACCEPTED);
        connector.addBean(connections);
        server.addConnector(connector);
    }

    /** Takes the port; requests wait until {@link #start}. */
    void listen() throws IOException {
        connector.open();
    }

    void start(Handler handler) {
        server.setHandler(handler);
        try {
            server.start();
        } catch (Exception broken) {
            throw new IllegalStateException("the HTTP server does not start", broken);
        }
        sweepLater();
    }

    private void sweepLater() {
        Scheduler scheduler = server.getScheduler();
        scheduler.schedule(
                () -> {
                    try {
                        connections.sweep();
                    } finally {
                        if (server.isRunning()) {
                            sweepLater();
                        }
                    }
                },
                SWEEP_MS,
                TimeUnit.MILLISECONDS);
    }

    /** For requests that never reach a route; Jetty's own page would repeat the request's path. */
    private static Request.Handler malformed(HttpMeters meters) {
        return (request, response, callback) -> {
            meters.answered(HttpMeters.NO_ROUTE, response.getStatus());
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
            response.write(true, ByteBuffer.wrap(MALFORMED), callback);
            return true;
        };
    }

    int port() {
        return connector.getLocalPort();
    }

    void stopListening() {
        connector.close();
    }

    void stop() {
        try {
            server.stop();
        } catch (Exception late) {
            throw new IllegalStateException("the HTTP server does not stop", late);
        }
    }
}

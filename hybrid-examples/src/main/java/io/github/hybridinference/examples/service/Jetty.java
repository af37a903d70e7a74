package io.github.hybridinference.examples.service;

import io.javalin.config.JavalinConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The server's limits: connections, threads, sizes, and how slow a client may be. */
final class Jetty {
    /**
     * Inferences in flight. Reading a body takes a thread and slow clients hold theirs, so there are more threads than
     * inferences: health and metrics are answered even under overload.
     */
    static final int MOST_IN_FLIGHT = 256;

    private static final int THREADS = MOST_IN_FLIGHT + 44;
    private static final int CONNECTIONS = 2_000;
    private static final int HEADER_BYTES = 8 * 1024;
    private static final long IDLE_MS = Duration.ofSeconds(10).toMillis();
    private static final long ASYNC_MS = Duration.ofSeconds(70).toMillis();
    private static final byte[] MALFORMED =
            "{\"error\":\"bad_request\",\"message\":\"the request is malformed\"}".getBytes(StandardCharsets.UTF_8);

    private Jetty() {}

    static void configure(JavalinConfig config, ServiceSettings settings, OpenRequests open) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.prefer405over404 = true;
        config.http.asyncTimeout = ASYNC_MS;
        config.http.maxRequestSize = JsonLimits.MAX_BODY_BYTES;
        config.jetty.host = settings.host();
        config.jetty.port = settings.port();
        QueuedThreadPool threads = new QueuedThreadPool(THREADS);
        threads.setName("http");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        config.jetty.modifyHttpConfiguration(Jetty::limit);
        config.jetty.modifyServletContextHandler(handler -> handler.insertHandler(open));
        config.jetty.modifyServer(server -> {
            server.addBean(new NetworkConnectionLimit(CONNECTIONS, server));
            server.setErrorHandler(malformed());
            server.setStopTimeout(0); // HttpService waits for the open requests itself
        });
    }

    private static void limit(HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setIdleTimeout(IDLE_MS);
    }

    /** For requests that never reach a route; Jetty's own page would repeat the request's path. */
    private static Request.Handler malformed() {
        return (request, response, callback) -> {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
            response.write(true, ByteBuffer.wrap(MALFORMED), callback);
            return true;
        };
    }

    /** Connections that are open. */
    static int connections(Server server) {
        return server.getBean(NetworkConnectionLimit.class).getNetworkConnectionCount();
    }
}

package io.github.hybridinference.examples.service;

import io.github.hybridinference.lab.command.CommandException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnresolvedAddressException;
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
    private static final int WAITING_TO_BE_ACCEPTED = 4_096;
    private static final long SWEEP_MS = 250;

    /** Longer than what {@link Connections} allows: a last resort. */
    private static final long IDLE_MS = Duration.ofSeconds(80).toMillis();

    private static final byte[] MALFORMED =
            Http.bytes(new Http.Refusal("bad_request", "the request is malformed", null));

    private final Server server;
    private final ServerConnector connector;
    private final Connections connections;

    HttpServer(ServerSocketChannel port, Connections connections, HttpMeters meters) throws IOException {
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
        connector.setIdleTimeout(IDLE_MS);
        connector.addBean(connections);
        connector.open(port);
        server.addConnector(connector);
    }

    /** Takes a port, before anything else is built: a taken one is the most frequent reason not to start. */
    static ServerSocketChannel listen(String host, int port) throws CommandException {
        ServerSocketChannel channel = null;
        try {
            channel = ServerSocketChannel.open();
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(new InetSocketAddress(host, port), WAITING_TO_BE_ACCEPTED);
            return channel;
        } catch (IOException | UnresolvedAddressException taken) {
            if (channel != null) {
                close(channel);
            }
            throw new CommandException("PORT " + port
                    + " cannot be listened on: it is taken or not allowed, or HOST is not of this machine");
        }
    }

    static void close(ServerSocketChannel port) {
        try {
            port.close();
        } catch (IOException gone) {
            // it is free all the same
        }
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

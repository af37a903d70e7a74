package io.github.hybridinference.examples.service;

import com.github.benmanes.caffeine.cache.Ticker;
import io.github.hybridinference.lab.command.CommandException;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running service. Closing it first answers the accepted requests, within five seconds. */
final class HttpService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpService.class);

    /** Connections at once. One more closes the one that is nearest to its time limit. */
    static final int CONNECTIONS = 2_000;

    /** What the bodies of all requests may hold together. */
    private static final long BODY_BYTES = 16L * 1024 * 1024;

    /** The largest body of a request to pause the model. */
    private static final int SWITCH_BYTES = 1024;

    private static final long DRAIN_MS = 3_500;
    private static final long LAST_ANSWERS_MS = 1_000;

    /** How long idle connections are kept at shutdown, so that a client that reuses one is told to close it. */
    private static final long GOODBYE_MS = 500;

    private final ServiceSettings settings;
    private final ServiceParts parts;
    private final PendingInferences pending = new PendingInferences();
    private final Connections connections;
    private final HttpServer server;
    private final BodyQueue parsers = new BodyQueue();
    private final Door door;
    private final JvmMeters jvm;
    private boolean closed;

    private HttpService(ServiceSettings settings, ServiceParts parts, ServerSocketChannel port) throws IOException {
        this.settings = settings;
        this.parts = parts;
        HttpMeters meters = new HttpMeters(parts.metrics());
        connections = new Connections(CONNECTIONS, System::nanoTime, meters::rejected);
        meters.watch(connections::count);
        server = new HttpServer(port, connections, meters);
        jvm = new JvmMeters(parts.metrics());
        door = new Door(
                routes(meters),
                new AllowedHosts(settings.host(), settings.isOnLoopback(), settings.allowedHosts()),
                new AccessControl(settings.apiToken()),
                connections,
                new BodyMemory(BODY_BYTES),
                parsers,
                meters);
    }

    static HttpService start(ServiceSettings settings) throws CommandException {
        ServerLog.takeOver();
        ServerSocketChannel port = HttpServer.listen(settings.host(), settings.port());
        ServiceParts parts;
        HttpService service;
        try {
            parts = ServiceParts.of(settings);
            service = new HttpService(settings, parts, port);
        } catch (CommandException refused) {
            HttpServer.close(port);
            throw refused;
        } catch (IOException broken) {
            HttpServer.close(port);
            throw new IllegalStateException("the HTTP server does not start", broken);
        }
        service.server.start(service.door);
        LOG.atInfo()
                .addKeyValue("port", service.port())
                .addKeyValue("model", parts.modelName())
                .addKeyValue("redis", !settings.redisUrl().isEmpty())
                .addKeyValue("anonymization", settings.anonymize())
                .log("service started");
        if (!settings.hasModel()) {
            LOG.warn("DEEPSEEK_API_KEY is not set: the rules answer everything");
        }
        service.warmUp();
        return service;
    }

    /** In the background: the service answers at once, and the first call to the model is not slow. */
    private void warmUp() {
        Thread thread = new Thread(parts.engine()::warmUp, "warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.port();
    }

    private List<Route> routes(HttpMeters meters) {
        InferenceRoutes inference =
                new InferenceRoutes(parts.engine(), settings, pending, new Revisions(Ticker.systemTicker()));
        ReportRoutes report =
                new ReportRoutes(parts, settings, this::isDraining, () -> meters.stats(connections.count()));
        SwitchRoutes remote = new SwitchRoutes(parts.engine());
        return List.of(
                Route.open("/", report::root),
                Route.open("/health", report::health),
                Route.get("/stats", report::stats),
                Route.get("/metrics", report::metrics),
                Route.get("/api/v1/dashboard", report::dashboard),
                Route.get("/api/v1/dashboard/{}", report::decision),
                Route.post("/api/v1/remote/pause", SWITCH_BYTES, remote::pause),
                Route.post("/api/v1/remote/resume", 0, remote::resume),
                Route.post("/api/v1/inference", JsonLimits.QUESTION_BYTES, inference::one),
                Route.post("/api/v1/inference/batch", JsonLimits.BATCH_BYTES, inference::batch),
                Route.get("/api/v1/inference/{}", inference::revision));
    }

    private boolean isDraining() {
        return door.isDraining();
    }

    /** Accepts no new connections and answers the accepted requests, by the rules if the model takes too long. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        LOG.atInfo().addKeyValue("in_flight", pending.count()).log("service stopping");
        door.drain();
        server.stopListening();
        try {
            long start = System.nanoTime();
            door.awaitNone(
                    DRAIN_MS,
                    () -> connections.count() == 0
                            || System.nanoTime() - start > TimeUnit.MILLISECONDS.toNanos(GOODBYE_MS));
            parts.engine().close(); // waiting callers get the rules' answer
            door.awaitNone(LAST_ANSWERS_MS, () -> true);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            parts.engine().close();
        }
        server.stop();
        parsers.close();
        jvm.close();
        LOG.info("service stopped");
    }
}

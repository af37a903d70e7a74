package io.github.hybridinference.examples.service;

import com.github.benmanes.caffeine.cache.Ticker;
import io.github.hybridinference.lab.command.CommandException;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinException;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.NetworkConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running service. Closing it first answers the accepted requests, within five seconds. */
final class HttpService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpService.class);

    /** Paths that need no token: the page without data, and the health for load balancers. */
    private static final Set<String> OPEN_TO_ALL = Set.of("/", "/health");

    private static final long DRAIN_MS = 3_500;
    private static final long LAST_ANSWERS_MS = 1_000;

    /** How long idle connections are kept at shutdown, so that a client that reuses one is told to close it. */
    private static final long GOODBYE_MS = 500;

    private final ServiceSettings settings;
    private final ServiceParts parts;
    private final OpenRequests open = new OpenRequests();
    private final AccessControl gate;
    private final Javalin javalin;
    private boolean closed;

    private HttpService(ServiceSettings settings, ServiceParts parts) {
        this.settings = settings;
        this.parts = parts;
        this.gate = new AccessControl(settings.apiToken(), Jetty.MOST_IN_FLIGHT);
        this.javalin = Javalin.create(this::configure);
    }

    static HttpService start(ServiceSettings settings) throws CommandException {
        ServiceParts parts = ServiceParts.of(settings);
        HttpService service = new HttpService(settings, parts);
        try {
            service.javalin.start();
        } catch (JavalinException | IllegalArgumentException taken) {
            parts.engine().close();
            throw new CommandException(
                    "PORT " + settings.port() + " cannot be listened on: it is taken or not allowed");
        }
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
        return javalin.port();
    }

    private void configure(JavalinConfig config) {
        Jetty.configure(config, settings, open);
        InferenceRoutes inference =
                new InferenceRoutes(parts.engine(), settings, gate, new Revisions(Ticker.systemTicker()));
        ReportRoutes report = new ReportRoutes(parts, settings, open::isDraining);
        RoutesConfig routes = config.routes;
        routes.before(this::admit);
        routes.get("/", report::root);
        routes.get("/health", report::health);
        routes.get("/stats", report::stats);
        routes.get("/metrics", report::metrics);
        routes.get("/api/v1/dashboard", report::dashboard);
        routes.post("/api/v1/inference", inference::one);
        routes.post("/api/v1/inference/batch", inference::batch);
        routes.get("/api/v1/inference/{decision_id}", inference::revision);
        routes.exception(BadRequest.class, HttpService::refused);
        routes.exception(Exception.class, HttpService::failed);
        routes.error(404, ctx -> ifEmpty(ctx, "not_found", "there is no such path"));
        routes.error(405, ctx -> ifEmpty(ctx, "method_not_allowed", "the path does not know this method"));
    }

    private void admit(Context ctx) throws BadRequest {
        ctx.header("X-Content-Type-Options", "nosniff").header("Cache-Control", "no-store");
        if (!gate.isSameOrigin(ctx.header("Origin"), ctx.header("Host"))) {
            throw new BadRequest(403, "foreign_origin", "pages of other sites may not ask");
        }
        if (!OPEN_TO_ALL.contains(ctx.path()) && !gate.isAuthorized(ctx.header("Authorization"))) {
            ctx.header("WWW-Authenticate", "Bearer");
            throw new BadRequest(401, "unauthorized", "a valid bearer token is required");
        }
    }

    private static void refused(BadRequest refused, Context ctx) {
        if (refused.status() == 429) {
            ctx.header("Retry-After", "1");
        }
        Http.refuse(ctx, refused.status(), refused.code(), String.valueOf(refused.getMessage()));
    }

    private static void failed(Exception thrown, Context ctx) {
        LOG.atError().addKeyValue("exception", thrown.getClass().getName()).log("a request failed");
        Http.refuse(ctx, 500, "internal", "the service failed to answer; the log says where");
    }

    private static void ifEmpty(Context ctx, String code, String message) {
        if (!String.valueOf(ctx.res().getContentType()).startsWith("application/json")) {
            Http.refuse(ctx, ctx.statusCode(), code, message);
        }
    }

    /** Accepts no new connections and answers the accepted requests, by the rules if the model takes too long. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        LOG.atInfo().addKeyValue("in_flight", gate.inFlight()).log("service stopping");
        open.drain();
        Connector[] connectors = javalin.jettyServer().server().getConnectors();
        Arrays.stream(connectors).forEach(connector -> ((NetworkConnector) connector).close());
        try {
            long start = System.nanoTime();
            open.awaitNone(
                    DRAIN_MS,
                    () -> Jetty.connections(javalin.jettyServer().server()) == 0
                            || System.nanoTime() - start > TimeUnit.MILLISECONDS.toNanos(GOODBYE_MS));
            parts.engine().close(); // waiting callers get the rules' answer
            open.awaitNone(LAST_ANSWERS_MS, () -> true);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            parts.engine().close();
        }
        javalin.stop();
        LOG.info("service stopped");
    }
}

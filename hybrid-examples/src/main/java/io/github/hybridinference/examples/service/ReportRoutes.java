package io.github.hybridinference.examples.service;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The endpoints for health, statistics, metrics and the dashboard. */
final class ReportRoutes {
    private static final String PAGE_POLICY =
            "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline';"
                    + " connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final byte[] page = page();
    private final long startNanos = System.nanoTime();
    private final ServiceParts parts;
    private final ServiceSettings settings;
    private final BooleanSupplier draining;

    ReportRoutes(ServiceParts parts, ServiceSettings settings, BooleanSupplier draining) {
        this.parts = parts;
        this.settings = settings;
        this.draining = draining;
    }

    /** All data of the page in one response, so that its figures are of the same moment. */
    record Dashboard(
            ServiceInfo service,
            HealthJson health,
            StatsJson stats,
            long stepMs,
            List<RecentActivity.Step> steps,
            List<RecentActivity.Decision> decisions) {}

    void root(Context ctx) {
        ctx.header("Vary", "Accept");
        String accepted = ctx.header("Accept");
        if (accepted != null && accepted.contains("text/html")) {
            ctx.header("Content-Security-Policy", PAGE_POLICY);
            ctx.contentType("text/html; charset=utf-8").result(page);
        } else {
            Http.write(ctx, 200, info());
        }
    }

    void health(Context ctx) {
        HealthJson health = healthNow();
        Http.write(ctx, health.canAnswer() ? 200 : 503, health);
    }

    void stats(Context ctx) {
        Http.write(ctx, 200, StatsJson.of(parts.engine().stats()));
    }

    void metrics(Context ctx) {
        ctx.contentType("text/plain; version=0.0.4; charset=utf-8")
                .result(parts.metrics().scrape());
    }

    void dashboard(Context ctx) {
        Http.write(
                ctx,
                200,
                new Dashboard(
                        info(),
                        healthNow(),
                        StatsJson.of(parts.engine().stats()),
                        RecentActivity.STEP_MS,
                        parts.activity().steps(),
                        parts.activity().decisions()));
    }

    private ServiceInfo info() {
        return ServiceInfo.of(parts.modelName(), TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos));
    }

    private HealthJson healthNow() {
        return HealthJson.of(parts.engine().health(), settings, parts.modelName(), draining.getAsBoolean());
    }

    private static byte[] page() {
        try (InputStream in = ReportRoutes.class.getResourceAsStream("dashboard.html")) {
            return Objects.requireNonNull(in, "dashboard.html").readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}

package io.github.hybridinference.examples.service;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The endpoints for health, statistics, metrics and the dashboard. */
final class ReportRoutes {
    private final Page page = Page.load();
    private final long startNanos = System.nanoTime();
    private final ServiceParts parts;
    private final ServiceSettings settings;
    private final BooleanSupplier draining;
    private final Supplier<HttpMeters.HttpStats> http;

    ReportRoutes(
            ServiceParts parts,
            ServiceSettings settings,
            BooleanSupplier draining,
            Supplier<HttpMeters.HttpStats> http) {
        this.parts = parts;
        this.settings = settings;
        this.draining = draining;
        this.http = http;
    }

    /** All data of the page in one response, so that its figures are of the same moment. */
    record Dashboard(
            ServiceInfo service,
            HealthJson health,
            StatsJson stats,
            long stepMs,
            List<RecentActivity.Step> steps,
            List<RecentActivity.Decision> decisions) {}

    /** The health for all. */
    record StatusOnly(String status) {}

    void root(Exchange exchange) {
        exchange.header("Vary", "Accept");
        String accepted = exchange.header("Accept");
        if (accepted != null && accepted.contains("text/html")) {
            exchange.header("Content-Security-Policy", page.policy())
                    .answer(200, "text/html; charset=utf-8", page.bytes());
        } else {
            Http.write(exchange, 200, info());
        }
    }

    void health(Exchange exchange) {
        HealthJson health = healthNow();
        // what the parts are and what ails them is for those who have the token, if there is one
        Object shown = exchange.isAuthorized() ? health : new StatusOnly(health.status());
        Http.write(exchange, health.canAnswer() ? 200 : 503, shown);
    }

    void stats(Exchange exchange) {
        Http.write(exchange, 200, StatsJson.of(parts.engine().stats(), http.get()));
    }

    void metrics(Exchange exchange) {
        exchange.answer(
                200,
                "text/plain; version=0.0.4; charset=utf-8",
                parts.metrics().scrape().getBytes(StandardCharsets.UTF_8));
    }

    void dashboard(Exchange exchange) {
        Http.write(
                exchange,
                200,
                new Dashboard(
                        info(),
                        healthNow(),
                        StatsJson.of(parts.engine().stats(), http.get()),
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
}

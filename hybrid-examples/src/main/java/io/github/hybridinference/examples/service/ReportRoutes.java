package io.github.hybridinference.examples.service;

import io.github.hybridinference.EngineHealth;
import io.github.hybridinference.EngineStats;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
            long time,
            ServiceInfo service,
            HealthJson health,
            boolean paused,
            StatsJson stats,
            RecentActivity.Now now,
            Spending spending,
            RecentActivity.@Nullable Incident incident,
            List<ActivityWindow.View> windows,
            List<RecentActivity.Event> events,
            List<RecentActivity.Symbol> symbols,
            List<RecentActivity.Decision> decisions) {}

    /**
     * The pace of spending.
     *
     * @param runsOutAt when the budget is used up at the rate of the last hour, in milliseconds since 1970-01-01T00:00Z; null
     *     without a cap or a rate
     * @param today the curve of what was spent, oldest first: milliseconds since 1970-01-01T00:00Z, US dollars
     */
    record Spending(double lastHourUsd, @Nullable Long runsOutAt, List<double[]> today) {}

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
        RecentActivity activity = parts.activity();
        EngineStats stats = parts.engine().stats();
        EngineHealth health = parts.engine().health();
        Http.write(
                exchange,
                200,
                new Dashboard(
                        activity.time(),
                        info(),
                        healthOf(health),
                        health.component("remote_switch").isPresent(),
                        StatsJson.of(stats, http.get()),
                        activity.now(),
                        new Spending(
                                activity.lastHourUsd(),
                                activity.runsOutAt(stats.budget()).orElse(null),
                                activity.spentToday(stats.budget())),
                        activity.incident().orElse(null),
                        activity.windows(),
                        activity.events(),
                        activity.symbols(),
                        activity.decisions()));
    }

    /** One decision with what it was made from. */
    void decision(Exchange exchange) {
        String id = exchange.path().substring(exchange.path().lastIndexOf('/') + 1);
        parts.activity()
                .detail(id)
                .ifPresentOrElse(
                        detail -> Http.write(exchange, 200, detail),
                        () -> Http.refuse(
                                exchange, 404, "unknown_decision", "there is no such decision, or no longer"));
    }

    private ServiceInfo info() {
        return ServiceInfo.of(parts.modelName(), TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos));
    }

    private HealthJson healthNow() {
        return healthOf(parts.engine().health());
    }

    private HealthJson healthOf(EngineHealth health) {
        return HealthJson.of(health, settings, parts.modelName(), draining.getAsBoolean());
    }
}

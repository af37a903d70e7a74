package io.github.hybridinference.examples.service;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/** Counts what happens at the HTTP door, for {@code /metrics} and {@code /stats}. */
final class HttpMeters {
    /** The route of requests that are malformed, or that ask for no path of the service. */
    static final String NO_ROUTE = "none";

    /**
     * The counts as JSON.
     *
     * @param requests answered requests by route and status
     * @param authFailures requests without the token
     * @param rejectedConnections connections that the service closed, by cause
     * @param openConnections connections that are open
     * @param errors requests that failed through a fault of the service
     */
    record HttpStats(
            Map<String, Map<Integer, Long>> requests,
            long authFailures,
            Map<Connections.Cause, Long> rejectedConnections,
            int openConnections,
            long errors) {}

    private final MeterRegistry registry;
    private final Map<String, Map<Integer, Counter>> requests = new ConcurrentHashMap<>();
    private final Map<Connections.Cause, Counter> rejected = new EnumMap<>(Connections.Cause.class);
    private final Counter authFailures;
    private final LongAdder errors = new LongAdder();

    HttpMeters(MeterRegistry registry) {
        this.registry = registry;
        this.authFailures = registry.counter("hybrid.http.auth.failures");
        for (Connections.Cause cause : Connections.Cause.values()) {
            rejected.put(
                    cause,
                    registry.counter(
                            "hybrid.http.connections.rejected",
                            "cause",
                            cause.name().toLowerCase(Locale.ROOT)));
        }
        FunctionCounter.builder("hybrid.http.errors", this, HttpMeters::errors).register(registry);
    }

    void watch(IntSupplier connections) {
        Gauge.builder("hybrid.http.connections", connections, IntSupplier::getAsInt)
                .register(registry);
    }

    void answered(String route, int status) {
        requests.computeIfAbsent(route, any -> new ConcurrentHashMap<>())
                .computeIfAbsent(
                        status,
                        any -> registry.counter(
                                "hybrid.http.requests", "route", route, "status", Integer.toString(status)))
                .increment();
    }

    void authFailure() {
        authFailures.increment();
    }

    void rejected(Connections.Cause cause) {
        Objects.requireNonNull(rejected.get(cause), "each cause has a counter").increment();
    }

    void error() {
        errors.increment();
    }

    long errors() {
        return errors.sum() + ServerLog.errors();
    }

    HttpStats stats(int openConnections) {
        Map<String, Map<Integer, Long>> answered = new TreeMap<>();
        requests.forEach((route, statuses) -> {
            Map<Integer, Long> counts = new TreeMap<>();
            statuses.forEach((status, counter) -> counts.put(status, (long) counter.count()));
            answered.put(route, counts);
        });
        Map<Connections.Cause, Long> closed = new EnumMap<>(Connections.Cause.class);
        rejected.forEach((cause, counter) -> closed.put(cause, (long) counter.count()));
        return new HttpStats(answered, (long) authFailures.count(), closed, openConnections, errors());
    }
}

package io.github.hybridinference.spring.boot3;

import io.github.hybridinference.EngineHealth;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.spring.EngineReport;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;

/**
 * The engine's health. While the rules answer, an engine whose models are barred is DEGRADED: a status that Spring Boot answers with
 * 200 and leaves out when it sums up, so that nothing restarts an application that works. DOWN is an engine that is closed.
 */
final class HybridHealthIndicator implements HealthIndicator {
    private static final Status DEGRADED =
            new Status("DEGRADED", "Answers are given, but not as good as they could be");

    private final InferenceEngine engine;

    HybridHealthIndicator(InferenceEngine engine) {
        this.engine = engine;
    }

    @Override
    public Health health() {
        EngineHealth health = engine.health();
        Status status = switch (health.status()) {
            case HEALTHY, DISABLED -> Status.UP;
            case DEGRADED -> DEGRADED;
            case UNHEALTHY -> Status.DOWN;
        };
        return Health.status(status).withDetails(EngineReport.parts(health)).build();
    }
}

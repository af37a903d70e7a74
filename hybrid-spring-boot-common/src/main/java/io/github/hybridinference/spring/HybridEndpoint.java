package io.github.hybridinference.spring;

import io.github.hybridinference.EngineHealth;
import io.github.hybridinference.InferenceEngine;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** The actuator endpoint {@code hybrid}: how the engine is, what it counted, what was spent. */
@Endpoint(id = "hybrid")
class HybridEndpoint {
    private final InferenceEngine engine;

    HybridEndpoint(InferenceEngine engine) {
        this.engine = engine;
    }

    /** Maps of plain values. */
    @ReadOperation
    public Map<String, Object> report() {
        EngineHealth health = engine.health();
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("status", health.status().name());
        report.put("parts", EngineReport.parts(health));
        report.putAll(EngineReport.counts(engine.stats()));
        return report;
    }
}

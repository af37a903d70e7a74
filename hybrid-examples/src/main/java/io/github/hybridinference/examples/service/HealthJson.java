package io.github.hybridinference.examples.service;

import io.github.hybridinference.EngineHealth;
import io.github.hybridinference.EngineHealth.Component;
import io.github.hybridinference.EngineHealth.Status;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The health report as JSON.
 *
 * @param status {@code healthy}, {@code degraded} or {@code unhealthy}, the last only if no answer can be given
 * @param components the same for each part, or {@code disabled}
 * @param details causes by part; parts without one are left out
 */
record HealthJson(String status, Map<String, String> components, Map<String, String> details) {
    private static final String LOCAL_MODEL = "local_model";
    private static final String DISABLED = "disabled";

    static HealthJson of(EngineHealth health, ServiceSettings settings, String model, boolean draining) {
        Map<String, String> components = new LinkedHashMap<>();
        Map<String, String> details = new LinkedHashMap<>();
        components.put("redis", settings.redisUrl().isEmpty() ? DISABLED : status(health, "cache"));
        components.put("deepseek", settings.hasModel() ? status(health, model) : DISABLED);
        components.put(LOCAL_MODEL, status(health, LOCAL_MODEL));
        for (Component part : health.components()) {
            if (!part.detail().isEmpty()) {
                details.put(part.name().equals(model) ? "deepseek" : part.name(), sentence(part));
            }
        }
        if (!settings.hasModel()) {
            details.put("deepseek", "DEEPSEEK_API_KEY is not set: the rules answer everything");
        }
        if (!settings.anonymize()) {
            details.put("anonymization", "reduced: figures are told in up to nine digits to a model on this machine");
        }
        if (draining) {
            details.put("service", "shutting down");
        }
        Status whole = draining ? Status.UNHEALTHY : health.status();
        return new HealthJson(lower(whole), components, details);
    }

    boolean canAnswer() {
        return !status.equals(lower(Status.UNHEALTHY));
    }

    private static String status(EngineHealth health, String part) {
        return health.component(part).map(known -> lower(known.status())).orElse(DISABLED);
    }

    private static String sentence(Component part) {
        return part.detail()
                + part.since()
                        .map(at -> ", since " + at.truncatedTo(ChronoUnit.SECONDS))
                        .orElse("")
                + part.nextTry()
                        .map(at -> ", next try " + at.truncatedTo(ChronoUnit.SECONDS))
                        .orElse("");
    }

    private static String lower(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}

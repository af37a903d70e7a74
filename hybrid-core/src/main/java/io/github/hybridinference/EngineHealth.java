package io.github.hybridinference;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How an engine and its parts are.
 *
 * @param status the worst that matters: UNHEALTHY only if no answer can be given at all
 * @param components the parts: the rules, each model with its breaker, the cache, the budget
 * @since 0.1.0
 */
public record EngineHealth(Status status, List<Component> components) {
    /** How a part is. */
    public enum Status {
        /** As it should be. */
        HEALTHY,
        /** Answers are given, but not as good as they could be. */
        DEGRADED,
        /** Nothing comes from it. */
        UNHEALTHY,
        /** Not used. */
        DISABLED
    }

    /**
     * How one part is.
     *
     * @param name the part, for example {@code local_model} or the name of a model
     * @param status how it is
     * @param detail why, in one sentence without any of a caller's data; empty if there is nothing to say
     * @param since since when, on the engine's clock; empty if it has always been so
     * @param nextTry when it will be tried again; empty if that does not apply
     */
    public record Component(
            String name, Status status, String detail, Optional<Instant> since, Optional<Instant> nextTry) {}

    /**
     * Finds a part.
     *
     * @param name its name
     * @return empty if there is no such part
     */
    public Optional<Component> component(String name) {
        return components.stream().filter(part -> part.name().equals(name)).findFirst();
    }
}

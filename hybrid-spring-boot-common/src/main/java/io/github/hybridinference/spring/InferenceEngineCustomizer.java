package io.github.hybridinference.spring;

import io.github.hybridinference.InferenceEngineBuilder;

/**
 * Changes the engine before it is built. All beans of this type are called, in the order of {@code @Order}, on the builder as
 * it is at first. What a customizer sets stays: beans of parts and properties fill in only what is left.
 *
 * <pre>{@code
 * @Bean
 * InferenceEngineCustomizer replayClock(Clock clock) {
 *     return builder -> builder.clock(clock);
 * }
 * }</pre>
 * @since 0.1.0
 */
@FunctionalInterface
public interface InferenceEngineCustomizer {
    /**
     * Sets options of the engine. Each option can be set once; a second customizer that sets the same one fails.
     *
     * @param builder the builder; do not build with it
     */
    void customize(InferenceEngineBuilder builder);
}

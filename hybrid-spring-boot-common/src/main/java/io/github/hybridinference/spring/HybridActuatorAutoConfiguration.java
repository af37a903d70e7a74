package io.github.hybridinference.spring;

import io.github.hybridinference.InferenceEngine;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * The actuator endpoint {@code hybrid}, and secrets kept out of the other endpoints.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = HybridAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
public class HybridActuatorAutoConfiguration {
    HybridActuatorAutoConfiguration() {}

    @Bean
    @ConditionalOnBean(InferenceEngine.class)
    @ConditionalOnAvailableEndpoint
    HybridEndpoint hybridEndpoint(InferenceEngine engine) {
        return new HybridEndpoint(engine);
    }

    @Bean
    @ConditionalOnBean(HybridProperties.class)
    SanitizingFunction hybridSanitizer(HybridProperties properties) {
        return new HybridSanitizer(properties);
    }
}

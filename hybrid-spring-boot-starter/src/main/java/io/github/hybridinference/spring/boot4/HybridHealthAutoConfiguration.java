package io.github.hybridinference.spring.boot4;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.spring.HybridAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * The health component {@code hybrid}; {@code management.health.hybrid.enabled} turns it off.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
        after = HybridAutoConfiguration.class,
        beforeName = "org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration")
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(InferenceEngine.class)
public class HybridHealthAutoConfiguration {
    HybridHealthAutoConfiguration() {}

    /** The last condition stands here, since on the class it would be loaded even where there is no actuator. */
    @Bean
    @ConditionalOnEnabledHealthIndicator("hybrid")
    @ConditionalOnMissingBean(name = "hybridHealthIndicator")
    HealthIndicator hybridHealthIndicator(InferenceEngine engine) {
        return new HybridHealthIndicator(engine);
    }
}

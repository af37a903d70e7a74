package io.github.hybridinference.spring;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.micrometer.MicrometerListener;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * Meters of the engine, if there is a meter registry.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
        before = HybridAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass({MicrometerListener.class, MeterRegistry.class})
@ConditionalOnBean(MeterRegistry.class)
@ConditionalOnProperty(name = "hybrid.enabled", matchIfMissing = true)
public class HybridMetricsAutoConfiguration {
    HybridMetricsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    MicrometerListener hybridMicrometerListener(MeterRegistry registry) {
        return new MicrometerListener(registry);
    }

    @Bean
    SmartInitializingSingleton hybridGauges(MicrometerListener listener, InferenceEngine engine) {
        return () -> listener.monitor(engine);
    }
}

package io.github.hybridinference.spring;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.micrometer.MicrometerListener;
import io.github.hybridinference.remote.RemoteModel;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * Observations of inferences and of attempts at a model, if there is an observation registry: spans, with a tracer.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
        before = HybridAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration",
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration"
        })
@ConditionalOnClass({MicrometerListener.class, ObservationRegistry.class})
@ConditionalOnBean(ObservationRegistry.class)
@ConditionalOnProperty(name = "hybrid.enabled", matchIfMissing = true)
public class HybridObservationAutoConfiguration {
    HybridObservationAutoConfiguration() {}

    @Bean
    Instrumentation hybridObservations(ObservationRegistry observations) {
        return new Instrumentation() {
            @Override
            public RemoteModel around(RemoteModel model, String provider) {
                return MicrometerListener.observed(model, provider, observations);
            }

            @Override
            public InferenceEngine around(InferenceEngine engine) {
                return new ObservedEngine(engine, observations);
            }
        };
    }
}

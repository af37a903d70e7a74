package io.github.hybridinference.spring;

import io.github.hybridinference.deepseek.DeepSeek;
import io.github.hybridinference.testkit.standin.StandIn;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * The simulated model of {@code hybrid-testkit}, if {@code hybrid.mode} is {@code simulated}. A bean of type {@link StandIn} that the
 * application defines, with delays or faults, takes the place of the one made here.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = HybridAutoConfiguration.class)
@ConditionalOnClass({StandIn.class, DeepSeek.class})
@ConditionalOnProperty(name = "hybrid.mode", havingValue = "simulated")
public class SimulatedModelAutoConfiguration {
    SimulatedModelAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    StandIn hybridStandIn() {
        return StandIn.builder().start();
    }

    @Bean
    SimulatedModel hybridSimulatedModel(StandIn standIn) {
        return new SimulatedModel(DeepSeekModels.local(standIn.baseUrl().toString()));
    }
}

package io.github.hybridinference.spring.boot4;

import io.github.hybridinference.redis.RedisSignalCache;
import io.github.hybridinference.spring.HybridRedisAutoConfiguration;
import io.github.hybridinference.spring.HybridRedisConnectionDetails;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Takes the address of Redis from Spring Data Redis, unless {@code hybrid.redis.uri} is set.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = HybridRedisAutoConfiguration.class, after = DataRedisAutoConfiguration.class)
@ConditionalOnClass({RedisSignalCache.class, DataRedisConnectionDetails.class})
@ConditionalOnBean(DataRedisConnectionDetails.class)
@ConditionalOnMissingBean(HybridRedisConnectionDetails.class)
@ConditionalOnProperty(
        name = {"hybrid.enabled", "hybrid.redis.enabled"},
        matchIfMissing = true)
public class HybridDataRedisAutoConfiguration {
    HybridDataRedisAutoConfiguration() {}

    @Bean
    @Conditional(NoUri.class)
    HybridRedisConnectionDetails hybridDataRedis(DataRedisConnectionDetails details) {
        return new DataRedisAddress(details);
    }

    /** An address that was given goes before that of Spring Data Redis, which always has one. */
    static class NoUri extends NoneNestedConditions {
        NoUri() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnProperty("hybrid.redis.uri")
        static class Given {}
    }
}

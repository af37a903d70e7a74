package io.github.hybridinference.spring;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where the Redis of the fleet is. A bean of this type takes the place of {@code hybrid.redis.uri}. Without either, the details of
 * Spring Data Redis are used if it is there.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface HybridRedisConnectionDetails extends ConnectionDetails {
    /**
     * Returns the address.
     *
     * @return for example {@code rediss://user:password@host:6379/0}, in a form that
     *     {@link io.github.hybridinference.redis.RedisSignalCache#connect} takes
     */
    String uri();
}

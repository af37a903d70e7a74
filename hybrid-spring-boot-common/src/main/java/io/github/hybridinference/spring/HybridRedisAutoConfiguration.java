package io.github.hybridinference.spring;

import static io.github.hybridinference.spring.InvalidSettingException.check;
import static io.github.hybridinference.spring.InvalidSettingException.resolved;

import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.redis.RedisBudget;
import io.github.hybridinference.redis.RedisSignalCache;
import io.github.hybridinference.redis.RedisSignalCacheBuilder;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Shares answers, calls and budget through Redis if {@code hybrid-redis} is on the class path and an address is known: from a bean
 * of {@link HybridRedisConnectionDetails}, from {@code hybrid.redis.uri}, or from Spring Data Redis.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnClass(RedisSignalCache.class)
@ConditionalOnProperty(
        name = {"hybrid.enabled", "hybrid.redis.enabled"},
        matchIfMissing = true)
@EnableConfigurationProperties(HybridProperties.class)
public class HybridRedisAutoConfiguration {
    HybridRedisAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty("hybrid.redis.uri")
    HybridRedisConnectionDetails hybridRedisUri(HybridProperties properties) {
        String uri = Objects.requireNonNull(properties.redis().uri());
        return () -> uri;
    }

    @Bean
    @ConditionalOnBean(HybridRedisConnectionDetails.class)
    @ConditionalOnMissingBean
    RedisSignalCache hybridRedis(HybridProperties properties, HybridRedisConnectionDetails details) {
        HybridProperties.Redis redis = properties.redis();
        String uri = resolved("hybrid.redis.uri", details.uri());
        RedisSignalCacheBuilder[] made = new RedisSignalCacheBuilder[1];
        check("hybrid.redis.uri", () -> made[0] = RedisSignalCache.builder(uri));
        RedisSignalCacheBuilder builder = made[0];
        set("hybrid.redis.prefix", redis.prefix(), builder::prefix);
        set("hybrid.redis.ca-file", redis.caFile(), builder::certificateAuthority);
        set("hybrid.redis.timeout", redis.timeout(), builder::timeout);
        set("hybrid.redis.ttl", redis.ttl(), builder::ttl);
        set("hybrid.redis.lease", redis.lease(), builder::lease);
        if (redis.acceptedIntegritySecret() != null && redis.integritySecret() == null) {
            throw new InvalidSettingException(
                    "hybrid.redis.accepted-integrity-secret", "it needs hybrid.redis.integrity-secret, which signs");
        }
        secret("hybrid.redis.integrity-secret", redis.integritySecret(), builder::integritySecret);
        secret(
                "hybrid.redis.accepted-integrity-secret",
                redis.acceptedIntegritySecret(),
                builder::acceptedIntegritySecret);
        return builder.connect();
    }

    private static void secret(String property, @Nullable String value, Consumer<String> setter) {
        set(property, value == null ? null : resolved(property, value), setter);
    }

    private static <T> void set(String property, @Nullable T value, Consumer<T> setter) {
        if (value != null) {
            check(property, () -> setter.accept(value));
        }
    }

    /** The near tier before Redis; Redis itself is a cache too, but no reason to back off. */
    @Bean
    @ConditionalOnBean(RedisSignalCache.class)
    @ConditionalOnMissingBean(
            value = SignalCache.class,
            ignoredType = "io.github.hybridinference.redis.RedisSignalCache")
    SignalCache hybridTieredCache(HybridProperties properties, RedisSignalCache redis) {
        return SignalCache.tiered(NearCache.of(properties.cache()), redis);
    }

    @Bean
    @ConditionalOnBean(RedisSignalCache.class)
    @ConditionalOnMissingBean
    @ConditionalOnProperty("hybrid.budget.per-day")
    @ConditionalOnProperty(name = "hybrid.budget.shared", matchIfMissing = true)
    Budget hybridSharedBudget(HybridProperties properties, RedisSignalCache redis) {
        HybridProperties.Budget budget = properties.budget();
        String usd = Objects.requireNonNull(budget.perDay()).toPlainString();
        ZoneId zone = Objects.requireNonNullElse(budget.zone(), ZoneOffset.UTC);
        RedisBudget[] made = new RedisBudget[1];
        check("hybrid.budget.per-day", () -> made[0] = RedisBudget.perDay(usd, zone, redis));
        Double share = budget.localShare();
        if (share != null) {
            check("hybrid.budget.local-share", () -> made[0] = made[0].withLocalShare(share));
        }
        return made[0];
    }
}

package io.github.hybridinference.spring;

import static io.github.hybridinference.spring.InvalidSettingException.check;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.audit.EgressLog;
import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.classify.ScenarioClassifier;
import io.github.hybridinference.local.LocalRuleModel;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.reply.ReplyVerifier;
import java.io.IOException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.ClassUtils;

/**
 * Makes an {@link InferenceEngine} of the properties {@code hybrid.*}. Each part backs off if the application has a bean of its
 * type: a {@link io.github.hybridinference.remote.RemoteModel} (one or more, in the order of {@code @Order}),
 * {@link LocalRuleModel}, {@link ScenarioClassifier}, {@link Anonymizer}, {@link ReplyVerifier}, {@link SignalCache},
 * {@link Budget}, {@link io.github.hybridinference.cache.CallLease}, {@link EgressLog}, and the engine itself. Beans of
 * {@link io.github.hybridinference.InferenceListener} and {@link Feature} are added.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = HybridRedisAutoConfiguration.class)
@ConditionalOnProperty(name = "hybrid.enabled", matchIfMissing = true)
@EnableConfigurationProperties(HybridProperties.class)
public class HybridAutoConfiguration {
    private static final String DEEPSEEK = "io.github.hybridinference.deepseek.DeepSeek";
    private static final String REDIS = "io.github.hybridinference.redis.RedisSignalCache";

    private final HybridProperties properties;

    HybridAutoConfiguration(HybridProperties properties, ResourceLoader loader) {
        this.properties = properties;
        refuseRedisWithoutItsModule(loader.getClassLoader());
    }

    private void refuseRedisWithoutItsModule(@Nullable ClassLoader classes) {
        HybridProperties.Redis redis = properties.redis();
        if (redis.enabled() && redis.uri() != null && !ClassUtils.isPresent(REDIS, classes)) {
            throw new InvalidSettingException("hybrid.redis.uri", "Redis needs hybrid-redis on the class path");
        }
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty("hybrid.egress-log")
    EgressLog hybridEgressLog() {
        try {
            return EgressLog.appendingTo(Objects.requireNonNull(properties.egressLog()));
        } catch (IOException unwritable) {
            throw new InvalidSettingException("hybrid.egress-log", "the file cannot be opened for writing");
        }
    }

    @Bean
    ConfiguredModels hybridConfiguredModels(ObjectProvider<EgressLog> log, ResourceLoader loader) {
        if (properties.mode() != HybridProperties.Mode.AUTO
                || properties.models().isEmpty()) {
            return new ConfiguredModels(List.of());
        }
        if (!ClassUtils.isPresent(DEEPSEEK, loader.getClassLoader())) {
            throw new InvalidSettingException("hybrid.models", "a model needs hybrid-deepseek on the class path");
        }
        List<ConfiguredModels.Provided> models = new ArrayList<>();
        for (int i = 0; i < properties.models().size(); i++) {
            models.add(DeepSeekModels.of(i, properties.models().get(i), log.getIfAvailable()));
        }
        return new ConfiguredModels(List.copyOf(models));
    }

    @Bean
    @ConditionalOnMissingBean
    LocalRuleModel hybridRules() {
        return ConfiguredParts.rules(properties.rules());
    }

    @Bean
    @ConditionalOnMissingBean
    ScenarioClassifier hybridClassifier() {
        return ConfiguredParts.routed(ConfiguredParts.classifier(properties.classifier()), properties.routerFile());
    }

    @Bean
    @ConditionalOnMissingBean
    ReplyVerifier hybridReplyVerifier() {
        return ReplyVerifier.standard();
    }

    /** Without the property the engine makes its own, which knows the custom features of customizers too. */
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty("hybrid.anonymizer.resolution")
    Anonymizer hybridAnonymizer(ObjectProvider<Feature> own) {
        List<Feature> custom = new ArrayList<>(own.orderedStream().toList());
        custom.addAll(ConfiguredParts.features(properties));
        return ConfiguredParts.anonymizer(properties.anonymizer(), custom);
    }

    /** Without the property the engine makes its own, and none if it has no model. */
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty("hybrid.cache.max-entries")
    SignalCache hybridSignalCache() {
        return NearCache.of(properties.cache());
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty("hybrid.budget.per-day")
    Budget hybridBudget() {
        HybridProperties.Budget budget = properties.budget();
        if (Boolean.TRUE.equals(budget.shared())) {
            throw new InvalidSettingException(
                    "hybrid.budget.shared", "a shared budget needs Redis: add hybrid-redis and set hybrid.redis.uri");
        }
        String usd = Objects.requireNonNull(budget.perDay()).toPlainString();
        ZoneId zone = Objects.requireNonNullElse(budget.zone(), ZoneOffset.UTC);
        Budget[] made = new Budget[1];
        check("hybrid.budget.per-day", () -> made[0] = Budget.perDay(usd, zone));
        return made[0];
    }

    @Bean
    @ConditionalOnMissingBean
    InferenceEngine inferenceEngine(BeanFactory beans) {
        return new EngineAssembly(properties, beans).build();
    }

    @Bean
    @ConditionalOnProperty(name = "hybrid.warm-up", matchIfMissing = true)
    WarmUpLifecycle hybridWarmUp(InferenceEngine engine) {
        return new WarmUpLifecycle(engine);
    }
}

package io.github.hybridinference.spring;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.InferenceEngineBuilder;
import io.github.hybridinference.InferenceListener;
import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.cache.CacheScope;
import io.github.hybridinference.cache.CallLease;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.classify.ScenarioClassifier;
import io.github.hybridinference.local.LocalRuleModel;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.reply.ReplyVerifier;
import io.github.hybridinference.spring.ConfiguredModels.Provided;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Builds the engine: customizers first, then beans of parts, then properties. Since an option of the builder can be set once,
 * what was set before is left as it is.
 */
final class EngineAssembly {
    private static final Logger LOG = LoggerFactory.getLogger(HybridAutoConfiguration.class);

    private final HybridProperties properties;
    private final BeanFactory beans;
    private final InferenceEngineBuilder builder = InferenceEngine.builder();

    EngineAssembly(HybridProperties properties, BeanFactory beans) {
        this.properties = properties;
        this.beans = beans;
    }

    InferenceEngine build() {
        all(InferenceEngineCustomizer.class).forEach(customizer -> customizer.customize(builder));
        addModels();
        addParts();
        set("hybrid.timeout", properties.timeout(), builder::timeout);
        set("hybrid.remote-timeout", properties.remoteTimeout(), builder::remoteTimeout);
        set("hybrid.max-attempts", properties.maxAttempts(), builder::maxAttempts);
        set("hybrid.max-calls-in-flight", properties.maxCallsInFlight(), builder::maxCallsInFlight);
        set("hybrid.max-waiting", properties.maxWaiting(), builder::maxWaiting);
        set(
                "hybrid.breaker.max-consecutive-failures",
                properties.breaker().maxConsecutiveFailures(),
                builder::maxConsecutiveFailures);
        set("hybrid.breaker.open-for", properties.breaker().openFor(), builder::breakerOpenFor);
        setCache();
        all(InferenceListener.class).forEach(builder::listener);
        InferenceEngine engine = built();
        Instrumentation instrumentation = instrumentation();
        return instrumentation == null ? engine : instrumentation.around(engine);
    }

    private InferenceEngine built() {
        try {
            return builder.build();
        } catch (IllegalStateException partsThatDoNotGoTogether) {
            throw new InvalidSettingException(
                    "hybrid.remote-timeout", String.valueOf(partsThatDoNotGoTogether.getMessage()));
        }
    }

    private void addModels() {
        List<RemoteModel> models = new ArrayList<>();
        Instrumentation instrumentation = instrumentation();
        for (Provided model : models()) {
            models.add(
                    instrumentation == null ? model.model() : instrumentation.around(model.model(), model.provider()));
        }
        if (models.isEmpty()) {
            return;
        }
        try {
            builder.remote(models.get(0));
        } catch (IllegalStateException alreadySet) {
            LOG.debug("The models of beans and properties are not used, since a customizer has set others");
            return;
        }
        models.stream().skip(1).forEach(builder::thenRemote);
    }

    private List<Provided> models() {
        return switch (properties.mode()) {
            case RULES_ONLY -> List.of();
            case SIMULATED -> List.of(simulated());
            case AUTO -> {
                List<Provided> configured = beans.getBeanProvider(ConfiguredModels.class)
                        .getObject()
                        .models();
                List<RemoteModel> own = all(RemoteModel.class);
                yield own.isEmpty()
                        ? configured
                        : own.stream()
                                .map(model -> new Provided(model, "custom"))
                                .toList();
            }
        };
    }

    private Provided simulated() {
        SimulatedModel simulated = beans.getBeanProvider(SimulatedModel.class).getIfAvailable();
        if (simulated == null) {
            throw new InvalidSettingException(
                    "hybrid.mode",
                    "the simulated model needs hybrid-testkit on the class path; add it, with test scope if only tests use it");
        }
        LOG.warn("hybrid.mode is simulated: the answers come from a simulated model, and mean nothing");
        return new Provided(simulated.model(), "simulated");
    }

    private void addParts() {
        set("LocalRuleModel", one(LocalRuleModel.class), builder::rules);
        set("ScenarioClassifier", one(ScenarioClassifier.class), builder::classifier);
        set("Anonymizer", one(Anonymizer.class), builder::anonymizer);
        set("ReplyVerifier", one(ReplyVerifier.class), builder::replyVerifier);
        set("Budget", one(Budget.class), builder::budget);
        // a store that is both, such as Redis, is the far tier of a cache and the lease
        set("SignalCache", preferred(SignalCache.class, cache -> !(cache instanceof CallLease)), builder::cache);
        CallLease lease = preferred(CallLease.class, own -> !(own instanceof SignalCache));
        if (properties.redis().shareCalls() || !(lease instanceof SignalCache)) {
            set("CallLease", lease, builder::callLease);
        }
        builder.customFeatures(all(Feature.class).toArray(new Feature[0]));
        builder.customFeatures(ConfiguredParts.features(properties).toArray(new Feature[0]));
    }

    private void setCache() {
        HybridProperties.Cache cache = properties.cache();
        set("hybrid.cache.ttl", cache.ttl(), builder::cacheTtl);
        set("hybrid.cache.refresh-after", cache.refreshAfter(), builder::refreshAfter);
        String secret = cache.secret();
        if (secret == null) {
            set("hybrid.cache.scope", cache.scope(), builder::cacheScope);
        } else if (cache.scope() == CacheScope.SHARED) {
            throw new InvalidSettingException(
                    "hybrid.cache.scope", "a shared scope has no use for hybrid.cache.secret");
        } else {
            InvalidSettingException.resolved("hybrid.cache.secret", secret);
            set("hybrid.cache.secret", secret.getBytes(StandardCharsets.UTF_8), builder::cachePerSymbol);
        }
        if (cache.localAnswers()) {
            builder.cacheLocalAnswers();
        }
    }

    /** Sets an option, unless a customizer has set it. */
    private static <T> void set(String name, @Nullable T value, Consumer<T> setter) {
        if (value == null) {
            return;
        }
        try {
            setter.accept(value);
        } catch (IllegalStateException alreadySet) {
            LOG.debug("{} is not used, since a customizer has set that option", name);
        } catch (IllegalArgumentException refused) {
            throw new InvalidSettingException(name, String.valueOf(refused.getMessage()));
        }
    }

    private @Nullable Instrumentation instrumentation() {
        return one(Instrumentation.class);
    }

    private <T> List<T> all(Class<T> type) {
        return beans.getBeanProvider(type).orderedStream().toList();
    }

    private <T> @Nullable T one(Class<T> type) {
        return beans.getBeanProvider(type).getIfAvailable();
    }

    private <T> @Nullable T preferred(Class<T> type, Predicate<T> wanted) {
        ObjectProvider<T> candidates = beans.getBeanProvider(type);
        return candidates
                .orderedStream()
                .filter(wanted)
                .findFirst()
                .or(() -> candidates.orderedStream().findFirst())
                .orElse(null);
    }
}

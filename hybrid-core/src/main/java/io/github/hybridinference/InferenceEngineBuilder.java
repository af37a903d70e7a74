package io.github.hybridinference;

import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.cache.CallLease;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.classify.ScenarioClassifier;
import io.github.hybridinference.local.LocalRuleModel;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.reply.ReplyVerifier;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Assembles an engine. Each mistake is refused at the call that makes it; what can be set once is refused the second
 * time. Not thread-safe.
 */
public final class InferenceEngineBuilder extends CacheOptions {
    private static final long DEFAULT_ENTRIES = 100_000;
    private static final Duration NEVER = Duration.ofDays(36_500);

    /** Nothing secret comes of it, and a secure one takes a fresh JVM tens of milliseconds to set up. */
    private static final RandomGenerator RANDOM =
            () -> ThreadLocalRandom.current().nextLong();

    private final List<RemoteModel> remotes = new ArrayList<>();
    private final Set<Feature> customFeatures = new LinkedHashSet<>();
    private final List<InferenceListener> listeners = new ArrayList<>();
    private @Nullable LocalRuleModel rules;
    private @Nullable ScenarioClassifier classifier;
    private @Nullable Anonymizer anonymizer;
    private @Nullable ReplyVerifier verifier;
    private @Nullable Budget budget;
    private boolean ownsParts;

    InferenceEngineBuilder() {}

    /**
     * Sets the model that hard questions go to; without one the rules answer them, and say so.
     *
     * @param model the first model asked
     * @return this builder
     * @throws IllegalStateException if there is one already
     */
    public InferenceEngineBuilder remote(RemoteModel model) {
        if (!remotes.isEmpty()) {
            throw new IllegalStateException("remote was already set: add another model with thenRemote");
        }
        remotes.add(Objects.requireNonNull(model, "model"));
        return this;
    }

    /**
     * Adds a model that is asked when the one before it is barred by its breaker or failed with time left, inside the
     * same deadline and budget.
     *
     * @param model the next model
     * @return this builder
     * @throws IllegalStateException if there is no first one
     */
    public InferenceEngineBuilder thenRemote(RemoteModel model) {
        if (remotes.isEmpty()) {
            throw new IllegalStateException("there is no first model: call remote before thenRemote");
        }
        remotes.add(Objects.requireNonNull(model, "model"));
        return this;
    }

    /**
     * Sets the rules; the default is {@link LocalRuleModel#standard()}.
     *
     * @param model the rules
     * @return this builder
     */
    public InferenceEngineBuilder rules(LocalRuleModel model) {
        rules = once(rules, model, "rules");
        return this;
    }

    /**
     * Sets the classifier; the default is {@link ScenarioClassifier#thresholds()}.
     *
     * @param decider the classifier
     * @return this builder
     */
    public InferenceEngineBuilder classifier(ScenarioClassifier decider) {
        classifier = once(classifier, decider, "classifier");
        return this;
    }

    /**
     * Sets the anonymizer; the default is {@link Anonymizer#standard} with the custom features declared here.
     *
     * @param reducer the anonymizer
     * @return this builder
     */
    public InferenceEngineBuilder anonymizer(Anonymizer reducer) {
        anonymizer = once(anonymizer, reducer, "anonymizer");
        return this;
    }

    /**
     * Declares features of the owner's own that may leave the process.
     *
     * @param features made by {@link Feature#custom}
     * @return this builder
     * @throws IllegalArgumentException if one is a feature of the catalogue
     */
    public InferenceEngineBuilder customFeatures(Feature... features) {
        for (Feature feature : features) {
            if (!feature.isCustom()) {
                throw new IllegalArgumentException("features of the catalogue need no declaration");
            }
            customFeatures.add(feature);
        }
        return this;
    }

    /**
     * Sets what decides whether a reply is believed; the default is {@link ReplyVerifier#standard()}.
     *
     * @param judge the verifier
     * @return this builder
     */
    public InferenceEngineBuilder replyVerifier(ReplyVerifier judge) {
        verifier = once(verifier, judge, "replyVerifier");
        return this;
    }

    /**
     * Sets what may be spent; by default it is counted and not limited.
     *
     * @param cap the budget
     * @return this builder
     */
    public InferenceEngineBuilder budget(Budget cap) {
        budget = once(budget, cap, "budget");
        return this;
    }

    /**
     * Adds a listener.
     *
     * @param listener hears of what happens
     * @return this builder
     */
    public InferenceEngineBuilder listener(InferenceListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Lets the engine close what it was given: models, cache, budget, lease and listeners, as far as they are
     * {@link AutoCloseable}. By default it closes only what it made itself.
     *
     * @return this builder
     */
    public InferenceEngineBuilder ownParts() {
        ownsParts = true;
        return this;
    }

    /**
     * Builds the engine and starts its threads.
     *
     * @return a new engine
     * @throws IllegalStateException if the parts do not go together
     */
    public InferenceEngine build() {
        return new HybridEngine(settings(), new EngineThreads(executor, scheduler));
    }

    @Override
    InferenceEngineBuilder self() {
        return this;
    }

    Settings settings() {
        Duration whole = or(timeout, Duration.ofSeconds(3));
        Duration remoteWhole = or(remoteTimeout, max(whole, Duration.ofSeconds(10)));
        if (remoteWhole.compareTo(whole) < 0) {
            throw new IllegalStateException("remoteTimeout is not shorter than timeout");
        }
        return new Settings(
                or(rules, LocalRuleModel.standard()),
                or(classifier, ScenarioClassifier.thresholds()),
                or(anonymizer, Anonymizer.standard(customFeatures.toArray(new Feature[0]))),
                Set.copyOf(customFeatures),
                List.copyOf(remotes),
                or(verifier, ReplyVerifier.standard()),
                cache == null ? usualCache() : cache,
                symbolKey(),
                cacheLocalAnswers,
                or(cacheTtl, Duration.ofMinutes(15)),
                or(refreshAfter, NEVER),
                or(lease, CallLease.alone()),
                or(budget, Budget.unlimited()),
                whole,
                remoteWhole,
                maxAttempts,
                maxCallsInFlight,
                maxConsecutiveFailures,
                or(breakerOpenFor, Duration.ofSeconds(30)),
                List.copyOf(listeners),
                or(clock, Clock.systemUTC()),
                or(nanoClock, System::nanoTime),
                or(random, RANDOM),
                ownsParts);
    }

    /** Without a model there are only answers of the rules, which are not remembered. */
    private SignalCache usualCache() {
        return remotes.isEmpty() && !cacheLocalAnswers ? SignalCache.none() : SignalCache.inMemory(DEFAULT_ENTRIES);
    }

    private static <T> T or(@Nullable T given, T standard) {
        return given == null ? standard : given;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}

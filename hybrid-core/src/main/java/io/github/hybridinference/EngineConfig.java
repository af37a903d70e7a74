package io.github.hybridinference;

import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.cache.CallLease;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.classify.ScenarioClassifier;
import io.github.hybridinference.internal.KeyedDigest;
import io.github.hybridinference.local.LocalRuleModel;
import io.github.hybridinference.model.ConfidenceTable;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.reply.ReplyVerifier;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What a builder collected, complete and checked. */
record EngineConfig(
        LocalRuleModel rules,
        ScenarioClassifier classifier,
        Anonymizer anonymizer,
        Set<Feature> customFeatures,
        List<RemoteModel> models,
        boolean remoteEnabled,
        ReplyVerifier verifier,
        @Nullable ConfidenceTable confidences,
        SignalCache cache,
        @Nullable KeyedDigest symbolKey,
        boolean cacheLocalAnswers,
        Duration cacheTtl,
        Duration refreshAfter,
        CallLease lease,
        Budget budget,
        Duration timeout,
        Duration remoteTimeout,
        int maxAttempts,
        int maxCallsInFlight,
        int maxWaiting,
        int maxConsecutiveFailures,
        Duration breakerOpenFor,
        Duration maxRateLimitPause,
        List<InferenceListener> listeners,
        Clock clock,
        LongSupplier nanoClock,
        RandomGenerator random,
        boolean ownsParts) {
    /** The models that are asked: none if they are switched off. */
    List<RemoteModel> askedModels() {
        return remoteEnabled ? models : List.of();
    }
}

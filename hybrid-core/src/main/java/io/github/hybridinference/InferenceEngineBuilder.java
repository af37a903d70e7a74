package io.github.hybridinference;

import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.cache.CacheScope;
import io.github.hybridinference.cache.CallLease;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.classify.ScenarioClassifier;
import io.github.hybridinference.internal.KeyedDigest;
import io.github.hybridinference.local.LocalRuleModel;
import io.github.hybridinference.model.ConfidenceTable;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.reply.ReplyVerifier;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Assembles an engine. Each mistake is refused at the call that makes it, and an option that was set is not set again. Not
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class InferenceEngineBuilder {
    private static final long DEFAULT_ENTRIES = 100_000;
    private static final Duration NEVER = Duration.ofDays(36_500);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int SECRET_BYTES = 32;

    /** Nothing secret depends on it, and a secure one takes a fresh JVM tens of milliseconds to set up. */
    private static final RandomGenerator RANDOM =
            () -> ThreadLocalRandom.current().nextLong();

    private final List<RemoteModel> models = new ArrayList<>();
    private final Set<Feature> customFeatures = new LinkedHashSet<>();
    private final List<InferenceListener> listeners = new ArrayList<>();
    private @Nullable Boolean remoteEnabled;
    private @Nullable LocalRuleModel rules;
    private @Nullable ScenarioClassifier classifier;
    private @Nullable Anonymizer anonymizer;
    private @Nullable ReplyVerifier verifier;
    private @Nullable ConfidenceTable confidences;
    private @Nullable ConfidenceTable rulesConfidences;
    private @Nullable Budget budget;
    private @Nullable SignalCache cache;
    private @Nullable CacheScope cacheScope;
    private @Nullable KeyedDigest sharedSymbolKey;
    private @Nullable Duration cacheTtl;
    private @Nullable Duration refreshAfter;
    private @Nullable CallLease lease;
    private @Nullable Duration timeout;
    private @Nullable Duration remoteTimeout;
    private @Nullable Duration breakerOpenFor;
    private @Nullable Duration maxRateLimitPause;
    private @Nullable Integer maxAttempts;
    private @Nullable Integer maxCallsInFlight;
    private @Nullable Integer maxWaiting;
    private @Nullable Integer maxConsecutiveFailures;
    private @Nullable Executor executor;
    private @Nullable ScheduledExecutorService scheduler;
    private @Nullable Clock clock;
    private @Nullable LongSupplier nanoClock;
    private @Nullable RandomGenerator random;
    private boolean cacheLocalAnswers;
    private boolean ownsParts;

    InferenceEngineBuilder() {}

    // ---- parts

    /**
     * Sets the model that complex scenarios go to. Without one the engine is rules-only: the rules answer complex scenarios
     * too, in full ({@code LOCAL}, with their own confidence), and no thread is started.
     *
     * @param model the first model asked
     * @return this builder
     * @throws IllegalStateException if there is one already
     */
    public InferenceEngineBuilder remote(RemoteModel model) {
        if (!models.isEmpty()) {
            throw new IllegalStateException("remote was already set: add another model with thenRemote");
        }
        models.add(Objects.requireNonNull(model, "model"));
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
        if (models.isEmpty()) {
            throw new IllegalStateException("there is no first model: call remote before thenRemote");
        }
        models.add(Objects.requireNonNull(model, "model"));
        return this;
    }

    /**
     * Switches the models off or on; by default they are on. While they are off, complex scenarios are answered by the rules
     * as fallbacks with {@code NO_REMOTE}, no cached answer is looked up, and health is degraded: for an application that
     * counts on its model. Without a model it changes nothing.
     *
     * @param enabled false to ask no model
     * @return this builder
     */
    public InferenceEngineBuilder remoteEnabled(boolean enabled) {
        remoteEnabled = once(remoteEnabled, enabled, "remoteEnabled");
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
            if (!Objects.requireNonNull(feature, "feature").isCustom()) {
                throw new IllegalArgumentException("customFeatures takes features made by Feature.custom: "
                        + feature.name() + " is of the catalogue and needs no declaration");
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
     * Sets what the confidence of the model's BUY and SELL is worth; by default it is given as the model states it. Caches keep
     * what the model stated; listeners see what callers get, so a journal of this engine is not one to fit a table on.
     *
     * @param table fitted on answers of this model and prompt
     * @return this builder
     */
    public InferenceEngineBuilder confidenceCalibration(ConfidenceTable table) {
        confidences = once(confidences, table, "confidenceCalibration");
        return this;
    }

    /**
     * Sets what the confidence of the rules' BUY and SELL is worth; by default it is the margin of their votes, which is not a
     * probability.
     *
     * @param table fitted on answers of these rules
     * @return this builder
     */
    public InferenceEngineBuilder rulesConfidenceCalibration(ConfidenceTable table) {
        rulesConfidences = once(rulesConfidences, table, "rulesConfidenceCalibration");
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

    // ---- cache and lease

    /**
     * Sets the cache; the default is {@code SignalCache.inMemory(100_000)}, and none for an engine without a model.
     *
     * @param memory the cache
     * @return this builder
     */
    public InferenceEngineBuilder cache(SignalCache memory) {
        cache = once(cache, memory, "cache");
        return this;
    }

    /**
     * Sets who shares an answer; the default is {@link CacheScope#SHARED}. With PER_SYMBOL the key is made
     * with a secret of this engine's own; a fleet with a shared cache sets one with {@link #cachePerSymbol}.
     *
     * @param scope the scope
     * @return this builder
     */
    public InferenceEngineBuilder cacheScope(CacheScope scope) {
        cacheScope = once(cacheScope, scope, "cacheScope");
        return this;
    }

    /**
     * Keeps answers apart by symbol, with a secret that engines of a fleet have in common.
     *
     * @param secret at least 16 bytes; copied
     * @return this builder
     */
    public InferenceEngineBuilder cachePerSymbol(byte[] secret) {
        Objects.requireNonNull(secret, "secret");
        require(secret.length >= 16, "secret must have at least 16 bytes, but has " + secret.length);
        cacheScope = once(cacheScope, CacheScope.PER_SYMBOL, "cacheScope");
        sharedSymbolKey = new KeyedDigest(secret);
        return this;
    }

    /**
     * Sets how long an answer is remembered at most; the default is 15 minutes. It never outlives the bar after the one
     * it was given for.
     *
     * @param ttl positive, at most a day
     * @return this builder
     */
    public InferenceEngineBuilder cacheTtl(Duration ttl) {
        cacheTtl = once(cacheTtl, positive(ttl, DAY, "a day", "cacheTtl"), "cacheTtl");
        return this;
    }

    /**
     * Sets the age from which a remembered answer is still given but asked for anew in the background; by default none
     * is.
     *
     * @param age positive, at most a day
     * @return this builder
     */
    public InferenceEngineBuilder refreshAfter(Duration age) {
        refreshAfter = once(refreshAfter, positive(age, DAY, "a day", "refreshAfter"), "refreshAfter");
        return this;
    }

    /**
     * Looks into the cache before the rules are evaluated, and remembers their answers too: for a rule model that costs
     * more than a look-up. They are kept in this process only, without their words and with numbers as coarse as the figures
     * that leave; a cache that has no tier in this process keeps none. Off by default.
     *
     * @return this builder
     */
    public InferenceEngineBuilder cacheLocalAnswers() {
        cacheLocalAnswers = true;
        return this;
    }

    /**
     * Lets one process of a fleet make a call for all; by default each process makes its own.
     *
     * @param fleet the lease
     * @return this builder
     */
    public InferenceEngineBuilder callLease(CallLease fleet) {
        lease = once(lease, fleet, "callLease");
        return this;
    }

    // ---- limits of time, attempts and calls

    /**
     * Sets how long an inference may take, retries and parsing included; the default is 3 seconds.
     *
     * @param whole positive, at most an hour
     * @return this builder
     */
    public InferenceEngineBuilder timeout(Duration whole) {
        timeout = once(timeout, positive(whole, "timeout"), "timeout");
        return this;
    }

    /**
     * Sets how long a call to a model may take in all, also after its callers were answered, for the cache and for
     * {@code revision()}; the default is 10 seconds, or the timeout if that is longer.
     *
     * @param whole positive, at most an hour, not shorter than the timeout
     * @return this builder
     */
    public InferenceEngineBuilder remoteTimeout(Duration whole) {
        remoteTimeout = once(remoteTimeout, positive(whole, "remoteTimeout"), "remoteTimeout");
        return this;
    }

    /**
     * Sets how many attempts a model gets for a call; the default is 3.
     *
     * @param attempts 1 to 10, the first one included
     * @return this builder
     */
    public InferenceEngineBuilder maxAttempts(int attempts) {
        require(attempts >= 1 && attempts <= 10, "maxAttempts must be 1 to 10, but is " + attempts);
        maxAttempts = once(maxAttempts, attempts, "maxAttempts");
        return this;
    }

    /**
     * Sets how many calls may be with the models at once; those beyond it wait for their turn, see {@link #maxWaiting}. The
     * default is 256.
     *
     * @param calls positive
     * @return this builder
     */
    public InferenceEngineBuilder maxCallsInFlight(int calls) {
        require(calls > 0, "maxCallsInFlight must be positive, but is " + calls);
        maxCallsInFlight = once(maxCallsInFlight, calls, "maxCallsInFlight");
        return this;
    }

    /**
     * Sets how many calls may wait while as many are with the models as {@link #maxCallsInFlight} allows. The one with the
     * earliest deadline comes first. A call whose deadline would pass before its turn, even at twice the rate of the last calls, is
     * answered by the rules at once, as TIMEOUT; one that finds the queue full, as SATURATED. The wait counts towards
     * {@link #remoteTimeout}, at which a call ends in any case. The default is 10,000.
     *
     * @param calls 0 or more; with 0 none waits
     * @return this builder
     */
    public InferenceEngineBuilder maxWaiting(int calls) {
        require(calls >= 0, "maxWaiting must be 0 or more, but is " + calls);
        maxWaiting = once(maxWaiting, calls, "maxWaiting");
        return this;
    }

    /**
     * Sets after how many failed calls in a row a model's breaker opens; the default is 5. It also opens when half of the
     * last 20 calls failed, and at once when the key or the balance is refused.
     *
     * @param failures positive
     * @return this builder
     */
    public InferenceEngineBuilder maxConsecutiveFailures(int failures) {
        require(failures > 0, "maxConsecutiveFailures must be positive, but is " + failures);
        maxConsecutiveFailures = once(maxConsecutiveFailures, failures, "maxConsecutiveFailures");
        return this;
    }

    /**
     * Sets how long an open breaker bars a model before it lets a few calls through as probes; the default is 30
     * seconds.
     *
     * @param wait positive, at most an hour
     * @return this builder
     */
    public InferenceEngineBuilder breakerOpenFor(Duration wait) {
        breakerOpenFor = once(breakerOpenFor, positive(wait, "breakerOpenFor"), "breakerOpenFor");
        return this;
    }

    /**
     * Sets for how long at most a model is left alone when its service limits the rate (status 429) and asks to wait
     * (Retry-After); the default is five minutes. Until then complex scenarios are answered as RATE_LIMITED without a
     * request, or by the next model; then one request goes out as a probe.
     *
     * @param pause positive, at most an hour
     * @return this builder
     */
    public InferenceEngineBuilder maxRateLimitPause(Duration pause) {
        maxRateLimitPause = once(maxRateLimitPause, positive(pause, "maxRateLimitPause"), "maxRateLimitPause");
        return this;
    }

    // ---- threads, clocks and randomness

    /**
     * Sets the executor that runs what follows a wait: verification, later attempts, and the answers of
     * {@code inferAsync} with their continuations. The default is as many daemon threads as there are processors, at
     * least two, and more while callers' code holds them up. With an executor given, answers and deadlines of
     * {@code inferAsync} are as punctual as it is.
     *
     * @param workers the executor; not closed with the engine
     * @return this builder
     */
    public InferenceEngineBuilder executor(Executor workers) {
        executor = once(executor, workers, "executor");
        return this;
    }

    /**
     * Sets what keeps time for deadlines and pauses; the default is one daemon thread.
     *
     * @param timer the scheduler; not closed with the engine
     * @return this builder
     */
    public InferenceEngineBuilder scheduler(ScheduledExecutorService timer) {
        scheduler = once(scheduler, timer, "scheduler");
        return this;
    }

    /**
     * Sets the wall clock, for validity of answers and days of the budget; the default is the system's. It may be that
     * of replayed bars.
     *
     * @param wall the clock
     * @return this builder
     */
    public InferenceEngineBuilder clock(Clock wall) {
        clock = once(clock, wall, "clock");
        return this;
    }

    /**
     * Sets the monotonic clock, for deadlines, pauses and the breaker; the default is {@link System#nanoTime()}.
     *
     * @param monotonic nanoseconds, thread-safe
     * @return this builder
     */
    public InferenceEngineBuilder nanoClock(LongSupplier monotonic) {
        nanoClock = once(nanoClock, monotonic, "nanoClock");
        return this;
    }

    /**
     * Sets the source of jitter and of decision ids.
     *
     * @param generator thread-safe
     * @return this builder
     */
    public InferenceEngineBuilder random(RandomGenerator generator) {
        random = once(random, generator, "random");
        return this;
    }

    // ---- building

    /**
     * Builds the engine. Its threads start when they are needed.
     *
     * @return a new engine
     * @throws IllegalStateException if the parts do not go together
     */
    public InferenceEngine build() {
        return new DefaultInferenceEngine(config(), executor, scheduler);
    }

    EngineConfig config() {
        Duration whole = or(timeout, Duration.ofSeconds(3));
        Duration remoteWhole = or(remoteTimeout, max(whole, Duration.ofSeconds(10)));
        if (remoteWhole.compareTo(whole) < 0) {
            throw new IllegalStateException("remoteTimeout must not be shorter than timeout, but is " + remoteWhole
                    + " where timeout is " + whole);
        }
        LocalRuleModel stating = or(rules, LocalRuleModel.standard());
        ConfidenceTable ofRules = rulesConfidences;
        return new EngineConfig(
                ofRules == null
                        ? stating
                        : snapshot -> stating.evaluate(snapshot).calibrated(ofRules),
                or(classifier, ScenarioClassifier.thresholds()),
                or(anonymizer, Anonymizer.standard(customFeatures.toArray(new Feature[0]))),
                Set.copyOf(customFeatures),
                List.copyOf(models),
                or(remoteEnabled, true),
                or(verifier, ReplyVerifier.standard()),
                confidences,
                cache == null ? usualCache() : cache,
                symbolKey(),
                cacheLocalAnswers,
                or(cacheTtl, Duration.ofMinutes(15)),
                or(refreshAfter, NEVER),
                or(lease, CallLease.alone()),
                or(budget, Budget.unlimited()),
                whole,
                remoteWhole,
                or(maxAttempts, 3),
                or(maxCallsInFlight, 256),
                or(maxWaiting, 10_000),
                or(maxConsecutiveFailures, 5),
                or(breakerOpenFor, Duration.ofSeconds(30)),
                or(maxRateLimitPause, Duration.ofMinutes(5)),
                List.copyOf(listeners),
                or(clock, Clock.systemUTC()),
                or(nanoClock, System::nanoTime),
                or(random, RANDOM),
                ownsParts);
    }

    /** Without a model there are only answers of the rules, which are not remembered. */
    private SignalCache usualCache() {
        return models.isEmpty() && !cacheLocalAnswers ? SignalCache.none() : SignalCache.inMemory(DEFAULT_ENTRIES);
    }

    private static <T> T or(@Nullable T given, T standard) {
        return given == null ? standard : given;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private @Nullable KeyedDigest symbolKey() {
        if (cacheScope != CacheScope.PER_SYMBOL || sharedSymbolKey != null) {
            return sharedSymbolKey;
        }
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return new KeyedDigest(secret);
    }

    private static Duration positive(Duration duration, String name) {
        return positive(duration, HOUR, "an hour", name);
    }

    private static Duration positive(Duration duration, Duration longest, String longestInWords, String name) {
        Objects.requireNonNull(duration, name);
        require(
                !duration.isNegative() && !duration.isZero() && duration.compareTo(longest) <= 0,
                name + " must be positive and at most " + longestInWords + ", but is " + duration);
        return duration;
    }

    private static <T> T once(@Nullable T before, T now, String name) {
        if (before != null) {
            throw new IllegalStateException(name + " was already set");
        }
        return Objects.requireNonNull(now, name);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}

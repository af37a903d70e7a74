package io.github.hybridinference;

import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RuleVerdict;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.TradingSignal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The path of a request, up to the flight that asks a model. All of it runs on the caller's thread, and what needs no
 * waiting is complete on return.
 */
final class Pipeline {
    private static final String RULES = "rules";
    private static final Scenario REMEMBERED_PLAIN = Scenario.simple(Scenario.Reason.REMEMBERED);
    private static final Scenario REMEMBERED_HARD = Scenario.complex(Scenario.Reason.REMEMBERED);

    private final Parts parts;
    private final Settings settings;
    private final Remotes remotes;
    private final Flights flights;
    private final KeySeeds seeds;

    Pipeline(Parts parts, Remotes remotes) {
        this.parts = parts;
        this.settings = parts.settings();
        this.remotes = remotes;
        this.flights = new Flights(parts, remotes);
        this.seeds = new KeySeeds(settings);
    }

    <T> T infer(MarketSnapshot snapshot, @Nullable Deadline deadline, Caller<T> caller) {
        long start = settings.nanoClock().getAsLong();
        AnonymizedSnapshot told = settings.cacheLocalAnswers() ? anonymized(snapshot) : null;
        Inference known = told == null ? null : lookFirst(snapshot, told, start);
        if (known != null) {
            return caller.gets(known);
        }
        RuleVerdict rules;
        Scenario scenario;
        try {
            rules = Objects.requireNonNull(settings.rules().evaluate(snapshot), "verdict");
            scenario = Objects.requireNonNull(settings.classifier().classify(snapshot, rules), "scenario");
        } catch (Exception | StackOverflowError | AssertionError | LinkageError thrown) {
            return caller.gets(broken(snapshot, start, thrown));
        }
        if (!scenario.isComplex()) {
            return caller.gets(local(snapshot, told, rules, scenario, start));
        }
        parts.meter().hardQuestion();
        Request request = new Request(snapshot, rules, scenario, start);
        if (remotes.isEmpty()) {
            return caller.gets(parts.answers().fallback(request, Degradation.NO_REMOTE));
        }
        if (!settings.cacheLocalAnswers()) {
            told = anonymized(snapshot);
        }
        return told == null
                ? caller.gets(parts.answers().fallback(request, Degradation.PRIVACY))
                : hard(request, told, deadline, caller);
    }

    private <T> T hard(Request request, AnonymizedSnapshot told, @Nullable Deadline deadline, Caller<T> caller) {
        CacheKey key = told.key(seeds.seedFor(request.snapshot()));
        long nowMs = settings.clock().millis();
        CachedSignal found = parts.memory().peek(key, nowMs);
        if (found != null) {
            return caller.gets(remembered(request, key, told, found, nowMs));
        }
        return deadline != null && deadline.isExpired()
                ? caller.gets(parts.answers().fallback(request, Degradation.TIMEOUT))
                : flights.join(key, told, request, deadline, caller);
    }

    /** An entry past its soft age is given all the same, and asked for anew in the background. */
    private Inference remembered(
            Request request, CacheKey key, AnonymizedSnapshot told, CachedSignal found, long nowMs) {
        if (parts.memory().isDueForRefresh(found, nowMs) && !isOfRules(found)) {
            flights.renew(key, told, request.snapshot().nextBarEndMs());
        }
        return parts.answers().remembered(request, found);
    }

    void close() {
        flights.close();
    }

    private Inference local(
            MarketSnapshot snapshot,
            @Nullable AnonymizedSnapshot told,
            RuleVerdict rules,
            Scenario scenario,
            long start) {
        Inference answer = parts.answers().local(snapshot, rules, scenario, start);
        if (told != null && answer.degradation().isEmpty()) {
            long nowMs = settings.clock().millis();
            long validUntilMs = parts.memory().validUntilMs(nowMs, snapshot.nextBarEndMs());
            parts.memory()
                    .remember(
                            told.key(seeds.seedFor(snapshot)),
                            new CachedSignal(answer.signal(), RULES, RULES, nowMs, validUntilMs));
        }
        return answer;
    }

    /** The original order, for rule models that cost more than a look-up. */
    private @Nullable Inference lookFirst(MarketSnapshot snapshot, AnonymizedSnapshot told, long start) {
        CacheKey key = told.key(seeds.seedFor(snapshot));
        long nowMs = settings.clock().millis();
        CachedSignal found = parts.memory().peek(key, nowMs);
        if (found == null) {
            return null;
        }
        parts.meter().hardQuestion();
        TradingSignal signal = found.signal();
        RuleVerdict rules = RuleVerdict.of(signal.action(), signal.confidence(), signal.risk(), signal.reasoning());
        Scenario scenario = isOfRules(found) ? REMEMBERED_PLAIN : REMEMBERED_HARD;
        return remembered(new Request(snapshot, rules, scenario, start), key, told, found, nowMs);
    }

    private static boolean isOfRules(CachedSignal signal) {
        return signal.model().equals(RULES);
    }

    /** What may be told, or null if the anonymizer failed: then nothing is. */
    private @Nullable AnonymizedSnapshot anonymized(MarketSnapshot snapshot) {
        try {
            AnonymizedSnapshot told = settings.anonymizer().anonymize(snapshot);
            requireDeclared(told);
            return told;
        } catch (Exception | StackOverflowError | AssertionError | LinkageError thrown) {
            parts.fault(RateLimitedLog.Kind.ANONYMIZER_FAILED, thrown);
            return null;
        }
    }

    /** Custom features leave only if the owner of the engine declared them, whatever the anonymizer thinks. */
    private void requireDeclared(AnonymizedSnapshot told) {
        for (int i = told.size() - 1; i >= 0; i--) {
            Feature feature = told.feature(i);
            if (!feature.isCustom()) {
                return; // custom features stand last
            }
            if (!settings.customFeatures().contains(feature)) {
                throw new IllegalStateException("the anonymizer let an undeclared custom feature through");
            }
        }
    }

    private Inference broken(MarketSnapshot snapshot, long start, Throwable thrown) {
        parts.fault(RateLimitedLog.Kind.RULES_FAILED, thrown);
        return parts.answers().broken(snapshot, start);
    }
}

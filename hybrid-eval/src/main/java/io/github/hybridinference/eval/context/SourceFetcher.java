package io.github.hybridinference.eval.context;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.FatalErrors;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Resolution;
import io.github.hybridinference.model.Timeframe;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Fetches from one source, with its cache, at most one fetch in flight per key, its time limits, circuit breaker and
 * counters.
 */
final class SourceFetcher {
    private static final int MAX_KEYS = 10_000;
    private static final Duration BREAKER_OPEN_FOR = Duration.ofSeconds(30);

    private final ContextSource source;
    private final ContextLimits limits;
    private final EnricherRuntime runtime;
    private final SourceCounters counts = new SourceCounters();
    private final Cache<Object, Map<Feature, Double>> known;
    private final ConcurrentMap<Object, InFlightFetch> inFlight = new ConcurrentHashMap<>();
    private final CircuitBreaker breaker;
    private volatile boolean closed;

    SourceFetcher(ContextSource source, ContextLimits limits, EnricherRuntime runtime) {
        this.source = source;
        this.limits = limits;
        this.runtime = runtime;
        this.known = Caffeine.newBuilder()
                .maximumSize(MAX_KEYS)
                .expireAfterWrite(limits.ttl())
                .ticker(runtime.nanoClock()::getAsLong)
                .executor(Runnable::run)
                .build();
        this.breaker = CircuitBreaker.of(
                source.name(),
                CircuitBreakerConfig.custom()
                        .slidingWindow(10, 5, SlidingWindowType.COUNT_BASED)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitDurationInOpenState(BREAKER_OPEN_FOR)
                        .clock(runtime.clock())
                        .build());
    }

    /** The figures for a snapshot, at the latest after the maximum wait; never completes exceptionally. */
    CompletableFuture<Map<Feature, Double>> figures(MarketSnapshot snapshot, Deadline deadline) {
        if (!source.knowsThePast() && runtime.clock().millis() > snapshot.nextBarEndMs()) {
            return without(Absence.PAST_BAR);
        }
        ContextQuery query = ContextQuery.of(snapshot);
        Object key;
        try {
            key = source.cacheKey(query);
        } catch (RuntimeException broken) {
            return without(Absence.FAILED);
        }
        Map<Feature, Double> found = known.getIfPresent(key);
        if (found != null) {
            counts.hits.increment();
            return CompletableFuture.completedFuture(found);
        }
        CompletableFuture<FetchResult> fetch = join(key, query);
        return fetch == null ? without(closed ? Absence.CLOSED : Absence.BREAKER_OPEN) : await(fetch, deadline);
    }

    private CompletableFuture<Map<Feature, Double>> without(Absence cause) {
        counts.absent(cause);
        return CompletableFuture.completedFuture(Map.of());
    }

    private CompletableFuture<Map<Feature, Double>> await(CompletableFuture<FetchResult> fetch, Deadline deadline) {
        CompletableFuture<FetchResult> wait = new CompletableFuture<>();
        if (fetch.isDone()) {
            wait.complete(fetch.join());
        } else {
            counts.waits.increment();
            // a thread of the transport may complete the fetch, and what follows is the caller's code
            var unused = fetch.thenAccept(fetched -> runtime.onWorker(() -> wait.complete(fetched)));
            long patience = Math.min(limits.waitAtMost().toNanos(), deadline.remainingNanos());
            if (patience <= 0) {
                wait.complete(FetchResult.nothing(Absence.LATE));
            } else {
                runtime.after(patience, () -> wait.complete(FetchResult.nothing(Absence.LATE)));
            }
        }
        return wait.thenApply(this::counted);
    }

    private Map<Feature, Double> counted(FetchResult fetched) {
        if (fetched.cause() != null) {
            counts.absent(fetched.cause());
        }
        return fetched.figures();
    }

    /** The fetch for a key, started if there is none; null if the breaker is open or the enricher closed. */
    private @Nullable CompletableFuture<FetchResult> join(Object key, ContextQuery query) {
        InFlightFetch mine = new InFlightFetch(key, Deadline.after(limits.fetchTimeout(), runtime.nanoClock()));
        InFlightFetch other = inFlight.putIfAbsent(key, mine);
        if (other != null) {
            return other.future;
        }
        if (closed || !breaker.tryAcquirePermission()) {
            mine.complete(FetchResult.nothing(closed ? Absence.CLOSED : Absence.BREAKER_OPEN));
            return null;
        }
        counts.fetches.increment();
        fetch(query, mine);
        return mine.future;
    }

    private void fetch(ContextQuery query, InFlightFetch fetch) {
        CompletableFuture<Map<Feature, Double>> exchange = begin(query, fetch.deadline);
        var unused = exchange.whenComplete((figures, thrown) -> fetch.finish(figures));
        if (!exchange.isDone()) {
            runtime.after(limits.fetchTimeout().toNanos(), () -> {
                fetch.finish(null);
                exchange.cancel(true);
            });
        }
    }

    private CompletableFuture<Map<Feature, Double>> begin(ContextQuery query, Deadline deadline) {
        try {
            return source.fetch(query, deadline).toCompletableFuture();
        } catch (Throwable broken) {
            FatalErrors.rethrowIfFatal(broken);
            return CompletableFuture.failedFuture(broken);
        }
    }

    /** One fetch, for all snapshots that wait for it. */
    private final class InFlightFetch {
        private final Object key;
        private final Deadline deadline;
        private final CompletableFuture<FetchResult> future = new CompletableFuture<>();
        private final AtomicBoolean finished = new AtomicBoolean();

        InFlightFetch(Object key, Deadline deadline) {
            this.key = key;
            this.deadline = deadline;
        }

        /** Ends with the figures, or null if it failed; a second call is ignored. */
        void finish(@Nullable Map<Feature, Double> figures) {
            if (!finished.compareAndSet(false, true)) {
                return;
            }
            Map<Feature, Double> usable = figures == null ? null : usable(figures);
            if (usable == null) {
                breaker.onError(0, TimeUnit.NANOSECONDS, new TimeoutException());
                complete(FetchResult.nothing(deadline.isExpired() ? Absence.TIMED_OUT : Absence.FAILED));
            } else {
                breaker.onSuccess(0, TimeUnit.NANOSECONDS);
                known.put(key, usable); // before the fetch is removed, or another caller would start a second one
                complete(new FetchResult(usable, null));
            }
        }

        void complete(FetchResult fetched) {
            finished.set(true);
            inFlight.remove(key, this);
            future.complete(fetched);
        }
    }

    /**
     * The declared figures that are in range, rounded as they will be recorded, so that a replay sees the same ones;
     * null if the map of the source throws.
     */
    private @Nullable Map<Feature, Double> usable(Map<Feature, Double> figures) {
        Map<Feature, Double> usable = new HashMap<>();
        try {
            for (Feature feature : source.features()) {
                Double value = figures.get(feature);
                if (value == null || value.isNaN()) {
                    counts.absent(Absence.NOT_GIVEN);
                } else if (!feature.family().accepts(value)) {
                    counts.absent(Absence.OUT_OF_RANGE);
                } else {
                    usable.put(feature, rounded(feature, value));
                }
            }
        } catch (RuntimeException broken) {
            return null;
        }
        return Map.copyOf(usable);
    }

    private static double rounded(Feature feature, double value) {
        return AnonymizedSnapshot.builder(Timeframe.H1, Resolution.COARSE)
                .put(feature, value)
                .build()
                .get(feature);
    }

    ContextStats stats() {
        return counts.stats(source.name(), breaker.getState() == CircuitBreaker.State.OPEN);
    }

    void close() {
        closed = true;
        inFlight.values().forEach(fetch -> fetch.complete(FetchResult.nothing(Absence.CLOSED)));
    }
}

package io.github.hybridinference.eval.context;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Deadline;
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

/** The way to one source: its cache, one fetch at a time for a key, its time limits, its breaker, its counters. */
final class SourceLine {
    private static final int MOST_KEYS = 10_000;
    private static final Duration SPARED_FOR = Duration.ofSeconds(30);

    private final ContextSource source;
    private final ContextLimits limits;
    private final Surroundings surroundings;
    private final Counts counts = new Counts();
    private final Cache<Object, Map<Feature, Double>> known;
    private final ConcurrentMap<Object, Flight> flights = new ConcurrentHashMap<>();
    private final CircuitBreaker breaker;
    private volatile boolean closed;

    SourceLine(ContextSource source, ContextLimits limits, Surroundings surroundings) {
        this.source = source;
        this.limits = limits;
        this.surroundings = surroundings;
        this.known = Caffeine.newBuilder()
                .maximumSize(MOST_KEYS)
                .expireAfterWrite(limits.ttl())
                .ticker(surroundings.nanoClock()::getAsLong)
                .executor(Runnable::run)
                .build();
        this.breaker = CircuitBreaker.of(
                source.name(),
                CircuitBreakerConfig.custom()
                        .slidingWindow(10, 5, SlidingWindowType.COUNT_BASED)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitDurationInOpenState(SPARED_FOR)
                        .clock(surroundings.clock())
                        .build());
    }

    /** The figures for a snapshot, at the latest after the wait; never exceptionally. */
    CompletableFuture<Map<Feature, Double>> figures(MarketSnapshot snapshot, Deadline deadline) {
        if (!source.knowsThePast() && surroundings.clock().millis() > snapshot.nextBarEndMs()) {
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
        CompletableFuture<Fetched> flight = join(key, query);
        return flight == null ? without(closed ? Absence.CLOSED : Absence.BREAKER_OPEN) : await(flight, deadline);
    }

    private CompletableFuture<Map<Feature, Double>> without(Absence cause) {
        counts.absent(cause);
        return CompletableFuture.completedFuture(Map.of());
    }

    private CompletableFuture<Map<Feature, Double>> await(CompletableFuture<Fetched> flight, Deadline deadline) {
        CompletableFuture<Fetched> wait = new CompletableFuture<>();
        if (flight.isDone()) {
            wait.complete(flight.join());
        } else {
            counts.waits.increment();
            // whoever completes the flight may be a thread of a transport, and what follows is the caller's code
            var unused = flight.thenAccept(fetched -> surroundings.onWorker(() -> wait.complete(fetched)));
            long patience = Math.min(limits.waitAtMost().toNanos(), deadline.remainingNanos());
            if (patience <= 0) {
                wait.complete(Fetched.nothing(Absence.LATE));
            } else {
                surroundings.after(patience, () -> wait.complete(Fetched.nothing(Absence.LATE)));
            }
        }
        return wait.thenApply(this::counted);
    }

    private Map<Feature, Double> counted(Fetched fetched) {
        if (fetched.cause() != null) {
            counts.absent(fetched.cause());
        }
        return fetched.figures();
    }

    /** The flight for a key, begun if there is none; null if the source is spared or the enricher closed. */
    private @Nullable CompletableFuture<Fetched> join(Object key, ContextQuery query) {
        Flight mine = new Flight(key, Deadline.after(limits.fetchTimeout(), surroundings.nanoClock()));
        Flight other = flights.putIfAbsent(key, mine);
        if (other != null) {
            return other.future;
        }
        if (closed || !breaker.tryAcquirePermission()) {
            mine.land(Fetched.nothing(closed ? Absence.CLOSED : Absence.BREAKER_OPEN));
            return null;
        }
        counts.fetches.increment();
        fetch(query, mine);
        return mine.future;
    }

    private void fetch(ContextQuery query, Flight flight) {
        CompletableFuture<Map<Feature, Double>> exchange = begin(query, flight.deadline);
        var unused = exchange.whenComplete((figures, thrown) -> flight.finish(figures));
        if (!exchange.isDone()) {
            surroundings.after(limits.fetchTimeout().toNanos(), () -> {
                flight.finish(null);
                exchange.cancel(true);
            });
        }
    }

    private CompletableFuture<Map<Feature, Double>> begin(ContextQuery query, Deadline deadline) {
        try {
            return source.fetch(query, deadline).toCompletableFuture();
        } catch (Exception | StackOverflowError | AssertionError | LinkageError broken) {
            return CompletableFuture.failedFuture(broken);
        }
    }

    /** One fetch, for all snapshots that wait for it. */
    private final class Flight {
        private final Object key;
        private final Deadline deadline;
        private final CompletableFuture<Fetched> future = new CompletableFuture<>();
        private final AtomicBoolean finished = new AtomicBoolean();

        Flight(Object key, Deadline deadline) {
            this.key = key;
            this.deadline = deadline;
        }

        /** With the figures, or null if it failed; what comes second is ignored. */
        void finish(@Nullable Map<Feature, Double> figures) {
            if (!finished.compareAndSet(false, true)) {
                return;
            }
            Map<Feature, Double> usable = figures == null ? null : usable(figures);
            if (usable == null) {
                breaker.onError(0, TimeUnit.NANOSECONDS, new TimeoutException());
                land(Fetched.nothing(deadline.isExpired() ? Absence.TIMED_OUT : Absence.FAILED));
            } else {
                breaker.onSuccess(0, TimeUnit.NANOSECONDS);
                known.put(key, usable); // before the flight is gone, or somebody would begin another
                land(new Fetched(usable, null));
            }
        }

        void land(Fetched fetched) {
            finished.set(true);
            flights.remove(key, this);
            future.complete(fetched);
        }
    }

    /**
     * Those declared and in range, rounded as they will be recorded, so that a replay judges the same figures; null if the
     * source's own map is broken.
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
        flights.values().forEach(flight -> flight.land(Fetched.nothing(Absence.CLOSED)));
    }
}

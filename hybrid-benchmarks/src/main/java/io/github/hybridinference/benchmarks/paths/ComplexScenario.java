package io.github.hybridinference.benchmarks.paths;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.cache.CacheScope;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.remote.RemoteException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A complex scenario that needs no network: the answer is cached, the breaker is open, or the model is in the process.
 */
@State(Scope.Benchmark)
public class ComplexScenario {
    private final MarketSnapshot snapshot = Samples.complex();
    private final InferenceEngine remembering = engine(ModelInProcess.answering(), SignalCache.inMemory(1_000));
    private final InferenceEngine perSymbol = InferenceEngine.builder()
            .remote(ModelInProcess.answering())
            .cache(SignalCache.inMemory(1_000))
            .cacheScope(CacheScope.PER_SYMBOL)
            .build();
    private final InferenceEngine asking = engine(ModelInProcess.answering(), SignalCache.none());
    private final InferenceEngine barred =
            engine(ModelInProcess.failing(RemoteException.Reason.UNAUTHORIZED), SignalCache.none());
    private final Anonymizer anonymizer = Anonymizer.standard();
    private final CacheKey seed = CacheKey.of("seed");
    private final Cache<CacheKey, Object> caffeine =
            Caffeine.newBuilder().maximumSize(1_000).executor(Runnable::run).build();
    private final CircuitBreaker breaker = CircuitBreaker.ofDefaults("closed");
    private final ExecutorService worker = Executors.newSingleThreadExecutor();

    public ComplexScenario() {
        expect(Source.REMOTE, remembering.infer(snapshot)); // the first one fills the cache
        expect(Source.CACHE, remembering.infer(snapshot));
        expect(Source.REMOTE, perSymbol.infer(snapshot));
        expect(Source.CACHE, perSymbol.infer(snapshot));
        expect(Source.REMOTE, asking.infer(snapshot));
        expect(Source.FALLBACK, barred.infer(snapshot)); // a refused key opens the breaker at once
        caffeine.put(anonymizer.anonymize(snapshot).key(seed), "an answer");
    }

    @Benchmark
    public Inference cacheHit() {
        return remembering.infer(snapshot);
    }

    @Benchmark
    public Inference cacheHitPerSymbol() {
        return perSymbol.infer(snapshot);
    }

    @Benchmark
    public @Nullable Object lookUpByHand() {
        return caffeine.getIfPresent(anonymizer.anonymize(snapshot).key(seed));
    }

    @Benchmark
    public Inference breakerOpen() {
        return barred.infer(snapshot);
    }

    @Benchmark
    public Inference breakerClosed() {
        return asking.infer(snapshot);
    }

    /** A question to a worker and its answer back, past a breaker. */
    @Benchmark
    public Object threadHop() {
        if (!breaker.tryAcquirePermission()) {
            throw new IllegalStateException("the breaker is closed");
        }
        Object answer = CompletableFuture.supplyAsync(() -> snapshot, worker).join();
        breaker.onSuccess(0, TimeUnit.NANOSECONDS);
        return answer;
    }

    @TearDown
    public void close() {
        remembering.close();
        perSymbol.close();
        asking.close();
        barred.close();
        worker.shutdown();
    }

    private static InferenceEngine engine(ModelInProcess model, SignalCache cache) {
        return InferenceEngine.builder()
                .remote(model)
                .cache(cache)
                .breakerOpenFor(Duration.ofHours(1))
                .build();
    }

    private static void expect(Source source, Inference answer) {
        if (answer.source() != source) {
            throw new IllegalStateException("expected " + source + ", not " + answer);
        }
    }
}

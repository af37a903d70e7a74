package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RuleVerdict;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.TradingSignal;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.ManualTime;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Holds the bytes that an answer costs. They are the same in the interpreter and in compiled code, so that neither load nor
 * luck decides; the limits leave less room than the smallest object takes.
 */
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 1_000;

    private final ManualTime time = new ManualTime();
    private final FakeModel model = new FakeModel();
    private final InferenceEngine engine = InferenceEngine.builder()
            .remote(model)
            .replyVerifier(Replies::verify)
            .clock(time.wall())
            .nanoClock(time::nanos)
            .scheduler(time.scheduler())
            .executor(Runnable::run)
            .build();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void aLocalAnswerIsTheVerdictAndTheInference() {
        MarketSnapshot snapshot = Snapshots.simple();

        assertThat(engine.infer(snapshot).source()).isEqualTo(Source.LOCAL);
        assertThat(bytesPerCall(() -> engine.infer(snapshot))).isLessThanOrEqualTo(128);
    }

    @Test
    void anAsynchronousLocalAnswerCostsItsFutureBesides() {
        MarketSnapshot snapshot = Snapshots.simple();

        assertThat(bytesPerCall(() -> engine.inferAsync(snapshot).join())).isLessThanOrEqualTo(152);
    }

    @Test
    void aHitCostsNoMoreThanItsKeyAndTheInference() {
        MarketSnapshot snapshot = Snapshots.complex(1);
        ask(snapshot);

        double key =
                bytesPerCall(() -> Anonymizer.standard().anonymize(snapshot).key(CacheKey.of("seed")))
                        - bytesPerCall(() -> CacheKey.of("seed"));
        assertThat(engine.infer(snapshot).source()).isEqualTo(Source.CACHE);
        assertThat(bytesPerCall(() -> engine.infer(snapshot))).isLessThanOrEqualTo(key + 216);
    }

    @Test
    void anEntryIsFoundWithoutAllocatingAnything() {
        CacheKey key = CacheKey.of("request");
        SignalCache near = SignalCache.inMemory(10);
        SignalCache tiered = SignalCache.tiered(near, SignalCache.none());
        CachedSignal signal = signal();
        long nowMs = signal.answeredAtMs();
        tiered.put(key, signal, nowMs);

        assertThat(tiered.peek(key, nowMs)).isNotNull();
        assertThat(bytesPerCall(() -> near.peek(key, nowMs))).isLessThan(1);
        assertThat(bytesPerCall(() -> tiered.peek(key, nowMs))).isLessThan(1);
    }

    /** A call to the model, which the cache remembers. */
    private void ask(MarketSnapshot snapshot) {
        var answer = engine.inferAsync(snapshot);
        model.exchange(0).reply(Replies.BUY);
        assertThat(answer.join().source()).isEqualTo(Source.REMOTE);
    }

    private static CachedSignal signal() {
        TradingSignal advice = RuleVerdict.noData().signal();
        return new CachedSignal(advice, "model", "1", 0, Long.MAX_VALUE);
    }

    /** Once more often than that, so that what is loaded or compiled on the way is not counted. */
    private static double bytesPerCall(Supplier<@Nullable Object> call) {
        run(call);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        run(call);
        return (double) (THREADS.getCurrentThreadAllocatedBytes() - before) / ROUNDS;
    }

    private static void run(Supplier<@Nullable Object> call) {
        for (int i = 0; i < ROUNDS; i++) {
            Object unused = call.get();
        }
    }
}

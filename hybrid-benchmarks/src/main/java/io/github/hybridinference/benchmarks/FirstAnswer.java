package io.github.hybridinference.benchmarks;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.deepseek.DeepSeek;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Timeframe;
import java.time.Duration;

/** What a fresh JVM of {@link ColdStart} does; it loads nothing but what it measures, and prints its figures. */
final class FirstAnswer {
    /** Asks for an adapter with TLS to be built, without a call. */
    static final String TLS = "tls";

    private static final double NANOS_PER_MS = 1e6;
    private static final int TENTH = 10;

    private FirstAnswer() {}

    /**
     * Asks and prints.
     *
     * @param args the base URL of a model; none for local answers, or {@link #TLS} to build an encrypted adapter only
     */
    public static void main(String[] args) {
        if (args.length == 0) {
            local();
        } else if (args[0].equals(TLS)) {
            encrypted();
        } else {
            remote(args[0]);
        }
    }

    private static void local() {
        double cpu = cpuMs();
        long start = System.nanoTime();
        try (InferenceEngine engine = InferenceEngine.builder().build()) {
            expect(Source.LOCAL, engine.infer(snapshot()));
            double ms = msSince(start);
            System.out.println(cpuMs() - cpu + " " + ms);
        }
    }

    private static void encrypted() {
        double cpu = cpuMs();
        DeepSeek.builder().apiKey("none-needed").build().close();
        System.out.println(cpuMs() - cpu);
    }

    private static void remote(String url) {
        double cpu = cpuMs();
        Scenario hard = Scenario.complex(Scenario.Reason.CUSTOM);
        try (InferenceEngine engine = InferenceEngine.builder()
                .remote(DeepSeek.builder().endpoint(url).apiKey("none-needed").build())
                .classifier((snapshot, verdict) -> hard)
                .cache(SignalCache.none())
                .timeout(Duration.ofSeconds(30))
                .ownParts()
                .build()) {
            double built = cpuMs();
            engine.warmUp();
            double warm = cpuMs();
            double first = 0;
            double last = 0;
            for (int i = 1; i <= TENTH; i++) {
                long start = System.nanoTime();
                expect(Source.REMOTE, engine.infer(snapshot()));
                last = msSince(start);
                first = i == 1 ? last : first;
            }
            System.out.println(built - cpu + " " + (warm - built) + " " + first + " " + last);
        }
    }

    private static MarketSnapshot snapshot() {
        return MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                .price(64_120.5)
                .rsi(17.4)
                .macd(-120.3, -98.1)
                .bollinger(63_900, 64_800, 65_700)
                .volumeRatio(1.9)
                .volatilityPct(2.1)
                .build();
    }

    private static void expect(Source source, Inference answer) {
        if (answer.source() != source) {
            throw new IllegalStateException("expected " + source + ", not " + answer);
        }
    }

    private static double msSince(long startNanos) {
        return (System.nanoTime() - startNanos) / NANOS_PER_MS;
    }

    /** Of all threads, the compiler's included. */
    private static double cpuMs() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toMillis)
                .orElseThrow();
    }
}

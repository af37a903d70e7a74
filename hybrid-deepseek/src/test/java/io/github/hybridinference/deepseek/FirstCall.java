package io.github.hybridinference.deepseek;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.model.Inference;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Builds an engine, warms it up if told to, asks its first and its second question, and prints what each step took:
 * milliseconds, and how many classes were loaded.
 */
final class FirstCall {
    private FirstCall() {}

    /**
     * Runs it.
     *
     * @param args the endpoint, and {@code warm} to warm the engine up
     */
    public static void main(String[] args) {
        long start = System.nanoTime();
        long classes = loaded();
        try (InferenceEngine engine = InferenceEngine.builder()
                .remote(FaultTableTest.model(args[0]))
                .timeout(Duration.ofMinutes(1))
                .ownParts()
                .build()) {
            report("built", start, classes);
            start = System.nanoTime();
            if (args[1].equals("warm")) {
                engine.warmUp();
            }
            report("warm", start, classes);
            for (int i = 1; i <= 2; i++) {
                classes = loaded();
                start = System.nanoTime();
                Inference answer = engine.infer(Texts.market(i));
                report("call" + i, start, classes);
                System.out.println(answer.source());
            }
        }
    }

    private static void report(String step, long startNanos, long classesBefore) {
        System.out.printf(
                "%s: %.1f ms, %d classes%n", step, (System.nanoTime() - startNanos) / 1e6, loaded() - classesBefore);
    }

    private static long loaded() {
        return ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
    }
}

package io.github.hybridinference.deepseek;

import io.github.hybridinference.InferenceEngine;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Builds an engine, warms it up, asks its first and its second question, and prints what each step took: milliseconds, and
 * how many classes were loaded.
 *
 * <p>The environment names the endpoint in {@code FIRST_CALL_OF}; with {@code FIRST_CALL_COLD} set, nothing is warmed up.
 */
final class FirstCall {
    private FirstCall() {}

    public static void main(String[] args) {
        InferenceEngine[] engine = new InferenceEngine[1];
        report(
                "built",
                () -> engine[0] = InferenceEngine.builder()
                        .remote(FaultTableTest.model(System.getenv("FIRST_CALL_OF")))
                        .timeout(Duration.ofMinutes(1))
                        .ownParts()
                        .build());
        if (System.getenv("FIRST_CALL_COLD") == null) {
            report("warmed up", engine[0]::warmUp);
        }
        report("call1", () -> ask(engine[0], 1));
        report("call2", () -> ask(engine[0], 2));
        engine[0].close();
    }

    private static void ask(InferenceEngine engine, int question) {
        System.out.println(engine.infer(Texts.market(question)).source());
    }

    private static void report(String step, Runnable work) {
        long classes = loadedClasses();
        long start = System.nanoTime();
        work.run();
        double millis = (System.nanoTime() - start) / 1e6;
        System.out.printf("%s: %.1f ms, %d classes%n", step, millis, loadedClasses() - classes);
    }

    private static long loadedClasses() {
        return ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
    }
}

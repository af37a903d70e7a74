package io.github.hybridinference.deepseek;

import java.time.Duration;

/** Builds a model for an encrypted endpoint and prints what that cost; loads nothing else. */
final class BuildOnce {
    private BuildOnce() {}

    public static void main(String[] args) {
        long before = cpuMs();
        DeepSeek model = DeepSeek.builder().apiKey("none-needed").build();
        long built = cpuMs() - before;
        model.close();
        System.out.println("boot: " + before + " ms, built: " + built + " ms");
    }

    /** Of all threads, the compiler's included. */
    private static long cpuMs() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toMillis)
                .orElseThrow();
    }
}

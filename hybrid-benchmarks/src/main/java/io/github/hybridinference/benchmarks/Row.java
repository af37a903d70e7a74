package io.github.hybridinference.benchmarks;

import org.jspecify.annotations.Nullable;

/**
 * One row of the table: a path beside its floor.
 *
 * @param path what is measured
 * @param key its name in the last line of the output, or null if it is not there
 * @param benchmark class and method
 * @param floor what it is compared with
 * @param floorBenchmark class and method
 * @param goal what is to be reached, or null if nothing was promised
 */
record Row(
        String path,
        @Nullable String key,
        String benchmark,
        String floor,
        String floorBenchmark,
        @Nullable Goal goal) {

    /**
     * What is to be reached.
     *
     * @param words the limit as the table says it
     * @param limit whether it holds
     */
    record Goal(String words, Limit limit) {}

    /** Decides whether a goal was reached. */
    @FunctionalInterface
    interface Limit {
        boolean holds(Measured path, Measured floor, Measurements all);
    }
}

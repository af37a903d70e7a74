package io.github.hybridinference;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what another thread is about to do. */
final class Awaiting {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();

    private Awaiting() {}

    static void until(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new AssertionError("the condition did not come true in " + PATIENCE_NANOS + " ns");
            }
            Thread.onSpinWait();
        }
    }
}

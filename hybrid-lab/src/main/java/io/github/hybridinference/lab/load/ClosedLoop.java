package io.github.hybridinference.lab.load;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Source;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;

/** A closed loop: a fixed number of inferences is in flight, and each answer starts the next inference. */
final class ClosedLoop {
    private final InferenceEngine engine;
    private final int inFlight;
    private final AtomicLong started = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final ConcurrentHistogram latencyNanos = new ConcurrentHistogram(TimeUnit.MINUTES.toNanos(1), 3);
    private final CountDownLatch finished;
    private volatile boolean measuring;
    private volatile boolean stopping;
    private volatile int peakThreads;

    ClosedLoop(InferenceEngine engine, int inFlight) {
        this.engine = engine;
        this.inFlight = inFlight;
        this.finished = new CountDownLatch(inFlight);
    }

    /**
     * Runs the loop.
     *
     * @param warmUpSeconds seconds that are not measured
     * @param seconds seconds that are measured
     * @param everyTenSeconds called meanwhile
     * @return what was measured
     */
    Result run(int warmUpSeconds, int seconds, Runnable everyTenSeconds) throws InterruptedException {
        for (int i = 0; i < inFlight; i++) {
            next();
        }
        await(warmUpSeconds, everyTenSeconds);
        latencyNanos.reset();
        answered.set(0);
        errors.set(0);
        measuring = true;
        long start = System.nanoTime();
        await(seconds, everyTenSeconds);
        measuring = false;
        double elapsed = (System.nanoTime() - start) / 1e9;
        long count = answered.get();
        stopping = true;
        if (!finished.await(30, TimeUnit.SECONDS)) {
            errors.addAndGet(finished.getCount());
        }
        return new Result(
                count / elapsed,
                latencyNanos.getValueAtPercentile(50) / 1e6,
                latencyNanos.getValueAtPercentile(99) / 1e6,
                peakThreads,
                errors.get(),
                started.get());
    }

    private void await(int seconds, Runnable everyTenSeconds) throws InterruptedException {
        for (int second = 1; second <= seconds; second++) {
            TimeUnit.SECONDS.sleep(1);
            peakThreads =
                    Math.max(peakThreads, ManagementFactory.getThreadMXBean().getThreadCount());
            if (second % 10 == 0) {
                everyTenSeconds.run();
            }
        }
    }

    private void next() {
        if (stopping) {
            finished.countDown();
            return;
        }
        long start = System.nanoTime();
        Object unused = engine.inferAsync(DistinctSnapshots.numbered(started.getAndIncrement()))
                .whenComplete((answer, failure) -> {
                    done(answer, failure, System.nanoTime() - start);
                    next();
                });
    }

    private void done(Inference answer, Throwable failure, long nanos) {
        if (!measuring) {
            return;
        }
        answered.incrementAndGet();
        latencyNanos.recordValue(nanos);
        if (failure != null || answer.source() != Source.REMOTE) {
            errors.incrementAndGet();
        }
    }

    /**
     * What was measured.
     *
     * @param rate answers a second
     * @param p50Ms the median of the latency
     * @param p99Ms its 99th percentile
     * @param peakThreads the largest number of threads of the JVM
     * @param errors answers that did not come from the model
     * @param inferences all inferences, warm-up included
     */
    record Result(double rate, double p50Ms, double p99Ms, int peakThreads, long errors, long inferences) {}
}

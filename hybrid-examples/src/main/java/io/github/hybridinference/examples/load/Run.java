package io.github.hybridinference.examples.load;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.examples.rig.Questions;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Source;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;

/** A closed loop: so many questions are always in flight, and each answer starts the next one. */
final class Run {
    private final InferenceEngine engine;
    private final int inFlight;
    private final AtomicLong number = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final ConcurrentHistogram latencyNanos = new ConcurrentHistogram(TimeUnit.MINUTES.toNanos(1), 3);
    private final CountDownLatch finished;
    private volatile boolean measuring;
    private volatile boolean stopping;
    private volatile int peakThreads;

    Run(InferenceEngine engine, int inFlight) {
        this.engine = engine;
        this.inFlight = inFlight;
        this.finished = new CountDownLatch(inFlight);
    }

    /**
     * Runs it.
     *
     * @param warmUpSeconds not measured
     * @param seconds measured
     * @return what was measured
     */
    Measured go(int warmUpSeconds, int seconds, Runnable everyTenSeconds) throws InterruptedException {
        for (int i = 0; i < inFlight; i++) {
            next();
        }
        pause(warmUpSeconds, everyTenSeconds);
        latencyNanos.reset();
        answered.set(0);
        errors.set(0);
        measuring = true;
        long start = System.nanoTime();
        pause(seconds, everyTenSeconds);
        measuring = false;
        double elapsed = (System.nanoTime() - start) / 1e9;
        long count = answered.get();
        stopping = true;
        if (!finished.await(30, TimeUnit.SECONDS)) {
            errors.addAndGet(finished.getCount());
        }
        return new Measured(
                count / elapsed,
                latencyNanos.getValueAtPercentile(50) / 1e6,
                latencyNanos.getValueAtPercentile(99) / 1e6,
                peakThreads,
                errors.get(),
                number.get());
    }

    private void pause(int seconds, Runnable everyTenSeconds) throws InterruptedException {
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
        Object unused = engine.inferAsync(Questions.numbered(number.getAndIncrement()))
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
     * @param peakThreads the most threads of the JVM
     * @param errors answers that did not come from the model
     * @param asked all questions, warm-up included
     */
    record Measured(double rate, double p50Ms, double p99Ms, int peakThreads, long errors, long asked) {}
}

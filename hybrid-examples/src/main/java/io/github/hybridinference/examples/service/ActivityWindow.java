package io.github.hybridinference.examples.service;

import io.github.hybridinference.model.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Requests and spending over time, in a ring of steps of equal length. Not thread-safe. */
final class ActivityWindow {
    private static final int SOURCES = Source.values().length;

    private final String name;
    private final long stepMs;
    private final Step[] ring;

    private static final class Step {
        long at = Long.MIN_VALUE;
        final long[] requests = new long[SOURCES];
        long complex;
        long complexFallbacks;
        long nanoUsd;

        void restart(long beginning) {
            at = beginning;
            Arrays.fill(requests, 0);
            complex = 0;
            complexFallbacks = 0;
            nanoUsd = 0;
        }
    }

    /**
     * The window for the page.
     *
     * @param stepMs the length of a step
     * @param length how many steps there are
     * @param sources the sources, in the order in which a step counts them
     * @param steps those with requests, oldest first: the beginning in milliseconds since 1970-01-01T00:00Z, then the
     *     requests by source
     */
    record View(String name, long stepMs, int length, List<String> sources, List<long[]> steps) {}

    /** Sums over some steps. */
    record Totals(long requests, long complex, long fallbacks, long nanoUsd) {}

    ActivityWindow(String name, Duration step, int length) {
        this.name = name;
        this.stepMs = step.toMillis();
        this.ring = new Step[length];
        Arrays.setAll(ring, any -> new Step());
    }

    void answered(long now, Source source, boolean complex) {
        Step step = step(now);
        step.requests[source.ordinal()]++;
        if (complex) {
            step.complex++;
            if (source == Source.FALLBACK) {
                step.complexFallbacks++;
            }
        }
    }

    void spent(long now, long nanoUsd) {
        step(now).nanoUsd += nanoUsd;
    }

    private Step step(long now) {
        long beginning = now - Math.floorMod(now, stepMs);
        Step step = ring[(int) Math.floorMod(beginning / stepMs, (long) ring.length)];
        if (step.at < beginning) {
            step.restart(beginning);
        }
        return step; // one of a later lap if the clock was set back: then the counts go there
    }

    Totals totals(long now, Duration length) {
        long[] sums = new long[4];
        for (Step step : ring) {
            if (step.at > now - length.toMillis() - stepMs && step.at <= now) {
                sums[0] += Arrays.stream(step.requests).sum();
                sums[1] += step.complex;
                sums[2] += step.complexFallbacks;
                sums[3] += step.nanoUsd;
            }
        }
        return new Totals(sums[0], sums[1], sums[2], sums[3]);
    }

    /**
     * What was spent.
     *
     * @return for each step with spending that begins in this time, oldest first: its beginning, billionths of a US dollar
     */
    List<long[]> spentSince(long from, long now) {
        return Arrays.stream(ring)
                .filter(step -> step.nanoUsd != 0 && step.at >= from && step.at <= now)
                .map(step -> new long[] {step.at, step.nanoUsd})
                .sorted(Comparator.comparingLong(step -> step[0]))
                .toList();
    }

    View view(long now) {
        long end = now - Math.floorMod(now, stepMs);
        List<long[]> steps = new ArrayList<>();
        for (int i = ring.length - 1; i >= 0; i--) {
            long beginning = end - i * stepMs;
            Step step = ring[(int) Math.floorMod(beginning / stepMs, (long) ring.length)];
            if (step.at == beginning && Arrays.stream(step.requests).sum() > 0) {
                long[] row = new long[1 + SOURCES];
                row[0] = beginning;
                System.arraycopy(step.requests, 0, row, 1, SOURCES);
                steps.add(row);
            }
        }
        List<String> sources = Arrays.stream(Source.values())
                .map(source -> source.name().toLowerCase(Locale.ROOT))
                .toList();
        return new View(name, stepMs, ring.length, sources, steps);
    }
}

package io.github.hybridinference.examples.service;

import io.github.hybridinference.examples.service.AttemptTimes.Attempt;
import java.util.ArrayList;
import java.util.List;

/** Where the time of a decision went. The stages follow each other, and together are its latency. */
final class DecisionTimes {
    private static final double NANOS_PER_MS = 1e6;

    /**
     * One stage.
     *
     * @param stage what was done or waited for
     * @param ms how long, in milliseconds, not negative
     */
    record Stage(String stage, double ms) {}

    private final List<Stage> stages = new ArrayList<>();
    private final long answeredNanos;
    private long reached;

    private DecisionTimes(long startNanos, long answeredNanos) {
        this.answeredNanos = answeredNanos;
        this.reached = startNanos;
    }

    /**
     * Splits the time of a decision that the model was wanted for.
     *
     * @param answeredNanos when it was answered
     * @param latencyNanos how long that took
     * @param attempts the attempts made for it, in their order; none if it joined the in-flight call of another decision, or
     *     no attempt was made
     */
    static List<Stage> of(long answeredNanos, long latencyNanos, List<Attempt> attempts) {
        DecisionTimes times = new DecisionTimes(answeredNanos - latencyNanos, answeredNanos);
        if (attempts.isEmpty()) {
            times.until(answeredNanos, "rules, caches, and waiting, without a request of its own");
            return times.stages;
        }
        for (int i = 0; i < attempts.size(); i++) {
            Attempt attempt = attempts.get(i);
            String number = attempts.size() == 1 ? "" : ", attempt " + (i + 1);
            times.until(
                    attempt.askedNanos(), i == 0 ? "rules, caches, permits, budget" : "pause before the next attempt");
            long end = attempt.endNanos().orElse(answeredNanos);
            times.until(attempt.writtenNanos().orElse(end), "connection and sending" + number);
            times.until(end, "the model" + number + (attempt.endNanos().isEmpty() ? ", until the time was up" : ""));
        }
        times.until(answeredNanos, "checks of the reply");
        return times.stages;
    }

    /** A clock that is read on several threads may seem to go back: then a stage takes no time. */
    private void until(long end, String stage) {
        long latest = end - answeredNanos > 0 ? answeredNanos : end;
        long nanos = Math.max(0, latest - reached);
        if (nanos > 0) {
            stages.add(new Stage(stage, nanos / NANOS_PER_MS));
            reached += nanos;
        }
    }
}

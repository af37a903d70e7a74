package io.github.hybridinference.examples.quickstart;

import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Source;

/** Counts answers by source, reason and action. */
final class Tally {

    private final long[][] bySourceAndReason = new long[Source.values().length][Scenario.Reason.values().length];
    private final long[] holds = new long[Source.values().length];

    void add(Inference answer) {
        int source = answer.source().ordinal();
        bySourceAndReason[source][answer.scenario().reason().ordinal()]++;
        if (answer.signal().action() == Action.HOLD) {
            holds[source]++;
        }
    }

    long answers(Source source, Scenario.Reason reason) {
        return bySourceAndReason[source.ordinal()][reason.ordinal()];
    }

    long answers(Scenario.Reason reason) {
        long sum = 0;
        for (Source source : Source.values()) {
            sum += answers(source, reason);
        }
        return sum;
    }

    long answers(Source source) {
        long sum = 0;
        for (long count : bySourceAndReason[source.ordinal()]) {
            sum += count;
        }
        return sum;
    }

    long answers() {
        long sum = 0;
        for (Source source : Source.values()) {
            sum += answers(source);
        }
        return sum;
    }

    long holds(Source source) {
        return holds[source.ordinal()];
    }
}

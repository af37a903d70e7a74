package io.github.hybridinference.flink;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.budget.BudgetState;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Source;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** The metrics of a subtask, in the group {@code hybrid} of its operator. Counted on the task's thread only. */
final class FlinkMeters {
    private static final double NANOS_PER_USD = 1e9;

    private final Counter[] answers = new Counter[Source.values().length];
    private final Counter[] degraded = new Counter[Degradation.values().length];
    private final Counter costNanoUsd;
    private final Counter unpriced;
    private final Counter askedAgain;
    private final Counter flinkTimeouts;
    private volatile int inFlight;

    FlinkMeters(MetricGroup operator, InferenceEngine engine) {
        MetricGroup group = operator.addGroup("hybrid");
        for (Source source : Source.values()) {
            answers[source.ordinal()] = group.addGroup("source", source.name()).counter("answers");
        }
        for (Degradation degradation : Degradation.values()) {
            degraded[degradation.ordinal()] =
                    group.addGroup("degradation", degradation.name()).counter("degraded");
        }
        costNanoUsd = group.counter("costNanoUsd");
        unpriced = group.counter("answersOfUnknownCost");
        askedAgain = group.counter("askedAgain");
        flinkTimeouts = group.counter("flinkTimeouts");
        Gauge<Integer> open = () -> inFlight;
        group.gauge("inFlight", open);
        Gauge<Double> left = () -> budgetLeftUsd(engine.stats().budget());
        group.gauge("budgetLeftUsd", left);
    }

    /** Without a cap, infinity. */
    private static double budgetLeftUsd(BudgetState budget) {
        return budget.capNanoUsd().isEmpty()
                ? Double.POSITIVE_INFINITY
                : Math.max(0, budget.capNanoUsd().getAsLong() - budget.spentNanoUsd() - budget.reservedNanoUsd())
                        / NANOS_PER_USD;
    }

    void askedAgain(long questions) {
        askedAgain.inc(questions);
    }

    int inFlight() {
        return inFlight;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written by the task's thread only
    void asked() {
        inFlight++;
    }

    void flinkTimeout() {
        flinkTimeouts.inc();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written by the task's thread only
    void answered(Inference answer) {
        inFlight--;
        answers[answer.source().ordinal()].inc();
        answer.degradation().ifPresent(cause -> degraded[cause.ordinal()].inc());
        answer.usage().costNanoUsd().ifPresentOrElse(costNanoUsd::inc, unpriced::inc);
    }
}

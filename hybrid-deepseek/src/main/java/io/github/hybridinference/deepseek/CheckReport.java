package io.github.hybridinference.deepseek;

import io.github.hybridinference.budget.Money;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.FailureCause;
import io.github.hybridinference.remote.RemoteException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What {@link DeepSeek#check()} found. Holds no key, no figure of a caller's and nothing that the service wrote but the name of
 * the model that answered, and that only if it is a plain name. Immutable and thread-safe.
 *
 * @param host the host that was asked, and its port if it is not the default one
 * @param steps what was looked at, in order; a step after one that ends the check is missing
 * @param model the model that answered, as the service names it; empty if none did
 * @param latencyNanos how long the answer to the sample question took; empty if there was none
 * @param usage what the sample question consumed, its price included if it is known
 * @param worstCostNanoUsd the most that the check could cost, in billionths of a US dollar; empty if no price is known
 * @param failure why the service cannot be used; empty if it can
 * @since 0.1.0
 */
public record CheckReport(
        String host,
        List<Step> steps,
        Optional<String> model,
        OptionalLong latencyNanos,
        Usage usage,
        OptionalLong worstCostNanoUsd,
        Optional<RemoteException> failure) {
    private static final double NANOS_PER_MS = 1e6;

    /** What a check looks at. */
    public enum Kind {
        /** The look-up of the host's name, the TCP connection and the TLS handshake. */
        CONNECTION("connection"),
        /** The list of models: whether the service answers at all and takes the key. */
        SERVICE("service"),
        /** The sample question: whether the service replies to it. */
        REPLY("reply"),
        /** Whether the model that answered is the one that was asked for. */
        MODEL("model"),
        /** Whether the reply is one JSON object and nothing else, and holds a usable signal. */
        JSON("JSON mode"),
        /** Whether the model answers without thinking first, which costs time and money. */
        THINKING("thinking off"),
        /** Whether what the call consumed is known and has a price, without which a budget refuses all calls. */
        PRICE("price"),
        /** Whether this machine's clock agrees with the service's. */
        CLOCK("clock");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    /** What came of a step. */
    public enum Outcome {
        /** As it should be. */
        OK,
        /** The service can be used, but something should be mended. */
        WARNING,
        /** The service cannot be used. */
        FAILED
    }

    /**
     * One thing that was looked at.
     *
     * @param kind what
     * @param outcome what came of it
     * @param detail what was found, and if it is not OK what to mend; one line
     */
    public record Step(Kind kind, Outcome outcome, String detail) {
        /**
         * Checks that all are there.
         *
         * @param kind what
         * @param outcome what came of it
         * @param detail what was found
         */
        public Step {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(outcome, "outcome");
            Objects.requireNonNull(detail, "detail");
        }
    }

    /**
     * Copies the list.
     *
     * @param host the host that was asked
     * @param steps what was looked at
     * @param model the model that answered
     * @param latencyNanos how long the answer took
     * @param usage what it consumed
     * @param worstCostNanoUsd the most that the check could cost
     * @param failure why the service cannot be used
     */
    public CheckReport {
        Objects.requireNonNull(host, "host");
        steps = List.copyOf(steps);
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(latencyNanos, "latencyNanos");
        Objects.requireNonNull(usage, "usage");
        Objects.requireNonNull(worstCostNanoUsd, "worstCostNanoUsd");
        Objects.requireNonNull(failure, "failure");
    }

    /**
     * Tells whether the service can be used, maybe with warnings.
     *
     * @return true if no step failed
     */
    public boolean isUsable() {
        return failure.isEmpty();
    }

    /**
     * Tells whether the service answered anything over HTTP.
     *
     * @return false if there was no connection, or no response on it
     */
    public boolean isReachable() {
        return step(Kind.CONNECTION)
                .filter(step -> step.outcome() != Outcome.FAILED)
                .isPresent();
    }

    /**
     * Finds a step.
     *
     * @param kind which
     * @return empty if the check did not come to it
     */
    public Optional<Step> step(Kind kind) {
        return steps.stream().filter(step -> step.kind() == kind).findFirst();
    }

    /**
     * Names the failure as a constant.
     *
     * @return the {@link FailureCause}, else what was wrong with the reply, else the reason; empty if the service can be used
     */
    public Optional<String> cause() {
        return failure.map(known -> known.failureCause()
                .map(Enum::name)
                .or(() -> known.problem().map(Enum::name))
                .orElse(known.reason().name()));
    }

    /** The report in lines of text. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("check of " + host + "\n");
        for (Step step : steps) {
            text.append(
                    String.format(Locale.ROOT, "  %-8s%-14s%s\n", step.outcome(), step.kind().label, step.detail()));
        }
        if (latencyNanos.isPresent()) {
            text.append(String.format(
                    Locale.ROOT, "  latency of the reply: %.0f ms\n", latencyNanos.getAsLong() / NANOS_PER_MS));
        }
        if (usage.costNanoUsd().isPresent()) {
            text.append("  this check cost ")
                    .append(String.format(
                            Locale.ROOT, "%.7f", Money.usd(usage.costNanoUsd().getAsLong())))
                    .append(" US dollars\n");
        }
        return text.append(isUsable() ? "usable" : "not usable").toString();
    }
}

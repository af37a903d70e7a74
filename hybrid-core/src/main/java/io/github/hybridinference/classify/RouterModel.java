package io.github.hybridinference.classify;

import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RuleVerdict;
import io.github.hybridinference.model.Scenario.Reason;
import io.github.hybridinference.model.Timeframe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What a router has learned from a journal: how probable it is that the model changes the decision of the rules, and what a
 * change gained.
 *
 * <p>A readable JSON file, made by {@code RouterTraining} of hybrid-eval; docs/router.md explains its fields. Immutable and
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class RouterModel {
    /** The version of the file's format. */
    public static final int FORMAT = RouterFile.FORMAT;

    private final RouterFile file;
    private final Timeframe timeframe;
    private final RouterInputs.Terms terms = new RouterInputs.Terms();
    private final double intercept;
    private final double threshold;
    private final double[] gains;

    RouterModel(RouterFile file) {
        this.file = file;
        this.timeframe = file.timeframe();
        for (RouterFile.Input input : file.features()) {
            terms.set(
                    RouterInputs.NAMES.indexOf(input.name()),
                    input.mean(),
                    input.deviation(),
                    input.weight() * file.slope());
        }
        this.intercept = file.intercept() * file.slope() + file.shift();
        this.threshold = Math.log(file.threshold() / (1 - file.threshold()));
        this.gains = new double[Reason.values().length];
        for (Reason reason : Reason.values()) {
            gains[reason.ordinal()] = file.gains().getOrDefault(reason, file.gainBps()) / 10_000;
        }
    }

    /**
     * Reads a file.
     *
     * @param path the file
     * @return the model
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if it does not hold a model of this format; the message names the field
     */
    public static RouterModel read(Path path) throws IOException {
        return parse(Files.readString(path));
    }

    /**
     * Reads the text of a file.
     *
     * @param json the text
     * @return the model
     * @throws IllegalArgumentException if it is not a model of this format; the message names the field
     */
    public static RouterModel parse(String json) {
        return new RouterModel(RouterFile.parse(Objects.requireNonNull(json, "json")));
    }

    /**
     * Returns the names of all that a model can look at.
     *
     * @return as they stand in the file
     */
    public static List<String> inputNames() {
        return RouterInputs.NAMES;
    }

    /**
     * Returns all that a model can look at.
     *
     * @param snapshot the snapshot
     * @param verdict what the rules make of it
     * @param reason the reason of the scenario
     * @return in the order of {@link #inputNames()}; NaN for a figure that is missing
     */
    public static double[] inputs(MarketSnapshot snapshot, RuleVerdict verdict, Reason reason) {
        double[] values = new double[RouterInputs.NAMES.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = RouterInputs.value(i, snapshot, verdict, reason);
        }
        return values;
    }

    /**
     * Returns the probability that the model gives another action than the rules. Allocates nothing.
     *
     * @param snapshot the snapshot
     * @param verdict what the rules make of it
     * @param reason the reason of the scenario
     * @return in (0, 1)
     */
    public double probability(MarketSnapshot snapshot, RuleVerdict verdict, Reason reason) {
        return 1 / (1 + Math.exp(-logOdds(snapshot, verdict, reason)));
    }

    /** The same as log odds: linear in what is looked at, so that a comparison needs no exponential. */
    double logOdds(MarketSnapshot snapshot, RuleVerdict verdict, Reason reason) {
        return intercept + RouterInputs.sum(terms, snapshot, verdict, reason);
    }

    /**
     * Returns the mean gain of a change that was observed for scenarios of this reason, shrunken towards that of all.
     *
     * @param reason the reason of the scenario
     * @return return of the model less that of the rules over the horizon of the training, after cost, as a fraction of the
     *     amount traded
     */
    public double gain(Reason reason) {
        return gains[reason.ordinal()];
    }

    /**
     * Returns the probability from which on a classifier asks that is given no capital: the highest that keeps to the file's
     * bound on changes lost.
     *
     * @return in (0, 1)
     */
    public double threshold() {
        return file.threshold();
    }

    /** The threshold as log odds. */
    double thresholdLogOdds() {
        return threshold;
    }

    /**
     * Returns the length of the bars that it learned from. It says nothing about others.
     *
     * @return the timeframe
     */
    public Timeframe timeframe() {
        return timeframe;
    }

    /** What it expects of each hour of a day, UTC. */
    List<RouterFile.Hour> hours() {
        return file.hours();
    }

    /** What it was made of. */
    @Override
    public String toString() {
        return "RouterModel[" + timeframe.code() + ", " + file.examples() + " examples, trained " + file.trained()
                + "]";
    }
}

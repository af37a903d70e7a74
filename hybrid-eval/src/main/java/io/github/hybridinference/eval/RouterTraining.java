package io.github.hybridinference.eval;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.hybridinference.classify.RouterModel;
import io.github.hybridinference.eval.journal.Recording;
import io.github.hybridinference.model.Scenario.Reason;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Learns from a journal which complex scenarios are worth a call: a {@link RouterModel} for {@code
 * ScenarioClassifier.learned}.
 *
 * <p>The first seven tenths of the scenarios that the model answered, in the order of time, fit a logistic regression of "the
 * model gives another action than the rules"; the rest is held back, calibrates its probabilities and finds the threshold that
 * keeps to a bound on changes lost. An answer of a router that explores counts for one over its propensity. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class RouterTraining {
    private static final int FEWEST = 400;
    private static final int FEWEST_CHANGES = 50;
    private static final double FITTED_SHARE = 0.7;
    private static final double LEVEL = 0.95;
    private static final double ALLOWED_LOSS = 0.3;
    private static final double FURTHEST = 4;
    private static final int QUANTILES = 20;
    private static final int HOURS = 24;
    private static final double BPS = 10_000;
    private static final double SMALLEST = 0x1.0p-53;

    private final List<RouterExample> answered;
    private final List<RouterExample> all;
    private final History history;
    private final int horizonBars;
    private final double costBps;
    private double allowedLoss = ALLOWED_LOSS;

    RouterTraining(History history, List<RouterExample> all, int horizonBars, double costBps) {
        this.history = history;
        this.all = all;
        this.answered = all.stream().filter(RouterExample::isAnswered).toList();
        this.horizonBars = horizonBars;
        this.costBps = costBps;
        if (!suffices(answered)) {
            throw new IllegalArgumentException("a router needs at least " + FEWEST
                    + " complex scenarios that the model answered, with " + FEWEST_CHANGES
                    + " changes and as many without; here are " + answered.size() + " with "
                    + answered.stream().filter(RouterExample::isChange).count() + " changes");
        }
    }

    static boolean suffices(List<RouterExample> answered) {
        long changes = answered.stream().filter(RouterExample::isChange).count();
        return answered.size() >= FEWEST && changes >= FEWEST_CHANGES && answered.size() - changes >= FEWEST_CHANGES;
    }

    /**
     * Learns from a journal.
     *
     * @param history the bars, with the snapshots that the engine was asked about; entries about other times are left out
     * @param journal what the engine decided
     * @param horizonBars the horizon over which a change is judged, in bars
     * @param costBps the cost of changing the position, in basis points
     * @return the training
     * @throws IllegalArgumentException if fewer than 400 complex scenarios of these bars were answered, or fewer than 50 of the
     *     answers changed, or did not change, the decision; or if the journal keeps symbols, and none of them is that of the history
     */
    public static RouterTraining of(History history, Recording journal, int horizonBars, double costBps) {
        return new RouterTraining(
                history, RouterExample.of(history, journal, horizonBars, costBps), horizonBars, costBps);
    }

    /**
     * Learns from a run.
     *
     * @param result the run
     * @return the training
     * @throws IllegalArgumentException as {@link #of(History, Recording, int, double)}
     */
    public static RouterTraining of(EvaluationResult result) {
        return new RouterTraining(result.history(), RouterExample.of(result), result.horizonBars(), result.costBps());
    }

    /**
     * Sets which share of the changes the threshold may lose, with a confidence of 95 %.
     *
     * @param share in (0, 1); standard 0.3
     * @return this training
     */
    public RouterTraining losingAtMost(double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("share must be between 0 and 1, exclusive, but is " + share);
        }
        allowedLoss = share;
        return this;
    }

    /**
     * Trains.
     *
     * @param series what the bars are, for people
     * @param date of the training
     * @return the text of a router's file: JSON, to be read by {@link RouterModel#parse}
     */
    public String train(String series, LocalDate date) {
        Objects.requireNonNull(series, "series");
        int fitted = (int) (answered.size() * FITTED_SHARE);
        List<RouterExample> first = answered.subList(0, fitted);
        List<RouterExample> held = answered.subList(fitted, answered.size());
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("format", RouterModel.FORMAT);
        json.put("trained", date.toString());
        json.put("series", series);
        json.put("timeframe", history.timeframe().code());
        json.put("from", first.get(0).time().toString());
        json.put("to", held.get(held.size() - 1).time().toString());
        json.put("horizon_bars", horizonBars);
        json.put("cost_bps", costBps);
        json.put("examples", answered.size());
        json.put("changes", answered.stream().filter(RouterExample::isChange).count());
        json.put(
                "explored",
                answered.stream().filter(example -> example.propensity() < 1).count());
        json.put("not_asked", all.stream().filter(example -> !example.asked()).count());
        json.put("held_back", held.size());
        fit(json, first);
        json.putObject("calibration").put("slope", 1.0).put("shift", 0.0);
        gains(json);
        threshold(json, new LossBound(0.5, allowedLoss, LEVEL, 0, 0));
        hours(json, null);
        RouterModel raw = RouterModel.parse(json.toString());
        calibrate(json, held, raw);
        RouterModel calibrated = RouterModel.parse(json.toString());
        List<RouterExample> changes =
                held.stream().filter(RouterExample::isChange).toList();
        threshold(
                json,
                LossBound.of(
                        changes.stream()
                                .mapToDouble(example -> probability(calibrated, example))
                                .toArray(),
                        changes.stream().mapToDouble(RouterExample::weight).toArray(),
                        allowedLoss,
                        LEVEL));
        hours(json, calibrated);
        return json.toPrettyString() + "\n";
    }

    static double probability(RouterModel model, RouterExample example) {
        return model.probability(example.question(), example.verdict(), example.reason());
    }

    private static void fit(ObjectNode json, List<RouterExample> examples) {
        List<double[]> inputs = examples.stream().map(RouterExample::inputs).toList();
        List<String> names = RouterModel.inputNames();
        double[] means = new double[names.size()];
        double[] deviations = new double[names.size()];
        for (int i = 0; i < means.length; i++) {
            int input = i;
            double[] known = inputs.stream()
                    .mapToDouble(row -> row[input])
                    .filter(value -> !Double.isNaN(value))
                    .toArray();
            means[i] = Arrays.stream(known).average().orElse(0);
            double mean = means[i];
            double variance = Arrays.stream(known)
                    .map(value -> (value - mean) * (value - mean))
                    .average()
                    .orElse(0);
            deviations[i] = variance > 1e-18 ? Math.sqrt(variance) : 1;
        }
        LogisticFit fit = LogisticFit.of(
                inputs.stream().map(row -> standardised(row, means, deviations)).toList(),
                examples.stream().map(RouterExample::isChange).toList(),
                copies(examples));
        json.put("intercept", rounded(fit.intercept()));
        ArrayNode features = json.putArray("features");
        for (int i = 0; i < means.length; i++) {
            features.addObject()
                    .put("name", names.get(i))
                    .put("mean", rounded(means[i]))
                    .put("deviation", rounded(deviations[i]))
                    .put("weight", rounded(fit.weight(i)));
        }
    }

    private static double[] standardised(double[] row, double[] means, double[] deviations) {
        double[] standardised = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            double distance = (row[i] - means[i]) / deviations[i];
            standardised[i] = Double.isNaN(distance) ? 0 : Math.max(-FURTHEST, Math.min(FURTHEST, distance));
        }
        return standardised;
    }

    private static List<Integer> copies(List<RouterExample> examples) {
        return examples.stream()
                .map(example -> (int) Math.max(1, Math.round(example.weight())))
                .toList();
    }

    /** Finite: a probability that rounds to 0 or 1 has the log odds of the next double to it, some 37 from zero. */
    static double logOdds(double probability) {
        double known = Math.max(SMALLEST, Math.min(1 - SMALLEST, probability));
        return Math.log(known / (1 - known));
    }

    /** Platt's scaling, on what was held back. A slope that is not positive would turn the ranking round: then none is made. */
    private static void calibrate(ObjectNode json, List<RouterExample> held, RouterModel raw) {
        boolean both = held.stream().map(RouterExample::isChange).distinct().count() == 2;
        if (!both) {
            return;
        }
        LogisticFit fit = LogisticFit.of(
                held.stream()
                        .map(example -> probability(raw, example))
                        .map(p -> new double[] {logOdds(p)})
                        .toList(),
                held.stream().map(RouterExample::isChange).toList(),
                copies(held));
        if (fit.weight(0) > 0) {
            json.putObject("calibration").put("slope", rounded(fit.weight(0))).put("shift", rounded(fit.intercept()));
        }
    }

    /**
     * The mean gain of a change by reason, shrunken towards that of all by as much as the means differ no more than chance would
     * make them (random effects, DerSimonian and Laird 1986).
     */
    private void gains(ObjectNode json) {
        List<RouterExample> changes = answered.stream()
                .filter(example -> example.isJudged() && example.isChange())
                .toList();
        Group overall = Group.of(changes, horizonBars, example -> true);
        Map<Reason, Group> byReason = new EnumMap<>(Reason.class);
        for (Reason reason : Reason.values()) {
            Group own = Group.of(changes, horizonBars, example -> example.reason() == reason);
            if (own.ofMean > 0) {
                byReason.put(reason, own);
            }
        }
        double between = between(List.copyOf(byReason.values()));
        ObjectNode gain = json.putObject("gain_bps");
        gain.put("all", rounded(overall.mean * BPS));
        ObjectNode reasons = gain.putObject("by_reason");
        byReason.forEach((reason, own) -> {
            double trust = between / (between + own.ofMean);
            reasons.put(reason.name(), rounded((trust * own.mean + (1 - trust) * overall.mean) * BPS));
        });
    }

    /** By how much the true means of the groups vary, beyond chance. */
    private static double between(List<Group> groups) {
        double sum = 0;
        double squares = 0;
        double mean = 0;
        for (Group group : groups) {
            sum += 1 / group.ofMean;
            squares += 1 / group.ofMean / group.ofMean;
            mean += group.mean / group.ofMean;
        }
        double scatter = 0;
        for (Group group : groups) {
            scatter += (group.mean - mean / sum) * (group.mean - mean / sum) / group.ofMean;
        }
        return groups.size() < 2 ? 0 : Math.max(0, (scatter - (groups.size() - 1)) / (sum - squares / sum));
    }

    /**
     * The changes of one reason.
     *
     * @param ofMean the variance of the mean; 0 without enough changes. Outcomes over several bars overlap, so that only one in
     *     a horizon counts
     */
    private record Group(double mean, double ofMean) {
        static Group of(List<RouterExample> changes, int horizonBars, Predicate<RouterExample> wanted) {
            double total = 0;
            double squares = 0;
            double sum = 0;
            double sumOfSquares = 0;
            for (RouterExample example : changes) {
                if (wanted.test(example)) {
                    total += example.weight();
                    squares += example.weight() * example.weight();
                    sum += example.weight() * example.gain();
                    sumOfSquares += example.weight() * example.gain() * example.gain();
                }
            }
            double effective = squares > 0 ? total * total / squares / horizonBars : 0;
            if (effective < 2) {
                return new Group(total > 0 ? sum / total : 0, 0);
            }
            double mean = sum / total;
            return new Group(mean, Math.max(0, sumOfSquares / total - mean * mean) / (effective - 1));
        }
    }

    private static void threshold(ObjectNode json, LossBound bound) {
        json.putObject("threshold")
                .put("probability", bound.threshold())
                .put("loses_at_most", bound.allowed())
                .put("level", bound.level())
                .put("held_back_changes", bound.changes())
                .put("held_back_lost", rounded(bound.lost()));
    }

    /** How many complex scenarios each hour brings, and how probable a change is there. */
    private void hours(ObjectNode json, @Nullable RouterModel model) {
        long days = all.stream()
                .map(example -> example.time().atZone(ZoneOffset.UTC).toLocalDate())
                .distinct()
                .count();
        ArrayNode hours = json.putArray("hours");
        for (int hour = 0; hour < HOURS; hour++) {
            int wanted = hour;
            List<RouterExample> own = model == null
                    ? List.of()
                    : all.stream()
                            .filter(example ->
                                    example.time().atZone(ZoneOffset.UTC).getHour() == wanted)
                            .toList();
            ObjectNode node = hours.addObject();
            node.put("scenarios", rounded((double) own.size() / Math.max(1, days)));
            ArrayNode quantiles = node.putArray("probabilities");
            if (model != null && !own.isEmpty()) {
                double[] sorted = own.stream()
                        .mapToDouble(example -> probability(model, example))
                        .sorted()
                        .toArray();
                for (int i = 0; i < QUANTILES; i++) {
                    quantiles.add(rounded(sorted[(int) ((i + 0.5) / QUANTILES * sorted.length)]));
                }
            }
        }
    }

    /** Six significant digits: for people, and the same on every machine. */
    private static double rounded(double value) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.5e", value));
    }
}

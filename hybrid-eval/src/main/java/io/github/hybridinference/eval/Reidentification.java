package io.github.hybridinference.eval;

import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.anonymize.Noise;
import io.github.hybridinference.classify.ScenarioClassifier;
import io.github.hybridinference.local.LocalRuleModel;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RuleVerdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/**
 * What the figures of a question reveal to a reader who has the market's bars, at each level of anonymity, and what the level
 * costs.
 *
 * <p>The reader knows the level and every bar, and not the seed of the noise. He either counts the bars that the question can
 * be about, or takes the bar whose figures are nearest to the question's. He does the second with the bars of another feed as
 * well, as those of another exchange are.
 *
 * @param bars how many bars a question can be about
 * @param sample how many questions were tried, evenly spread over the bars
 * @param levels one entry for each level, from the least to the most that is hidden
 * @since 0.1.0
 */
public record Reidentification(int bars, int sample, List<Level> levels) {
    private static final int[] AMPLITUDES = {1, 5, 10};
    private static final long SEED = 20;

    /** Prices of two exchanges differ by a few hundredths of a percent, their volumes by much. */
    private static final double PRICE_SPREAD = 0.0003;

    private static final double VOLUME_SPREAD = 0.2;

    /**
     * The measurement of one level. All are shares in [0, 1].
     *
     * @param name the level, as its factory method is called
     * @param unique of the questions that only one bar can be behind
     * @param nearest of the questions whose bar is the nearest to it
     * @param nearestElsewhere the same, if the reader has the bars of another feed
     * @param decisionsChanged of the bars on which the rules advise something else from the figures that leave than from the same
     *     figures unrounded
     * @param routesChanged of the bars whose scenario is simple from the one and complex from the other
     */
    public record Level(
            String name,
            double unique,
            double nearest,
            double nearestElsewhere,
            double decisionsChanged,
            double routesChanged) {}

    /**
     * Measures the levels {@code standard}, {@code coarse}, and {@code noisy} with amplitudes of 1, 5 and 10 steps.
     *
     * @param history the questions
     * @param otherFeed the same bars as another feed has them, such as {@link #simulatedFeed}; the same number in the same order
     * @param sample how many questions are tried at most, positive; the time taken grows with this times the bars
     * @return the measurement; equal for equal arguments
     * @throws IllegalArgumentException if the two do not have the same number of bars, or the sample is not positive
     */
    public static Reidentification of(History history, History otherFeed, int sample) {
        if (otherFeed.size() != history.size()) {
            throw new IllegalArgumentException("the other feed must have as many bars as the history");
        }
        if (sample < 1) {
            throw new IllegalArgumentException("the sample must be positive, but is " + sample);
        }
        int from = history.size() > 2 * MarketSnapshot.SETTLED_AFTER_BARS ? MarketSnapshot.SETTLED_AFTER_BARS : 0;
        List<MarketSnapshot> own = history.questions().subList(from, history.size());
        List<MarketSnapshot> other = otherFeed.questions().subList(from, history.size());
        return new Run(own, other, Math.min(sample, own.size())).measure();
    }

    /**
     * Returns the bars with small random changes, to stand for those of another exchange: each price is moved by up to 0.03
     * percent, evenly, and each volume by a factor whose logarithm has a standard deviation of 0.2.
     *
     * @param bars the bars
     * @param random where the changes come from
     * @return as many bars, with the same times
     */
    public static List<Bar> simulatedFeed(List<Bar> bars, RandomGenerator random) {
        List<Bar> moved = new ArrayList<>(bars.size());
        for (Bar bar : bars) {
            double open = moved(bar.open(), random);
            double close = moved(bar.close(), random);
            double high = Math.max(moved(bar.high(), random), Math.max(open, close));
            double low = Math.min(moved(bar.low(), random), Math.min(open, close));
            double volume = bar.volume() * Math.exp(VOLUME_SPREAD * random.nextGaussian());
            moved.add(new Bar(bar.start(), open, high, low, close, volume));
        }
        return moved;
    }

    private static double moved(double price, RandomGenerator random) {
        return price * (1 + PRICE_SPREAD * (2 * random.nextDouble() - 1));
    }

    private static final class Run {
        private final List<MarketSnapshot> own;
        private final int sample;
        private final FigureTable ownFigures;
        private final FigureTable otherFigures;
        private final List<Choice> choices;

        Run(List<MarketSnapshot> own, List<MarketSnapshot> other, int sample) {
            this.own = own;
            this.sample = sample;
            Map<Object, Integer> columns = new HashMap<>();
            ownFigures = new FigureTable(all(Anonymizer.fine(), own), columns);
            otherFigures = new FigureTable(all(Anonymizer.fine(), other), columns);
            choices = choices(all(Anonymizer.fine(), own));
        }

        Reidentification measure() {
            List<Level> levels = new ArrayList<>();
            List<AnonymizedSnapshot> standard = all(Anonymizer.standard(), own);
            levels.add(level("standard", standard, uniqueShare(standard)));
            List<AnonymizedSnapshot> coarse = all(Anonymizer.coarse(), own);
            levels.add(level("coarse", coarse, uniqueShare(coarse)));
            FigureTable rounded = new FigureTable(standard, ownFigures.columns());
            for (int amplitude : AMPLITUDES) {
                Noise noise = Noise.seeded(SEED).amplitude(amplitude);
                List<AnonymizedSnapshot> noisy = all(Anonymizer.withNoise(noise), own);
                int unique = 0;
                for (int i = 0; i < sample; i++) {
                    unique += rounded.within(noisy.get(chosen(i)), amplitude) == 1 ? 1 : 0;
                }
                levels.add(level("noisy(" + amplitude + ")", noisy, (double) unique / sample));
            }
            return new Reidentification(own.size(), sample, List.copyOf(levels));
        }

        private Level level(String name, List<AnonymizedSnapshot> left, double unique) {
            int nearest = 0;
            int elsewhere = 0;
            for (int i = 0; i < sample; i++) {
                int bar = chosen(i);
                nearest += isFound(ownFigures, left.get(bar), bar);
                elsewhere += isFound(otherFigures, left.get(bar), bar);
            }
            List<Choice> now = choices(left);
            int decisions = 0;
            int routes = 0;
            for (int i = 0; i < now.size(); i++) {
                decisions += now.get(i).action() == choices.get(i).action() ? 0 : 1;
                routes += now.get(i).complex() == choices.get(i).complex() ? 0 : 1;
            }
            return new Level(
                    name,
                    unique,
                    (double) nearest / sample,
                    (double) elsewhere / sample,
                    (double) decisions / own.size(),
                    (double) routes / own.size());
        }

        private static int isFound(FigureTable table, AnonymizedSnapshot question, int bar) {
            OptionalInt nearest = table.nearest(question);
            return nearest.isPresent() && nearest.getAsInt() == bar ? 1 : 0;
        }

        private int chosen(int index) {
            return (int) ((long) index * own.size() / sample);
        }

        private static double uniqueShare(List<AnonymizedSnapshot> left) {
            Map<AnonymizedSnapshot, Integer> counts = new HashMap<>();
            left.forEach(each -> counts.merge(each, 1, Integer::sum));
            return (double) counts.values().stream().filter(count -> count == 1).count() / left.size();
        }

        private static List<AnonymizedSnapshot> all(Anonymizer anonymizer, List<MarketSnapshot> snapshots) {
            return snapshots.stream().map(anonymizer::anonymize).toList();
        }

        private static List<Choice> choices(List<AnonymizedSnapshot> left) {
            return left.stream().map(Choice::of).toList();
        }
    }

    /** What the rules make of the figures that leave. */
    private record Choice(Action action, boolean complex) {
        static Choice of(AnonymizedSnapshot left) {
            MarketSnapshot read = LeftFigures.asMarket(left);
            RuleVerdict verdict = LocalRuleModel.standard().evaluate(read);
            return new Choice(
                    verdict.action(),
                    ScenarioClassifier.thresholds().classify(read, verdict).isComplex());
        }
    }
}

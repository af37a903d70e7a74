package io.github.hybridinference.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What choosing the best of several set-ups does to its figures. */
@Timeout(900)
class SelectionBiasTest {
    private static final int SET_UPS = 50;

    /** The numerical example of Bailey and López de Prado (2014), with 250 returns a year. */
    @Test
    void agreesWithTheExampleOfThePaper() {
        double sharpe = 2.5 / Math.sqrt(250);
        double variance = 0.5 / 250;

        assertThat(SelectionBias.expectedMaximum(100, variance)).isCloseTo(0.1132, within(0.00005));
        assertThat(deflated(sharpe, 100, variance, -3, 10)).isCloseTo(0.9004, within(0.00005));
        assertThat(deflated(sharpe, 46, variance, -3, 10)).isCloseTo(0.9505, within(0.00005));
        assertThat(deflated(sharpe, 88, variance, 0, 3)).isCloseTo(0.9505, within(0.00005));
    }

    private static double deflated(double sharpe, int trials, double variance, double skewness, double kurtosis) {
        return SelectionBias.probabilityAbove(
                SelectionBias.expectedMaximum(trials, variance), sharpe, 1250, skewness, kurtosis);
    }

    /** Computed by NumPy and SciPy from the whole returns of each half, with no block sums: 7 made-up series of 160 returns. */
    @Test
    void agreesWithFiguresThatWereComputedIndependently() {
        List<Trial> trials = IntStream.range(0, 7)
                .mapToObj(k -> trial(
                        k,
                        IntStream.range(0, 160)
                                .mapToDouble(t -> ((t * t * (k + 3) + 7 * t * (k + 1) + k) % 101 - 50) / 10_000.0)
                                .toArray()))
                .toList();
        SelectionBias bias = SelectionBias.of(trials, trials.get(3));

        assertThat(trials.get(0).sharpe()).isCloseTo(0.15442884, within(1e-8));
        assertThat(trials.get(0).skewness()).isCloseTo(-0.24234643, within(1e-8));
        assertThat(trials.get(0).kurtosis()).isCloseTo(1.78186378, within(1e-8));
        assertThat(bias.best()).isEqualTo(trials.get(0));
        assertThat(bias.expectedBestOfNone()).isCloseTo(0.126095167, within(1e-9));
        assertThat(bias.deflatedSharpe(bias.best())).isCloseTo(0.636825038, within(1e-9));
        assertThat(bias.overfittingProbability()).isCloseTo(0.105827506, within(1e-9));
    }

    @Test
    void aSingleSetUpIsDeflatedByNothing() {
        Trial alone = trial(0, gaussian(new SplittableRandom(1), 500, 0.1));
        SelectionBias bias = SelectionBias.of(List.of(alone), alone);

        assertThat(bias.expectedBestOfNone()).isZero();
        assertThat(bias.deflatedSharpe(alone))
                .isEqualTo(SelectionBias.probabilityAbove(0, alone.sharpe(), 500, alone.skewness(), alone.kurtosis()));
        assertThat(bias.overfittingProbability()).isNaN();
    }

    @Test
    void onlyTrialsOfTheSameBarsCompete() {
        Trial own = trial(0, new double[100]);
        Trial foreign = Trial.of("other bars", new TreeMap<>(), "signals", new double[100]);

        SelectionBias bias = SelectionBias.of(List.of(foreign, own), own);

        assertThat(bias.trials()).containsExactly(own);
        assertThat(bias.elsewhere()).isEqualTo(1);
        assertThat(bias.bestShowsAnEdge()).isFalse();
        assertThatThrownBy(() -> new SelectionBias(List.of(foreign), own, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Without deflation, the best of them is declared an edge nearly always. */
    @Test
    void theBestOfFiftyShiftedSetUpsWithoutAnEdgeIsSeldomDeclaredOne() {
        assertThat(share(200, 800, 0, false)).as("deflated").isLessThanOrEqualTo(0.05);
        assertThat(share(200, 800, 0, true)).as("not deflated").isGreaterThan(0.6);
    }

    @Test
    void anEdgeOfOneOfFiftyIsFound() {
        assertThat(share(50, 800, 0.5, false)).isGreaterThan(0.8);
    }

    /** Fat tails and volatility that comes in clusters. */
    @Tag("long")
    @Test
    void seldomDeclaredOneInManySimulations() {
        assertThat(share(4_000, 2_500, 0, false)).isLessThanOrEqualTo(0.05);
    }

    @Test
    void ofEqualSetUpsTheChosenOneIsTheMedian() {
        double[] returns = gaussian(new SplittableRandom(1), 160, 0.1);
        SelectionBias bias = SelectionBias.of(List.of(trial(0, returns), trial(1, returns)), trial(0, returns));

        assertThat(bias.overfittingProbability()).isEqualTo(1);
    }

    @Test
    void withoutAnEdgeTheChosenOneIsAsOftenBelowTheMedianAsNot() {
        SplittableRandom random = new SplittableRandom(3);
        double sum = 0;
        for (int i = 0; i < 6; i++) {
            List<Trial> trials = shifted(random, 640, 0);
            sum += SelectionBias.of(trials.subList(0, 10), trials.get(0)).overfittingProbability() / 6;
        }
        assertThat(sum).isBetween(0.3, 0.75);
        List<Trial> edge = shifted(random, 640, 0.8);
        assertThat(SelectionBias.of(edge, edge.get(0)).overfittingProbability()).isLessThan(0.01);
    }

    /** The share of simulations in which the best of the set-ups is declared an edge. */
    private static double share(int simulations, int bars, double edge, boolean naive) {
        SplittableRandom random = new SplittableRandom(20_140_901);
        int declared = 0;
        for (int i = 0; i < simulations; i++) {
            List<Trial> trials = shifted(random, bars, edge);
            SelectionBias bias = SelectionBias.of(trials, trials.get(0));
            Trial best = bias.best();
            declared += (naive ? SelectionBias.of(List.of(best), best) : bias).bestShowsAnEdge() ? 1 : 0;
        }
        return (double) declared / simulations;
    }

    /**
     * One strategy whose positions last for some bars, shifted against the market by another number of bars in each set-up. The
     * first gains the edge a bar, in standard deviations of the market.
     */
    private static List<Trial> shifted(SplittableRandom random, int bars, double edge) {
        int[] sides = new int[bars];
        double[] market = new double[bars];
        double volatility = 1;
        for (int t = 0; t < bars; t++) {
            sides[t] = t > 0 && random.nextDouble() < 0.75 ? sides[t - 1] : random.nextInt(-1, 2);
            volatility = Math.exp(0.95 * Math.log(volatility) + 0.2 * random.nextGaussian());
            market[t] = 0.01 * (volatility * random.nextGaussian() + edge * sides[t]);
        }
        List<Trial> trials = new ArrayList<>();
        for (int k = 0; k < SET_UPS; k++) {
            double[] returns = new double[bars];
            for (int t = 0; t < bars; t++) {
                returns[t] = sides[(t + k * (bars / SET_UPS)) % bars] * market[t];
            }
            trials.add(trial(k, returns));
        }
        return trials;
    }

    private static double[] gaussian(SplittableRandom random, int count, double mean) {
        return IntStream.range(0, count)
                .mapToDouble(i -> mean + random.nextGaussian())
                .toArray();
    }

    private static Trial trial(int number, double[] returns) {
        return Trial.of("bars", new TreeMap<>(), "signals " + number, returns);
    }
}

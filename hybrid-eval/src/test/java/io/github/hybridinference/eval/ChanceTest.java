package io.github.hybridinference.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.hybridinference.testing.FakeModel;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the same actions reach when they are dealt out at random. */
@Timeout(120)
class ChanceTest {
    private static final List<Bar> BARS = Walks.momentum(7, 2_000, 0.35);

    private static EvaluationResult run(List<Bar> bars, FakeModel model) {
        return Evaluation.of(Walks.history(bars))
                .engine((builder, clock) -> builder.remote(model))
                .horizonBars(1)
                .costBps(0)
                .run();
    }

    @Test
    void isTheMeanOfAllOrders() {
        EvaluationResult result = run(BARS, Oracles.momentum());
        double[] moves = result.decisions().stream()
                .filter(Decided::isJudged)
                .mapToDouble(Decided::forwardReturn)
                .toArray();
        int[] sides = result.decisions().stream()
                .filter(Decided::isJudged)
                .mapToInt(Decided::side)
                .toArray();
        SplittableRandom random = new SplittableRandom(3);
        double hits = 0;
        double gains = 0;
        double signals = 0;
        for (int round = 0; round < 2_000; round++) {
            for (int i = sides.length - 1; i > 0; i--) { // Fisher and Yates
                int other = random.nextInt(i + 1);
                int side = sides[i];
                sides[i] = sides[other];
                sides[other] = side;
            }
            for (int i = 0; i < sides.length; i++) {
                hits += sides[i] * moves[i] > 0 ? 1 : 0;
                gains += sides[i] * moves[i];
                signals += Math.abs(sides[i]);
            }
        }
        Chance chance = Chance.of(result, "overall");
        assertThat(chance.hitRate()).isCloseTo(hits / signals, within(0.002));
        assertThat(chance.meanReturn()).isCloseTo(gains / signals, within(2e-5));
        SourceFigures overall = result.figures().get(result.figures().size() - 1);
        assertThat(chance.hitRate() + chance.hitsOver().value())
                .isCloseTo(overall.hitRate().value(), within(1e-9));
    }

    /** More than half of such signals are right, and that is worth nothing. */
    @Test
    void buyingAlwaysInARisingMarketIsNoTiming() {
        EvaluationResult rising = run(Walks.drifting(5, 2_000, 0.003), Oracles.saying(snapshot -> "BUY"));
        Chance chance = Chance.of(rising, "model");

        assertThat(chance.hitRate()).isGreaterThan(0.55);
        assertThat(chance.hitsOver().value()).isCloseTo(0, within(1e-9));
        assertThat(chance.returnOver().value()).isCloseTo(0, within(1e-9));
    }

    @Test
    void aPlantedEdgeIsOverIt() {
        Chance chance = Chance.of(run(BARS, Oracles.momentum()), "model");

        assertThat(chance.hitsOver().low()).isPositive();
        assertThat(chance.returnOver().low()).isPositive();
    }

    @Test
    void onARandomWalkTheDifferenceIsZeroAsOftenAsItsLevelSays() {
        int misses = 0;
        for (int seed = 0; seed < 20; seed++) {
            misses += Chance.of(run(Walks.random(100 + seed, 1_000), Oracles.momentum()), "rules")
                            .hitsOver()
                            .contains(0)
                    ? 0
                    : 1;
        }
        assertThat(misses).isLessThanOrEqualTo(4);
    }

    @Test
    void withoutASignalThereIsNothingToCompare() {
        Chance none = Chance.of(run(BARS, Oracles.momentum()), "cache");

        assertThat(none.hitRate()).isNaN();
        assertThat(none.hitsOver().value()).isNaN();
    }

    @Test
    void aSourceThatDoesNotExistIsRefused() {
        EvaluationResult result = run(BARS, Oracles.momentum());

        assertThatIllegalArgumentException().isThrownBy(() -> Chance.of(result, "remote"));
    }
}

package io.github.hybridinference.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whether the intervals mean what they say: no edge where there is none, and the one that was planted. */
@Timeout(120)
class EdgeTest {
    private static final int SEEDS = 20;
    private static final int BARS = 2_000;

    /** At a level of 95 % one of 20 is expected to miss; more than four would do so once in 400 such tests. */
    private static final int MOST_MISSES = 4;

    @Test
    void onARandomWalkNoSourceShowsAnEdgeMoreOftenThanItsLevelAllows() {
        Map<String, Integer> misses = new HashMap<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            for (SourceFigures source : figures(Walks.random(100 + seed, BARS), 4)) {
                misses.merge(source.source() + " mean", source.meanReturn().contains(0) ? 0 : 1, Integer::sum);
                misses.merge(source.source() + " hits", source.hitRate().contains(0.5) ? 0 : 1, Integer::sum);
                misses.merge(
                        source.source() + " Sharpe", source.portfolio().sharpe().contains(0) ? 0 : 1, Integer::sum);
            }
        }
        assertThat(misses).containsKeys("rules mean", "model mean", "overall Sharpe");
        assertThat(misses.values()).allMatch(count -> count <= MOST_MISSES, misses.toString());
    }

    @Test
    void aPlantedEdgeIsFound() {
        SourceFigures model = figures(Walks.momentum(7, BARS, 0.35), 1).stream()
                .filter(source -> source.source().equals("model"))
                .findFirst()
                .orElseThrow();
        assertThat(model.meanReturn().low()).isPositive();
        assertThat(model.hitRate().low()).isGreaterThan(0.5);
        assertThat(model.portfolio().sharpe().low()).isPositive();
    }

    private static List<SourceFigures> figures(List<Bar> bars, int horizonBars) {
        return Evaluation.of(Walks.history(bars))
                .engine((builder, clock) -> builder.remote(Oracles.momentum()))
                .horizonBars(horizonBars)
                .run()
                .figures();
    }
}

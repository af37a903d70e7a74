package io.github.hybridinference.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.EngineStats;
import io.github.hybridinference.EngineStats.Latency;
import io.github.hybridinference.budget.BudgetState;
import io.github.hybridinference.cache.CacheState;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.model.RuleVerdict;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Scenario.Reason;
import io.github.hybridinference.model.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnswerTableTest {

    private static final RuleVerdict BUY = RuleVerdict.of(Action.BUY, 0.7, RiskLevel.LOW, "because");
    private static final RuleVerdict HOLD = RuleVerdict.of(Action.HOLD, 0.7, RiskLevel.LOW, "because");

    @Test
    void countsBySourceAndReason() {
        Tally tally = new Tally();
        tally.add(local(BUY));
        tally.add(local(HOLD));
        tally.add(local(HOLD));
        tally.add(Inference.fallback(
                () -> "id", BUY, Scenario.complex(Reason.UNDECIDED), Degradation.TIMEOUT, null, 0, 1));
        Map<Source, Latency> latency = Map.of(
                Source.LOCAL, new Latency(3, 600, 1_250, 1_250),
                Source.FALLBACK, new Latency(1, 2_000_000, 3_000_000_000L, 3_000_000_000L));

        assertThat(AnswerTable.lines(tally, stats(latency), new AnsiText(false)))
                .containsExactly(
                        "  reason            LOCAL  REMOTE  CACHE  FALLBACK  all   share",
                        "  DECISIVE_RULES        3       -      -         -    3  75.0 %",
                        "  UNDECIDED             -       -      -         1    1  25.0 %",
                        "  all                   3       -      -         1    4",
                        "  share            75.0 %       -      -    25.0 %",
                        "  HOLD among them  66.7 %       -      -     0.0 %",
                        "  latency p50      0.6 us       -      -    2.0 ms",
                        "  latency p99      1.3 us       -      -     3.0 s");
    }

    private static Inference local(RuleVerdict rules) {
        return Inference.local(() -> "id", rules, Scenario.simple(Reason.DECISIVE_RULES), null, 0, 1);
    }

    private static EngineStats stats(Map<Source, Latency> latency) {
        BudgetState budget = new BudgetState(OptionalLong.empty(), 0, 0);
        CacheState cache = new CacheState("none", 0, 0, 0, 0, 0, 0, Optional.empty(), List.of());
        return new EngineStats(
                4, 3, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of(), 0, Set.of(), Map.of(), Map.of(), Map.of(),
                latency, budget, cache);
    }
}

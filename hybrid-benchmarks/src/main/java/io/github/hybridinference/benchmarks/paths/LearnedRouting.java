package io.github.hybridinference.benchmarks.paths;

import io.github.hybridinference.classify.RouterModel;
import io.github.hybridinference.classify.ScenarioClassifier;
import io.github.hybridinference.local.LocalRuleModel;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RuleVerdict;
import io.github.hybridinference.model.Scenario;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What the learned classifier adds for a complex scenario, the fixed table included, by price and with all inputs there; the
 * floor adds as many products and takes the exponential.
 */
@State(Scope.Thread)
public class LearnedRouting {
    private static final int SIZE = 64;

    private final ScenarioClassifier classifier =
            ScenarioClassifier.learned(model()).valuing(1_000, ms -> 100_000);
    private final MarketSnapshot[] snapshots = new MarketSnapshot[SIZE];
    private final RuleVerdict[] verdicts = new RuleVerdict[SIZE];
    private final double[][] rows = new double[SIZE][RouterModel.inputNames().size()];
    private final double[] weights = new double[RouterModel.inputNames().size()];
    private int next;

    public LearnedRouting() {
        LocalRuleModel rules = LocalRuleModel.standard();
        for (int i = 0; i < SIZE; i++) {
            snapshots[i] = Samples.twelve(45.1 + i / 10.0)
                    .feature("stoch_k", i)
                    .feature("price_change_pct", i / 100.0)
                    .build();
            verdicts[i] = rules.evaluate(snapshots[i]);
            rows[i] = RouterModel.inputs(snapshots[i], verdicts[i], Scenario.Reason.NEUTRAL_RSI);
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] = 0.01 * (i - 8);
        }
    }

    private static RouterModel model() {
        String features = RouterModel.inputNames().stream()
                .map(name -> "{\"name\":\"" + name + "\",\"mean\":1,\"deviation\":20,\"weight\":0.1}")
                .collect(Collectors.joining(","));
        String hours = "{\"scenarios\":0,\"probabilities\":[]},".repeat(23) + "{\"scenarios\":0,\"probabilities\":[]}";
        return RouterModel.parse(
                "{\"format\":2,\"trained\":\"2026-11-28\",\"timeframe\":\"1h\",\"examples\":1,\"intercept\":0,"
                        + "\"features\":[" + features + "],\"calibration\":{\"slope\":1,\"shift\":0},"
                        + "\"gain_bps\":{\"all\":1,\"by_reason\":{}},\"threshold\":{\"probability\":0.5},\"hours\":["
                        + hours + "]}");
    }

    @Benchmark
    public Scenario classify() {
        int at = next++ & SIZE - 1;
        return classifier.classify(snapshots[at], verdicts[at]);
    }

    @Benchmark
    public double byHand() {
        double[] row = rows[next++ & SIZE - 1];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * row[i];
        }
        return 1 / (1 + Math.exp(-sum));
    }
}

package io.github.hybridinference.benchmarks.paths;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.classify.ScenarioClassifier;
import io.github.hybridinference.local.LocalRuleModel;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Scenario;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/** What the rules answer, through the engine and without it; the floor judges by hand and reads the clock twice. */
@State(Scope.Benchmark)
public class Local {
    private final InferenceEngine engine = InferenceEngine.builder().build();
    private final LocalRuleModel rules = LocalRuleModel.standard();
    private final ScenarioClassifier classifier = ScenarioClassifier.thresholds();

    @Benchmark
    public Inference engine(SimpleScenarios simple) {
        return engine.infer(simple.snapshot());
    }

    @Benchmark
    @Threads(2)
    public Inference engineOnTwoThreads(SimpleScenarios simple) {
        return engine.infer(simple.snapshot());
    }

    @Benchmark
    public Object byHand(SimpleScenarios simple) {
        return HandWrittenRules.judge(simple.figures(), System.nanoTime(), true);
    }

    @Benchmark
    @Threads(2)
    public Object byHandOnTwoThreads(SimpleScenarios simple) {
        return HandWrittenRules.judge(simple.figures(), System.nanoTime(), true);
    }

    @Benchmark
    public Scenario rules(SimpleScenarios simple) {
        MarketSnapshot snapshot = simple.snapshot();
        return classifier.classify(snapshot, rules.evaluate(snapshot));
    }

    @Benchmark
    public Object rulesByHand(SimpleScenarios simple) {
        return HandWrittenRules.judge(simple.figures(), 0, false);
    }

    @TearDown
    public void close() {
        engine.close();
    }
}

package io.github.hybridinference.eval;

import io.github.hybridinference.EngineStats;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.classify.ScenarioClassifier;
import io.github.hybridinference.eval.internal.SetOnce;
import io.github.hybridinference.eval.journal.Recording;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.remote.ModelIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;

/**
 * Runs an engine over a history, one inference at the close of each bar as a live service would, and measures its
 * signals against what the market did next.
 *
 * <pre>{@code
 * History history = History.of(bars, Timeframe.H1, snapshots);
 * EvaluationResult result = Evaluation.of(history)
 *         .engine((builder, clock) -> builder.remote(model).listener(journal))
 *         .horizonBars(4)
 *         .costBps(5)
 *         .run();
 * EvaluationResult again = Evaluation.of(history).replaying(Recording.read(folder)).horizonBars(4).costBps(5).run();
 * }</pre>
 *
 * <p>One inference at a time: with several in progress the engine's clock could not show the time of each, and the
 * lifetime of cached answers would depend on the speed of the machine. A signal given at the close of a bar is filled
 * at the open of the next. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class Evaluation {
    private final History history;
    private final SetOnce set = new SetOnce();
    private EngineSetup setup = (builder, clock) -> builder;
    private ScenarioClassifier classifier = ScenarioClassifier.thresholds();
    private IntConsumer progress = done -> {};
    private int horizonBars = 1;
    private double costBps;

    private Evaluation(History history) {
        this.history = Objects.requireNonNull(history, "history");
    }

    /**
     * Starts an evaluation.
     *
     * @param history bars and snapshots
     * @return an evaluation of an engine without a model, with a horizon of one bar and no cost
     */
    public static Evaluation of(History history) {
        return new Evaluation(history);
    }

    /**
     * Sets the engine to be evaluated.
     *
     * @param engine configures it
     * @return this evaluation
     * @throws IllegalStateException if it was already set
     */
    public Evaluation engine(EngineSetup engine) {
        Objects.requireNonNull(engine, "engine");
        set.mark("engine");
        setup = engine;
        return this;
    }

    /**
     * Evaluates an engine whose model answers from a journal. Its clock is that of the bars, its randomness that of the
     * recorded engine, and its nano clock stands still, so that nothing depends on the machine.
     *
     * @param recording what was recorded
     * @return this evaluation
     * @throws IllegalArgumentException if it holds answers of more than one model
     * @throws IllegalStateException if the engine was already set
     */
    public Evaluation replaying(Recording recording) {
        List<ModelIdentity> models = List.copyOf(recording.models());
        if (models.size() > 1) {
            throw new IllegalArgumentException(
                    "the recording holds answers of several models: call engine(..) and choose one");
        }
        RandomGenerator random = recording.random();
        return engine((builder, clock) -> {
            builder.nanoClock(() -> 0).random(random);
            models.forEach(model -> builder.remote(recording.replaying(model, clock)));
            return builder;
        });
    }

    /**
     * Sets the engine's classifier; the default is {@link ScenarioClassifier#thresholds()}.
     *
     * @param decider the classifier
     * @return this evaluation
     * @throws IllegalStateException if it was already set
     */
    public Evaluation classifier(ScenarioClassifier decider) {
        Objects.requireNonNull(decider, "classifier");
        set.mark("classifier");
        classifier = decider;
        return this;
    }

    /**
     * Sets the horizon over which a signal is judged, in bars; the default is 1.
     *
     * @param bars positive
     * @return this evaluation
     * @throws IllegalStateException if it was already set
     */
    public Evaluation horizonBars(int bars) {
        if (bars < 1) {
            throw new IllegalArgumentException("horizonBars must be positive");
        }
        set.mark("horizonBars");
        horizonBars = bars;
        return this;
    }

    /**
     * Sets the cost of changing the position; the default is 0.
     *
     * @param bps basis points of the traded amount, not negative: fees, half the spread, slippage
     * @return this evaluation
     * @throws IllegalStateException if it was already set
     */
    public Evaluation costBps(double bps) {
        if (!(bps >= 0 && bps < 10_000)) {
            throw new IllegalArgumentException("costBps must be in [0, 10000)");
        }
        set.mark("costBps");
        costBps = bps;
        return this;
    }

    /**
     * Sets a callback for progress; the default does nothing.
     *
     * @param done receives the number of bars done
     * @return this evaluation
     * @throws IllegalStateException if it was already set
     */
    public Evaluation progress(IntConsumer done) {
        Objects.requireNonNull(done, "progress");
        set.mark("progress");
        progress = done;
        return this;
    }

    /**
     * Runs the evaluation. Blocks until the last answer of the model.
     *
     * @return the decisions and their performance
     */
    public EvaluationResult run() {
        List<MarketSnapshot> questions = history.questions();
        List<Decided> decisions = new ArrayList<>(questions.size());
        BarClock clock = new BarClock(questions.get(0).time());
        EngineStats stats;
        try (InferenceEngine engine = setup.configure(
                        InferenceEngine.builder().clock(clock).classifier(classifier), clock)
                .build()) {
            engine.warmUp();
            for (int i = 0; i < questions.size(); i++) {
                MarketSnapshot question = questions.get(i);
                clock.advanceTo(question.time());
                Inference answer = engine.infer(question);
                decisions.add(new Decided(i, answer, history.forwardReturn(i, horizonBars)));
                progress.accept(i + 1);
            }
            stats = engine.stats();
        }
        return new EvaluationResult(history, List.copyOf(decisions), stats, horizonBars, costBps);
    }
}

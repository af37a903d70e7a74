package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.budget.BudgetDecision;
import io.github.hybridinference.budget.BudgetState;
import io.github.hybridinference.eval.journal.JournalEntry;
import io.github.hybridinference.eval.journal.Recording;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.AssetClass;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Provenance;
import io.github.hybridinference.model.Resolution;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.model.TradingSignal;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.ModelIdentity;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Made-up journals of a market that an oracle could read: the mood in the snapshot foretells the next move, up or down by
 * one percent, and the number of the question stands beside it.
 */
final class Exams {
    static final ModelIdentity RECORDED = new ModelIdentity("recorded-model", "p1", "");
    static final String SYMBOL = "CANARY-USDT";
    private static final Feature TRUTH = Feature.SENTIMENT_SCORE;
    private static final double MOVE = 0.01;

    private Exams() {}

    /** Outcomes as the mood foretold them. */
    static Outcomes truth(Duration horizon) {
        return new Outcomes() {
            @Override
            public double forwardReturn(JournalEntry entry) {
                return MOVE * Math.signum(entry.snapshot().get(TRUTH));
            }

            @Override
            public Duration horizon() {
                return horizon;
            }
        };
    }

    static Recording recording(int size) {
        List<JournalEntry> entries = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(size);
        for (int i = 0; i < size; i++) {
            AnonymizedSnapshot snapshot = snapshot(i, random.nextBoolean());
            entries.add(entry(i, snapshot, new SplittableRandom(i).nextBoolean() ? Action.BUY : Action.SELL));
        }
        return Recording.of(entries);
    }

    static Exam exam(int size) {
        return Exam.of(recording(size), truth(Duration.ofHours(1)), 5);
    }

    /** A budget that grants nothing, for one reason. */
    static Budget refusing(BudgetDecision.Refused reason) {
        return new Budget() {
            @Override
            public CompletionStage<BudgetDecision> reserve(OptionalLong worstNanoUsd, Instant now) {
                return CompletableFuture.completedFuture(reason);
            }

            @Override
            public BudgetState state(Instant now) {
                return Budget.unlimited().state(now);
            }
        };
    }

    static Instant bar(int number) {
        return ManualTime.START.plus(Duration.ofHours(number));
    }

    private static AnonymizedSnapshot snapshot(int number, boolean rises) {
        return AnonymizedSnapshot.builder(Timeframe.H1, Resolution.COARSE)
                .assetClass(AssetClass.CRYPTO)
                .put(TRUTH, rises ? 0.5 : -0.5)
                .put(Feature.of("consecutive_up"), number % 100)
                .put(Feature.of("consecutive_down"), Math.floorDiv(number, 100))
                .put(Feature.PRICE_CHANGE_PCT, -0.4)
                .build();
    }

    /** A complex scenario that the recorded model answered. */
    static JournalEntry entry(int number, AnonymizedSnapshot snapshot, Action action) {
        return entry(bar(number), number, snapshot, action);
    }

    private static JournalEntry entry(Instant close, int number, AnonymizedSnapshot snapshot, Action action) {
        TradingSignal signal = signal(action, 0.7);
        return new JournalEntry(
                "decision-" + number,
                close,
                Optional.of(SYMBOL),
                snapshot,
                Scenario.complex(Scenario.Reason.NEUTRAL_RSI),
                new JournalEntry.Rules(signal(Action.HOLD, 0.3), 0, 0, 0),
                Optional.of(signal),
                Source.REMOTE,
                Optional.empty(),
                Optional.of(RECORDED),
                Optional.of(
                        new Provenance("recorded-model-1", "p1", close, new Usage(0, 90, 20, 0, OptionalLong.of(7)))),
                Duration.ofMillis(100 + number % 10),
                false);
    }

    /** A complex scenario at the close of some bar. */
    static JournalEntry at(Instant close, int number) {
        return entry(close, number, snapshot(number, number % 2 == 0), Action.BUY);
    }

    /** The same scenario without an answer of the model. */
    static JournalEntry unanswered(JournalEntry entry) {
        return new JournalEntry(
                entry.decisionId(),
                entry.barTime(),
                entry.symbol(),
                entry.snapshot(),
                entry.scenario(),
                entry.rules(),
                Optional.empty(),
                Source.FALLBACK,
                Optional.of(Degradation.TIMEOUT),
                Optional.empty(),
                Optional.empty(),
                entry.latency(),
                false);
    }

    private static TradingSignal signal(Action action, double confidence) {
        return new TradingSignal(
                action, confidence, RiskLevel.LOW, OptionalDouble.of(2), OptionalDouble.of(4), "The mood \"decides\".");
    }

    /** A model that reads the mood rightly with some probability, by a dice of its own for each question. */
    static FakeModel right(String name, double share) {
        return answering(name, snapshot -> {
            long number = Math.round(
                    snapshot.get(Feature.of("consecutive_up")) + 100 * snapshot.get(Feature.of("consecutive_down")));
            boolean reads = new SplittableRandom(number * 31 + name.hashCode()).nextDouble() < share;
            return snapshot.get(TRUTH) > 0 == reads ? "BUY" : "SELL";
        });
    }

    static FakeModel answering(String name, Function<AnonymizedSnapshot, String> action) {
        return new FakeModel(name)
                .always(exchange -> exchange.reply(
                        Engines.saying(action.apply(exchange.request().snapshot()))));
    }
}

package io.github.hybridinference.eval.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ShadowTest {
    private static final Instant START = ManualTime.START;

    private final FakeModel liveModel = new FakeModel("live").always(FakeModel.replying(Engines.saying("BUY")));
    private final FakeModel candidateModel =
            new FakeModel("candidate").always(FakeModel.replying(Engines.saying("BUY")));

    private Shadow shadow(double share) {
        return Shadow.of(Engines.asking(candidateModel), Budget.unlimited())
                .share(share)
                .start(Runnable::run);
    }

    private InferenceEngine live(Shadow shadow) {
        return Engines.asking(liveModel).listener(shadow).build();
    }

    private static Instant bar(int number) {
        return START.plus(Duration.ofHours(number));
    }

    @Test
    void tellsHowOftenTheCandidateAgreesAndWhatItCosts() {
        candidateModel
                .then(FakeModel.replying(Engines.saying("BUY")))
                .then(FakeModel.replying(Engines.saying("SELL")))
                .then(FakeModel.replying(Engines.saying("HOLD", OptionalLong.of(7 * Engines.COST))));
        try (Shadow shadow = shadow(1);
                InferenceEngine engine = live(shadow)) {
            for (int i = 0; i < 3; i++) {
                assertThat(engine.infer(Engines.hard("X", bar(i))).signal().action())
                        .isEqualTo(Action.BUY);
            }
            ShadowReport report = shadow.report();
            assertThat(report.compared()).isEqualTo(3);
            assertThat(report.agreement()).isEqualTo(1 / 3.0, within(1e-12));
            assertThat(report.actions().get(Action.BUY).get(Action.SELL)).isEqualTo(1);
            assertThat(report.live().costNanoUsd()).hasValue(3 * Engines.COST);
            assertThat(report.candidate().costNanoUsd()).hasValue(9 * Engines.COST);
            assertThat(report.candidate().medianNanos()).isPositive();
            assertThat(report.candidate().p99Nanos())
                    .isGreaterThanOrEqualTo(report.candidate().medianNanos());
        }
    }

    @Test
    void countsFallbacksAndKeepsThemOutOfTheAgreement() {
        candidateModel.then(FakeModel.failing(Reason.REJECTED));
        try (Shadow shadow = shadow(1);
                InferenceEngine engine = live(shadow)) {
            for (int i = 0; i < 4; i++) {
                engine.infer(Engines.hard("X", bar(i)));
            }
            ShadowReport report = shadow.report();
            assertThat(report.answers()).isEqualTo(4);
            assertThat(report.compared()).isEqualTo(3);
            assertThat(report.agreement()).isEqualTo(1);
            assertThat(report.candidate().sources())
                    .containsEntry(Source.FALLBACK, 1L)
                    .containsEntry(Source.REMOTE, 3L);
            assertThat(report.live().sources()).containsEntry(Source.FALLBACK, 0L);
        }
    }

    @Test
    void spendsFromItsOwnBudgetAlone() {
        candidateModel.quoting(() -> OptionalLong.of(Engines.COST));
        Budget two = Budget.perDay("0.000002");
        try (Shadow shadow =
                        Shadow.of(Engines.asking(candidateModel), two).share(1).start(Runnable::run);
                InferenceEngine engine = live(shadow)) {
            for (int i = 0; i < 5; i++) {
                assertThat(engine.infer(Engines.hard("X", bar(i))).source()).isEqualTo(Source.REMOTE);
            }
            assertThat(shadow.report().candidate().costNanoUsd()).hasValue(2 * Engines.COST);
            assertThat(shadow.report().candidate().sources()).containsEntry(Source.FALLBACK, 3L);
        }
        assertThat(candidateModel.attempts()).isEqualTo(2);
    }

    @Test
    void neverHoldsUpTheLiveEngineAndDropsWhatIsTooMuch() {
        candidateModel.always(open -> {});
        try (Shadow shadow = Shadow.of(Engines.asking(candidateModel), Budget.unlimited())
                        .share(1)
                        .maxInFlight(1)
                        .queueSize(2)
                        .start();
                InferenceEngine engine = live(shadow)) {
            for (int i = 0; i < 20; i++) {
                assertThat(engine.infer(Engines.hard("X", bar(i))).source()).isEqualTo(Source.REMOTE);
            }
            // one is open, one waits for it, two stand in the queue, as far as the thread has got
            assertThat(shadow.report().dropped()).isBetween(16L, 18L);
        }
    }

    @Test
    void outlivesACandidateThatThrows() {
        try (Shadow shadow = Shadow.of(
                                Engines.asking(candidateModel).rules(broken -> {
                                    throw new IllegalStateException("broken on purpose");
                                }),
                                Budget.unlimited())
                        .share(1)
                        .start(Runnable::run);
                InferenceEngine engine = live(shadow)) {
            Inference answer = engine.infer(Engines.hard("X", bar(0)));
            assertThat(answer.source()).isEqualTo(Source.REMOTE);
            assertThat(answer.degradation()).isEmpty();
            assertThat(shadow.report().answers()).isEqualTo(1);
        }
    }

    @Test
    void samplesTheSameBarsInEveryRun() {
        long first = asked(0.25);
        long again = asked(0.25);
        assertThat(first).isBetween(200L, 300L).isEqualTo(again);
    }

    private long asked(double share) {
        try (Shadow shadow = shadow(share);
                InferenceEngine engine = live(shadow)) {
            for (int i = 0; i < 1_000; i++) {
                engine.infer(Engines.plain("X", bar(i)));
            }
            return shadow.report().answers();
        }
    }

    @Test
    void dropsWhatIsOpenWhenItIsClosed() {
        candidateModel.always(open -> {});
        Shadow shadow = shadow(1);
        try (InferenceEngine engine = live(shadow)) {
            engine.infer(Engines.hard("X", bar(0)));
            shadow.close();
            engine.infer(Engines.hard("X", bar(1)));
        }
        assertThat(shadow.report().answers()).isZero();
        assertThat(shadow.report().dropped()).isEqualTo(2);
        assertThat(candidateModel.cancellations()).isEqualTo(1);
    }

    @Test
    void insistsOnABudgetOfItsOwn() {
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> Shadow.of(Engines.asking(candidateModel).budget(Budget.unlimited()), Budget.perDay("1")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shadow.of(Engines.asking(candidateModel), Budget.unlimited())
                        .share(0));
    }
}

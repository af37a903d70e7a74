package io.github.hybridinference.eval.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.ManualTime;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two equal engines, of which B times out on the worst fifth of the days. */
class AbFallbackTest {
    private static final LocalDate FIRST = LocalDate.ofInstant(ManualTime.START, ZoneOffset.UTC);
    private static final double WORST_FIFTH = -0.8416;

    private static Inference answer(FakeModel model) {
        try (InferenceEngine engine = Engines.asking(model).build()) {
            return engine.infer(Engines.hard("BTC-USDT", ManualTime.START));
        }
    }

    private static int falseFindings(int runs, int days) {
        Inference ofModel = answer(new FakeModel().always(FakeModel.replying(Engines.saying("BUY"))));
        Inference fallback = answer(new FakeModel().always(FakeModel.failing(Reason.TIMEOUT)));
        assertThat(fallback.source()).isEqualTo(Source.FALLBACK);
        int found = 0;
        try (InferenceEngine engine = Engines.asking(new FakeModel()).build()) {
            for (int run = 0; run < runs; run++) {
                SplittableRandom random = new SplittableRandom(run);
                Assignment assignment = new Assignment("run " + run, 0.5);
                AbTest test = AbTest.between(engine, engine)
                        .name("run " + run)
                        .outcomes(-5, 5)
                        .start();
                for (int day = 0; day < days; day++) {
                    LocalDate date = FIRST.plusDays(day);
                    double market = random.nextGaussian();
                    Arm arm = assignment.armOf("BTC-USDT", date);
                    boolean timedOut = arm == Arm.B && market < WORST_FIFTH;
                    test.record(new AbAnswer(arm, timedOut ? fallback : ofModel, "BTC-USDT", date), 1.5 * market);
                }
                found += test.report().better().equals(Optional.empty()) ? 0 : 1;
            }
        }
        return found;
    }

    @Test
    void timeoutsOnBadDaysDoNotMakeASideBetter() {
        assertThat(falseFindings(100, 1_500)).isLessThanOrEqualTo(5);
    }

    @Test
    @Tag("long")
    void timeoutsOnBadDaysDoNotMakeASideBetterInManyTests() {
        int found = falseFindings(2_000, 3_000);
        System.out.println(
                "A/B, equal engines, time-outs on B's worst fifth: " + found + " of 2,000 tests found a difference");
        assertThat(found).isLessThanOrEqualTo(100);
    }
}

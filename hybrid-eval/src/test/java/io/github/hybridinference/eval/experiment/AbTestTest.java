package io.github.hybridinference.eval.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AbTestTest {
    private static final Instant START = ManualTime.START;

    private final FakeModel buyer = new FakeModel().always(FakeModel.replying(Engines.saying("BUY")));
    private final FakeModel seller = new FakeModel().always(FakeModel.replying(Engines.saying("SELL")));
    private final InferenceEngine a = Engines.asking(buyer).build();
    private final InferenceEngine b = Engines.asking(seller).build();
    private final AbTest test = AbTest.between(a, b).name("t").outcomes(-2, 2).start();

    @AfterEach
    void closeEngines() {
        a.close();
        b.close();
    }

    private AbAnswer ask(int day, int hour) {
        return test.infer(
                Engines.hard("BTC-USDT", START.plus(Duration.ofDays(day)).plus(Duration.ofHours(hour))));
    }

    @Test
    void staysWithOneSideForADay() {
        boolean[] seen = new boolean[2];
        for (int day = 0; day < 20; day++) {
            AbAnswer first = ask(day, 0);
            seen[first.arm().ordinal()] = true;
            for (int hour = 1; hour < 11; hour++) {
                assertThat(ask(day, hour).arm()).isEqualTo(first.arm());
            }
        }
        assertThat(seen).containsExactly(true, true);
    }

    @Test
    void asksTheEngineThatWasDrawn() {
        for (int day = 0; day < 20; day++) {
            AbAnswer answer = ask(day, 0);
            assertThat(answer.inference().signal().action())
                    .isEqualTo(answer.arm() == Arm.A ? Action.BUY : Action.SELL);
            AbAnswer later = test.inferAsync(Engines.hard("BTC-USDT", START.plus(Duration.ofDays(day))))
                    .join();
            assertThat(later.arm()).isEqualTo(answer.arm());
        }
        AbReport report = test.report();
        assertThat(report.a().answers() + report.b().answers()).isEqualTo(40);
        assertThat(report.b().costNanoUsd()).hasValue(report.b().answers() * Engines.COST);
    }

    @Test
    void findsTheSideThatEarnsMore() {
        for (int day = 0; day < 300; day++) {
            AbAnswer answer = ask(day, 0);
            test.record(answer, answer.arm() == Arm.A ? 0.5 : -0.5);
        }
        AbReport report = test.report();
        assertThat(report.better()).contains(Arm.A);
        assertThat(report.betterAfter()).isBetween(1L, 299L);
        assertThat(report.difference().contains(-1)).isTrue();
        assertThat(report.a().meanOutcome()).isEqualTo(0.5);
        assertThat(report.a().days() + report.b().days()).isEqualTo(299);
    }

    @Test
    void leavesFallbackAnswersOutAndCountsThem() {
        seller.always(FakeModel.failing(Reason.REJECTED));
        for (int day = 0; day < 40; day++) {
            AbAnswer answer = ask(day, 0);
            assertThat(answer.inference().source()).isEqualTo(answer.arm() == Arm.A ? Source.REMOTE : Source.FALLBACK);
            test.record(answer, 1);
        }
        AbReport report = test.report();
        assertThat(report.b().fallbacks()).isPositive().isEqualTo(report.b().answers());
        assertThat(report.b().fallbackShare()).isEqualTo(1);
        assertThat(report.b().outcomes()).isZero();
        assertThat(report.a().fallbacks()).isZero();
        assertThat(report.a().outcomes()).isEqualTo(report.a().answers());
    }

    @Test
    void cutsOutcomesToTheBoundsAndCountsThem() {
        test.record(ask(0, 0), 17);
        test.record(ask(1, 0), -17);
        test.record(ask(2, 0), 2);
        AbReport report = test.report();
        assertThat(report.clamped()).isEqualTo(2);
        assertThat(report.a().days() + report.b().days()).isEqualTo(2);
        assertThatIllegalArgumentException().isThrownBy(() -> test.record(ask(3, 0), Double.NaN));
    }

    @Test
    void doesNotTakeAnUnknownPriceForZero() {
        buyer.always(FakeModel.replying(Engines.saying("BUY", OptionalLong.empty())));
        for (int day = 0; day < 10; day++) {
            ask(day, 0);
        }
        assertThat(test.report().a().costNanoUsd()).isEmpty();
        assertThat(test.report().b().costNanoUsd()).isPresent();
    }

    @Test
    void refusesSettingsThatMakeNoTest() {
        AbTestBuilder builder = AbTest.between(a, b);
        assertThatIllegalArgumentException().isThrownBy(() -> builder.shareOfB(0));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.outcomes(1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.level(1));
    }
}

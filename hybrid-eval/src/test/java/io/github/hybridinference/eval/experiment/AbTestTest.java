package io.github.hybridinference.eval.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.ManualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        assertThat(report.betterAfter()).isBetween(1L, 298L);
        assertThat(report.difference().contains(-1)).isTrue();
        assertThat(report.a().meanOutcome()).isEqualTo(0.5);
        assertThat(report.a().days() + report.b().days()).isEqualTo(298);
    }

    @Test
    void countsFallbackAnswersForTheSideTheyWereAssignedTo() {
        seller.always(FakeModel.failing(Reason.REJECTED));
        for (int day = 0; day < 40; day++) {
            AbAnswer answer = ask(day, 0);
            assertThat(answer.inference().source()).isEqualTo(answer.arm() == Arm.A ? Source.REMOTE : Source.FALLBACK);
            test.record(answer, 1);
        }
        AbReport report = test.report();
        assertThat(report.b().fallbacks()).isPositive().isEqualTo(report.b().answers());
        assertThat(report.b().fallbackShare()).isEqualTo(1);
        assertThat(report.b().outcomes()).isEqualTo(report.b().answers());
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
        assertThat(report.a().days() + report.b().days()).isEqualTo(1);
        test.recordBoth(ask(2, 1), 3, -3);
        assertThat(test.report().clamped()).isEqualTo(4);
        assertThatIllegalArgumentException().isThrownBy(() -> test.recordBoth(ask(3, 0), 1, Double.NaN));
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
    void refusesTheAnswerOfAnotherTest() {
        AbTest other = AbTest.between(a, b).name("other").start();
        assertThatIllegalArgumentException().isThrownBy(() -> {
            for (int day = 0; day < 20; day++) {
                other.record(ask(day, 0), 1);
            }
        });
    }

    @Test
    void continuesItsTallyAfterARestart(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("tally");
        AbTest kept = AbTest.between(a, b).name("t").outcomes(-2, 2).start(file);
        for (int day = 0; day < 60; day++) {
            AbAnswer answer = kept.infer(Engines.hard("BTC-USDT", START.plus(Duration.ofDays(day))));
            if (day % 3 == 0) {
                kept.record(answer, Math.sin(day) * 3);
            } else {
                kept.recordBoth(answer, Math.sin(day), Math.cos(day));
            }
            if (day % 20 == 0) {
                AbReport before = kept.report();
                kept = AbTest.between(a, b).name("t").outcomes(-2, 2).start(file);
                assertThat(kept.report()).isEqualTo(before);
            }
        }
        kept.countOpenDays();
        AbTest again = AbTest.between(a, b).name("t").outcomes(-2, 2).start(file);
        assertThat(again.report()).isEqualTo(kept.report());
        assertThat(again.report().a().days() + again.report().b().days()).isEqualTo(60);
        assertThat(again.report().pairedDays()).isEqualTo(40);
    }

    @Test
    void dropsATornLineOfItsTallyAndRefusesWhatItCannotRead(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("tally");
        AbTestBuilder builder = AbTest.between(a, b).name("t").outcomes(-2, 2);
        AbTest kept = builder.start(file);
        kept.record(kept.infer(Engines.hard("BTC-USDT", START)), 1);
        String whole = Files.readString(file);
        Files.writeString(file, whole + whole.substring(whole.indexOf('\n') + 1, whole.length() - 5));
        assertThat(builder.start(file).report()).isEqualTo(kept.report());
        assertThat(file).hasContent(whole);

        assertThatIllegalStateException()
                .isThrownBy(() -> AbTest.between(a, b).name("t").outcomes(-3, 2).start(file))
                .withMessageContaining("another file");
        Files.writeString(file, whole + "{\"format\":2,\"symbol\":\"CANARY\"}\n");
        assertThatThrownBy(() -> builder.start(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 3")
                .hasMessageContaining("version 2")
                .hasMessageNotContaining("CANARY");
        for (String foreign : List.of("hello", "{}", "[]", "{\"format\":1}", "{\"format\":1,\"arm\":\"C\"}")) {
            Files.writeString(file, whole + foreign + "\n");
            assertThatThrownBy(() -> builder.start(file))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("line 3");
        }
    }

    /** A full disk can take half of a line; what it took was not counted. */
    @Test
    void aLineThatWasWrittenInPartDoesNotSpoilTheNextOne(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("tally.jsonl");
        AbTest kept = AbTest.between(a, b).name("t").outcomes(-2, 2).start(file);
        kept.record(ask(0, 0), 0.5);
        String whole = Files.readString(file);
        Files.writeString(file, whole + "{\"format\":1,\"symbol\":\"BTC-US");

        kept.record(ask(1, 0), 0.25);
        kept.record(ask(2, 0), -0.25);
        kept.record(ask(3, 0), 1);

        AbReport restarted =
                AbTest.between(a, b).name("t").outcomes(-2, 2).start(file).report();
        assertThat(restarted.difference()).isEqualTo(kept.report().difference());
        assertThat(restarted.a().outcomes() + restarted.b().outcomes()).isEqualTo(4);
        assertThat(Files.readAllLines(file)).hasSize(5);
    }

    @Test
    void aTallyThatBecameShorterIsNotWrittenOnTo(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("tally.jsonl");
        AbTest kept = AbTest.between(a, b).name("t").outcomes(-2, 2).start(file);
        Files.writeString(file, "");

        assertThatThrownBy(() -> kept.record(ask(0, 0), 0.5))
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseMessage("the tally is shorter than this test has left it");
        assertThat(kept.report().a().outcomes() + kept.report().b().outcomes()).isZero();
        assertThat(file).isEmptyFile();
    }

    @Test
    void plansFromOutcomesOfThePast() {
        double[] past = new SplittableRandom(1).doubles(500, -1, 1).toArray();
        AbTestBuilder builder = AbTest.between(a, b).outcomes(-2, 2);
        AbPlan small = builder.plan(0.1, past);
        AbPlan large = builder.plan(0.4, past);
        assertThat(large.medianDays().orElseThrow())
                .isLessThan(small.medianDays().orElseThrow() / 4);
        assertThat(large.safeDays().orElseThrow())
                .isGreaterThan(large.medianDays().orElseThrow());
        assertThat(builder.planPaired(0.4, past).medianDays().orElseThrow())
                .isLessThan(large.medianDays().orElseThrow());
        assertThat(builder.plan(0.001, past).medianDays()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> builder.plan(0, past));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.plan(0.1, 1, 2, 3));
    }

    @Test
    void refusesSettingsThatMakeNoTest() {
        AbTestBuilder builder = AbTest.between(a, b);
        assertThatIllegalArgumentException().isThrownBy(() -> builder.shareOfB(0));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.outcomes(1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.level(1));
    }
}

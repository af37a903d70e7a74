package io.github.hybridinference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small values: signals, usage, deadlines, timeframes, scenarios. */
class ValuesTest {
    private static TradingSignal signal(double confidence, OptionalDouble stop, OptionalDouble target) {
        return new TradingSignal(Action.BUY, confidence, RiskLevel.LOW, stop, target, "canary");
    }

    @Test
    void aSignalStaysInItsRanges() {
        OptionalDouble none = OptionalDouble.empty();
        assertThat(signal(0, none, none).confidence()).isZero();
        assertThat(signal(1, OptionalDouble.of(50), OptionalDouble.of(Double.MIN_VALUE))
                        .stopLossPct())
                .hasValue(50);
        for (double confidence : new double[] {-0.01, 1.01, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> signal(confidence, none, none))
                    .withMessage("confidence lies in [0, 1]");
        }
        for (double distance : new double[] {0, -1, 50.01, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> signal(1, OptionalDouble.of(distance), none))
                    .withMessage("stopLossPct lies in (0, 50] percent");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> signal(1, none, OptionalDouble.of(distance)))
                    .withMessage("takeProfitPct lies in (0, 50] percent");
        }
        assertThatNullPointerException().isThrownBy(() -> new TradingSignal(null, 1, RiskLevel.LOW, none, none, ""));
        assertThatNullPointerException().isThrownBy(() -> new TradingSignal(Action.BUY, 1, null, none, none, ""));
        assertThatNullPointerException()
                .isThrownBy(() -> new TradingSignal(Action.BUY, 1, RiskLevel.LOW, none, none, null));
    }

    @Test
    void aSignalLowersItsConfidenceButNeverRaisesIt() {
        TradingSignal sure = signal(0.8, OptionalDouble.of(1), OptionalDouble.of(2));
        assertThat(sure.withConfidenceAtMost(0.5)).isEqualTo(signal(0.5, OptionalDouble.of(1), OptionalDouble.of(2)));
        assertThat(sure.withConfidenceAtMost(0.8)).isSameAs(sure);
        assertThat(sure.withConfidenceAtMost(0.9)).isSameAs(sure);
    }

    @Test
    void aSignalKeepsItsReasoningOutOfItsText() {
        assertThat(signal(0.8, OptionalDouble.empty(), OptionalDouble.empty()))
                .hasToString("TradingSignal[BUY, confidence=0.8, risk=LOW]");
    }

    @Test
    void usageAddsUpAndKnowsWhatItDoesNotKnow() {
        Usage priced = new Usage(1, 2, 3, 1, OptionalLong.of(10));
        Usage unpriced = new Usage(10, 20, 30, 10, OptionalLong.empty());
        assertThat(priced.totalTokens()).isEqualTo(6);
        assertThat(priced.plus(priced)).isEqualTo(new Usage(2, 4, 6, 2, OptionalLong.of(20)));
        assertThat(priced.plus(unpriced)).isEqualTo(new Usage(11, 22, 33, 11, OptionalLong.empty()));
        assertThat(unpriced.plus(priced).costNanoUsd()).isEmpty();
        assertThat(priced.plus(Usage.NONE)).isEqualTo(priced);
        for (int bad = 0; bad < 5; bad++) {
            long[] n = new long[5];
            n[bad] = -1;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Usage(n[0], n[1], n[2], n[3], OptionalLong.of(n[4])));
        }
    }

    @Test
    void provenanceCanBeHadForNothing() {
        Usage usage = new Usage(1, 2, 3, 1, OptionalLong.of(10));
        Provenance paid = new Provenance("model", "v1", Instant.EPOCH, usage);
        assertThat(paid.atNoCost()).isEqualTo(new Provenance("model", "v1", Instant.EPOCH, Usage.NONE));
        Provenance free = paid.atNoCost();
        assertThat(free.atNoCost()).isSameAs(free);
        assertThatNullPointerException().isThrownBy(() -> new Provenance(null, "", Instant.EPOCH, usage));
        assertThatNullPointerException().isThrownBy(() -> new Provenance("", null, Instant.EPOCH, usage));
        assertThatNullPointerException().isThrownBy(() -> new Provenance("", "", null, usage));
        assertThatNullPointerException().isThrownBy(() -> new Provenance("", "", Instant.EPOCH, null));
    }

    @Test
    void aDeadlinePassesOnItsOwnClock() {
        AtomicLong now = new AtomicLong(1_000);
        Deadline deadline = Deadline.after(Duration.ofNanos(500), now::get);
        assertThat(deadline.remainingNanos()).isEqualTo(500);
        assertThat(deadline.isExpired()).isFalse();
        now.set(1_499);
        assertThat(deadline.isExpired()).isFalse();
        now.set(1_500);
        assertThat(deadline.isExpired()).isTrue();
        assertThat(deadline.remaining()).isEqualTo(Duration.ZERO);
        now.set(1_600);
        assertThat(deadline.remainingNanos()).isEqualTo(-100);
        assertThat(deadline.remaining()).isEqualTo(Duration.ZERO);
        now.set(1_400);
        assertThat(deadline.remaining()).isEqualTo(Duration.ofNanos(100));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE - 5})
    void aDeadlineOutlastsTheOverflowOfItsClock(long start) {
        AtomicLong now = new AtomicLong(start);
        Deadline longest = Deadline.after(Duration.ofSeconds(Long.MAX_VALUE), now::get);
        Deadline shortest = Deadline.after(Duration.ofSeconds(Long.MIN_VALUE), now::get);
        assertThat(longest.isExpired()).isFalse();
        assertThat(shortest.isExpired()).isTrue();
        assertThat(Deadline.afterNanos(Long.MAX_VALUE, now::get).remaining()).isEqualTo(Duration.ofDays(36_500));
        assertThat(Deadline.afterNanos(Long.MIN_VALUE, now::get).isExpired()).isTrue();
        now.addAndGet(Duration.ofDays(36_499).toNanos());
        assertThat(longest.isExpired()).isFalse();
    }

    @Test
    void theEarlierDeadlineIsTheOneThatPassesFirst() {
        Deadline soon = Deadline.after(Duration.ofSeconds(10));
        Deadline late = Deadline.after(Duration.ofSeconds(20));
        assertThat(soon.earlier(late)).isSameAs(soon);
        assertThat(late.earlier(soon)).isSameAs(soon);
        assertThat(soon.toString()).startsWith("Deadline[in ").endsWith(" ms]");
        assertThatNullPointerException().isThrownBy(() -> Deadline.after(Duration.ZERO, null));
    }

    @ParameterizedTest
    @EnumSource(Timeframe.class)
    void aTimeframeIsFoundByItsCodeInAnyCase(Timeframe timeframe) {
        assertThat(Timeframe.find(timeframe.code())).contains(timeframe);
        assertThat(Timeframe.find(timeframe.code().toUpperCase(java.util.Locale.ROOT)))
                .contains(timeframe);
        assertThat(timeframe.duration().toMillis()).isEqualTo(timeframe.durationMs());
        assertThat(timeframe.sqrtHours() * timeframe.sqrtHours())
                .isCloseTo(timeframe.durationMs() / 3_600_000.0, within(1e-12));
    }

    @Test
    void timeframesAreAsLongAsTheySay() {
        assertThat(Timeframe.M1.duration()).isEqualTo(Duration.ofMinutes(1));
        assertThat(Timeframe.M30.duration()).isEqualTo(Duration.ofMinutes(30));
        assertThat(Timeframe.H4.duration()).isEqualTo(Duration.ofHours(4));
        assertThat(Timeframe.D1.duration()).isEqualTo(Duration.ofDays(1));
        assertThat(Timeframe.W1.duration()).isEqualTo(Duration.ofDays(7));
        for (String other : new String[] {"", "h1", "3h", "1", "h", "1y", "01h", "1h ", "24h"}) {
            assertThat(Timeframe.find(other)).as(other).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Scenario.Reason.class)
    void scenariosAreSharedInstances(Scenario.Reason reason) {
        assertThat(Scenario.simple(reason))
                .isSameAs(Scenario.simple(reason))
                .isEqualTo(new Scenario(Scenario.Kind.SIMPLE, reason));
        assertThat(Scenario.complex(reason).isComplex()).isTrue();
        assertThat(Scenario.simple(reason).isComplex()).isFalse();
        assertThat(Scenario.complex(reason).reason()).isEqualTo(reason);
    }
}

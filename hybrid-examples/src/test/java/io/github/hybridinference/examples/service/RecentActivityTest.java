package io.github.hybridinference.examples.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.InferenceListener.RemoteCall;
import io.github.hybridinference.budget.BudgetState;
import io.github.hybridinference.local.LocalRuleModel;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.model.Usage;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RecentActivityTest {
    private static final long DOLLAR = 1_000_000_000L;
    private static final long MINUTE = 60_000;
    private static final long T = 1_000_000_000_000L;

    /** The next one after T. */
    private static final long MIDNIGHT = (T / 86_400_000 + 1) * 86_400_000;

    private long now = T;
    private long nanos = -5;
    private final AttemptTimes attempts = new AttemptTimes(() -> nanos);
    private final RecentActivity activity = new RecentActivity(
            new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return Instant.ofEpochMilli(now);
                }
            },
            attempts,
            LocalRuleModel.standard());

    @Test
    void theCapIsReachedAtTheRateOfTheTimeSinceTheStart() {
        now = T + 30 * MINUTE;
        activity.onRemoteCall(costing(DOLLAR));

        assertThat(activity.runsOutAt(capped(3 * DOLLAR, DOLLAR))).hasValue(now + 60 * MINUTE);
    }

    @Test
    void onlyTheLastHourCounts() {
        activity.onRemoteCall(costing(50 * DOLLAR));
        now = T + 300 * MINUTE;
        activity.onRemoteCall(costing(DOLLAR));

        assertThat(activity.lastHourUsd()).isEqualTo(1);
        assertThat(activity.runsOutAt(capped(53 * DOLLAR, 51 * DOLLAR))).hasValue(now + 120 * MINUTE);
    }

    @Test
    void thereIsNoSuchTimeWithoutACapOrARate() {
        activity.onRemoteCall(costing(DOLLAR));
        assertThat(activity.runsOutAt(capped(3 * DOLLAR, DOLLAR)))
                .as("too short for a rate")
                .isEmpty();
        now = T + 10 * MINUTE;
        assertThat(activity.runsOutAt(new BudgetState(OptionalLong.empty(), DOLLAR, 0)))
                .isEmpty();
        now = T + 300 * MINUTE;
        assertThat(activity.runsOutAt(capped(3 * DOLLAR, DOLLAR)))
                .as("nothing spent for hours")
                .isEmpty();
    }

    @Test
    void theCurveOfSpendingLeadsToWhatTheBudgetSays() {
        now = MIDNIGHT - 30 * MINUTE;
        activity.onRemoteCall(costing(4 * DOLLAR)); // the day before
        now = MIDNIGHT + 5 * MINUTE;
        activity.onRemoteCall(costing(DOLLAR));
        activity.onRemoteCall(costing(DOLLAR));
        now = MIDNIGHT + 65 * MINUTE;
        activity.onRemoteCall(costing(3 * DOLLAR));
        now = MIDNIGHT + 66 * MINUTE;

        assertThat(activity.spentToday(capped(20 * DOLLAR, 7 * DOLLAR)))
                .as("two dollars were spent by other services")
                .containsExactly(
                        new double[] {MIDNIGHT, 2},
                        new double[] {MIDNIGHT, 4},
                        new double[] {MIDNIGHT + 60 * MINUTE, 7},
                        new double[] {now, 7});
    }

    @Test
    void theCurveBeginsAtTheStartOfALaterService() {
        now = T + MINUTE;

        assertThat(activity.spentToday(capped(20 * DOLLAR, 7 * DOLLAR)))
                .containsExactly(new double[] {T, 7}, new double[] {now, 7});
    }

    @Test
    void aCurveNeverExceedsWhatTheBudgetSays() {
        activity.onRemoteCall(costing(3 * DOLLAR)); // before the account knows of it

        assertThat(activity.spentToday(capped(20 * DOLLAR, DOLLAR)))
                .extracting(point -> point[1])
                .containsExactly(0.0, 1.0, 1.0);
    }

    @Test
    void theDetailHasTheVoteOfEachRuleAndWhereTheTimeWent() {
        MarketSnapshot snapshot = MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                .feature("rsi_14", 20)
                .feature("volume_ratio", 1)
                .build();
        Inference answer = Inference.fallback(
                () -> "id",
                LocalRuleModel.standard().evaluate(snapshot),
                Scenario.complex(Scenario.Reason.CUSTOM),
                Degradation.TIMEOUT,
                null,
                now,
                2_000_000);

        activity.onAnswer(snapshot, answer);

        RecentActivity.Detail detail = activity.detail("id").orElseThrow();
        assertThat(detail.stages())
                .singleElement()
                .satisfies(stage -> assertThat(stage.ms()).isEqualTo(2));
        assertThat(detail.rules().votes())
                .extracting(RecentActivity.Vote::rule)
                .containsExactlyElementsOf(LocalRuleModel.standard().names());
        assertThat(detail.rules().votes().get(0).vote()).isPositive();
        assertThat(detail.rules().votes().get(0).sentence()).contains("oversold");
        assertThat(detail.rules().votes().get(1).vote()).as("no MACD was given").isNull();
        assertThat(detail.rules().votes().get(3).vote()).isZero();
    }

    @Test
    void eventsAreBoundedAndTheNewestComesFirst() {
        for (int i = 0; i < 200; i++) {
            activity.onRemoteSwitch(false, "reason " + i, Instant.ofEpochMilli(now));
        }

        assertThat(activity.events()).hasSize(50);
        assertThat(activity.events().get(0).text()).endsWith("reason 199");
    }

    private static BudgetState capped(long cap, long spent) {
        return new BudgetState(OptionalLong.of(cap), spent, 0);
    }

    private static RemoteCall costing(long nanoUsd) {
        return new RemoteCall("model", 1, new Usage(0, 0, 0, 0, OptionalLong.of(nanoUsd)), 0, 1, Optional.empty());
    }
}

package io.github.hybridinference.examples.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.InferenceListener.RemoteCall;
import io.github.hybridinference.budget.BudgetState;
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

    private long now = T;
    private final RecentActivity activity = new RecentActivity(new Clock() {
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
    });

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

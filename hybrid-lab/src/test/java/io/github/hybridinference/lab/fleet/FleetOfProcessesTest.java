package io.github.hybridinference.lab.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.lab.process.RedisForm;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The runner on a small scale, with a time limit for Redis that holds on a busy machine. */
@Tag("long")
final class FleetOfProcessesTest {
    private static FleetSettings settings(int instances, long latencyMs, long leaseMs, String capUsd) {
        return settings(RedisForm.SINGLE, instances, latencyMs, leaseMs, capUsd);
    }

    private static FleetSettings settings(RedisForm redis, int instances, long latencyMs, long leaseMs, String capUsd) {
        return new FleetSettings(redis, instances, latencyMs, 1_000, leaseMs, capUsd, 0, 1);
    }

    @Test
    void callsTheModelOnceForAllAndKeepsOneCap() throws IOException {
        try (RunningFleet fleet = RunningFleet.start(settings(4, 300, 20_000, "0.002"))) {
            BurstScenario.Result result = new BurstScenario(60, 60).run(fleet);

            assertThat(result.identical().answers().count()).isEqualTo(60);
            assertThat(result.identical().upstream()).isEqualTo(1);
            assertThat(result.errors()).isZero();
            assertThat(result.different().upstream()).as("the cap allows some").isBetween(1L, 59L);
            assertThat(result.different().answers().refused())
                    .isEqualTo(60 - result.different().upstream());
            assertThat(result.rounds().stream().mapToLong(RoundResult::redis).sum())
                    .as("one process read what another wrote")
                    .isPositive();
            assertThat(result.reads()).isPositive();
            assertThat(result.highestUsd()).isPositive().isLessThanOrEqualTo(0.002);
        }
    }

    @Test
    void callsTheModelOnceMoreWhenTheLeaderIsKilled() throws IOException {
        try (RunningFleet fleet = RunningFleet.start(settings(3, 1_000, 2_000, "5"))) {
            RoundResult round = new LeaderKillScenario(90).run(fleet);

            assertThat(round.answers().count()).isEqualTo(60);
            assertThat(round.answers().errors() + round.answers().refused()).isZero();
            assertThat(round.upstream()).isEqualTo(2);
        }
    }

    /** The cap is less than the load would spend, so that the fleet reaches it after the failover. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SINGLE")
    void getsOverTheDeathOfAMasterOfRedis(RedisForm redis) throws Exception {
        try (RunningFleet fleet = RunningFleet.start(settings(redis, 2, 100, 3_000, "0.035"))) {
            FailoverScenario.Result result = new FailoverScenario(100, 5, 25).run(fleet);

            assertThat(result.answers().count()).isEqualTo(3_000);
            assertThat(result.answers().errors()).isZero();
            assertThat(result.wrong()).isZero();
            assertThat(result.outOfReach())
                    .as("calls refused while no master answered")
                    .isPositive();
            assertThat(result.capped()).as("calls refused by the cap").isPositive();
            assertThat(result.failoverMs()).as("noticed, and over").isBetween(1L, 20_000L);
            assertThat(result.reads()).isPositive();
            assertThat(result.highestUsd()).isGreaterThan(0.03).isLessThanOrEqualTo(0.035);
            assertThat(result.billedUsd()).isGreaterThan(0.03).isLessThanOrEqualTo(0.035);
        }
    }
}

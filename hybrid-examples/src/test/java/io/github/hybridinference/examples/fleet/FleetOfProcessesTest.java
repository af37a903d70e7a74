package io.github.hybridinference.examples.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The runner on a small scale, in processes of their own, with a Redis that has time even on a busy machine. */
final class FleetOfProcessesTest {
    private static Plan plan(int instances, long latencyMs, long leaseMs, String capUsd) {
        return new Plan(instances, latencyMs, 1_000, leaseMs, capUsd, 0, 1);
    }

    @Test
    void asksOnceForAllAndStaysUnderOneCap() throws IOException {
        try (Site site = Site.start(plan(4, 300, 20_000, "0.002"))) {
            Burst.Measured measured = new Burst(60, 60).run(site);

            assertThat(measured.identical().answers().count()).isEqualTo(60);
            assertThat(measured.identical().upstream()).isEqualTo(1);
            assertThat(measured.errors()).isZero();
            assertThat(measured.different().upstream())
                    .as("the cap allows some")
                    .isBetween(1L, 59L);
            assertThat(measured.different().answers().refused())
                    .isEqualTo(60 - measured.different().upstream());
            assertThat(measured.rounds().stream().mapToLong(Round::redis).sum())
                    .as("one process had it from another")
                    .isPositive();
            assertThat(measured.looks()).isPositive();
            assertThat(measured.highestUsd()).isPositive().isLessThanOrEqualTo(0.002);
        }
    }

    @Test
    void asksOnceMoreWhenTheOneWhoAsksForAllIsKilled() throws IOException {
        try (Site site = Site.start(plan(3, 1_000, 2_000, "5"))) {
            Round round = new KilledLeader(90).run(site);

            assertThat(round.answers().count()).isEqualTo(60);
            assertThat(round.answers().errors() + round.answers().refused()).isZero();
            assertThat(round.upstream()).isEqualTo(2);
        }
    }
}

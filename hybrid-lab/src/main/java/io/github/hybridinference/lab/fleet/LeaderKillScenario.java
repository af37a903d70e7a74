package io.github.hybridinference.lab.fleet;

import io.github.hybridinference.lab.command.CommandContext;
import io.github.hybridinference.lab.command.ResultLine;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** All instances need the same answer; the one that makes the call for all is killed before it has the answer. */
final class LeaderKillScenario {
    private static final long SNAPSHOT = 2_000_000;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final long inferences;

    LeaderKillScenario(long inferences) {
        this.inferences = inferences;
    }

    /** The first instance starts a little before the others, so that it is the one that makes the call. */
    RoundResult run(RunningFleet fleet) throws IOException {
        long before = fleet.upstream();
        long each = inferences / fleet.settings().instances();
        WorkerProcess leader = fleet.instances().get(0);
        List<WorkerProcess> others =
                fleet.instances().subList(1, fleet.instances().size());
        leader.batch(SNAPSHOT, 0, each, 0);
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (fleet.upstream() == before) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("the leader did not call the model");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
        for (WorkerProcess other : others) {
            other.batch(SNAPSHOT, 0, each, 0);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(fleet.settings().latencyMs() / 4));
        leader.kill();
        return RoundResult.collect(fleet, others, before);
    }

    static ResultLine report(RoundResult round, FleetSettings settings, CommandContext context) {
        long leasePlusLatencyMs = settings.leaseMs() + settings.latencyMs();
        context.out().println(RoundResult.heading());
        context.out().println(round.row("identical, leader killed"));
        context.println(
                "the longest inference took %.0f ms; lease and latency are %d ms",
                round.answers().percentileMs(100), leasePlusLatencyMs);
        return new ResultLine()
                .add("answered", round.answers().count())
                .add("upstream", round.upstream())
                .add("longest_ms", round.answers().percentileMs(100), 1)
                .add("lease_plus_latency_ms", leasePlusLatencyMs)
                .add("errors", round.answers().errors());
    }
}

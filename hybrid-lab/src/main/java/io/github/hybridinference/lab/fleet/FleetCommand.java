package io.github.hybridinference.lab.fleet;

import static io.github.hybridinference.lab.command.CommandException.requireOption;

import io.github.hybridinference.lab.command.CommandContext;
import io.github.hybridinference.lab.command.CommandException;
import io.github.hybridinference.lab.command.CommandRunner;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs a fleet on this machine and measures what it shares.
 *
 * @since 0.1.0
 */
@Command(
        name = "fleet",
        mixinStandardHelpOptions = true,
        description = "Starts a Redis, a simulated model and several JVMs with an engine each, has them run a burst of"
                + " inferences, and measures what reaches the model.")
public final class FleetCommand implements Callable<Integer> {
    /** What a machine with more processes than processors may take in addition. */
    private static final long SLACK_MS = 500;

    /** By how much the p99 of two periods of the same load may differ on such a machine. */
    private static final long PAUSE_SLACK_MS = 100;

    /** The engine's default: a suspended Redis must not cost more than this. */
    private static final long DEFAULT_TIMEOUT_MS = 20;

    /** Long enough for a machine with fewer processors than processes. */
    private static final long PATIENT_TIMEOUT_MS = 1_000;

    @Option(names = "--instances", defaultValue = "4", description = "JVMs, 2 to 16; default 4.")
    private int instances;

    @Option(names = "--identical", defaultValue = "1000", description = "Identical inferences; default 1000.")
    private long identical;

    @Option(names = "--distinct", defaultValue = "1000", description = "Different inferences; default 1000.")
    private long distinct;

    @Option(names = "--latency-ms", defaultValue = "500", description = "Milliseconds the model takes; default 500.")
    private long latencyMs;

    @Option(names = "--lease-ms", defaultValue = "3000", description = "Milliseconds of a lease; default 3000.")
    private long leaseMs;

    @Option(names = "--cap-usd", defaultValue = "5.00", description = "The fleet's cap for the day; default 5.00.")
    private String capUsd = "";

    @Option(
            names = "--redis-timeout-ms",
            description = "Milliseconds Redis may take; default 1000, since all processes share this machine's"
                    + " processors; with --pause-redis 20.")
    private @Nullable Long redisTimeoutMs;

    @Option(
            names = "--rate",
            defaultValue = "500",
            description = "Inferences a second with --pause-redis; default 500.")
    private long perSecond;

    @ArgGroup
    private @Nullable Fault fault;

    /** The fault to inject. */
    static final class Fault {
        @Option(names = "--kill-leader", description = "Instead: kill the instance that makes the call (SIGKILL).")
        private boolean killLeader;

        @Option(
                names = "--pause-redis",
                description = "Instead: a steady load with Redis suspended meanwhile (SIGSTOP).")
        private boolean pauseRedis;
    }

    private final CommandContext context;

    private FleetCommand(CommandContext context) {
        this.context = context;
    }

    /**
     * Runs it and exits: 0 when the fleet did all that is expected of it, 1 when not, 2 on a wrong option.
     *
     * @param args the options; {@code --help} lists them
     */
    public static void main(String[] args) {
        CommandRunner.main(FleetCommand::new, args);
    }

    @Override
    public Integer call() throws CommandException, IOException, InterruptedException {
        requireOption(instances >= 2 && instances <= 16, "--instances must be 2 to 16");
        requireOption(
                identical >= instances && distinct >= instances && perSecond >= instances,
                "--identical, --distinct and --rate must not be less than --instances");
        requireOption(latencyMs > 0 && leaseMs > 0, "--latency-ms and --lease-ms must be positive");
        Fault chosen = fault;
        boolean pauses = chosen != null && chosen.pauseRedis;
        boolean kills = chosen != null && chosen.killLeader;
        Long given = redisTimeoutMs;
        long timeout = given != null ? given : pauses ? DEFAULT_TIMEOUT_MS : PATIENT_TIMEOUT_MS;
        FleetSettings settings =
                new FleetSettings(instances, latencyMs, timeout, leaseMs, capUsd, pauses ? 1.0 / instances : 0, 400);
        context.println(
                "%d JVMs, simulated model that takes %d ms, time limit for Redis %d ms", instances, latencyMs, timeout);
        try (RunningFleet fleet = RunningFleet.start(settings)) {
            if (pauses) {
                return pause(fleet) ? 0 : 1;
            }
            return (kills ? kill(fleet) : burst(fleet)) ? 0 : 1;
        }
    }

    private boolean burst(RunningFleet fleet) throws IOException {
        BurstScenario.Result result = new BurstScenario(identical, distinct).run(fleet);
        BurstScenario.report(result, fleet.settings(), context);
        return result.identical().upstream() == 1 && result.errors() == 0 && result.isCapKept();
    }

    private boolean kill(RunningFleet fleet) throws IOException {
        RoundResult round = new LeaderKillScenario(identical).run(fleet);
        LeaderKillScenario.report(round, fleet.settings(), context);
        return round.upstream() == 2
                && round.answers().errors() + round.answers().refused() == 0
                && round.answers().percentileMs(100) <= leaseMs + latencyMs + SLACK_MS;
    }

    private boolean pause(RunningFleet fleet) throws IOException, InterruptedException {
        RedisPauseScenario.Result result = new RedisPauseScenario(perSecond).run(fleet);
        RedisPauseScenario.report(result, fleet.settings(), context);
        double allowedMs = result.before().percentileMs(99) + fleet.settings().redisTimeoutMs() + PAUSE_SLACK_MS;
        return result.errors() == 0
                && result.paused().percentileMs(99) <= allowedMs
                && result.backAfterMs() >= 0
                && result.backAfterMs() <= 5_000;
    }
}

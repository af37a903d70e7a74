package io.github.hybridinference.lab.fleet;

import static io.github.hybridinference.lab.command.CommandException.requireAmount;
import static io.github.hybridinference.lab.command.CommandException.requireOption;

import io.github.hybridinference.lab.command.CommandContext;
import io.github.hybridinference.lab.command.CommandException;
import io.github.hybridinference.lab.command.CommandRunner;
import io.github.hybridinference.lab.command.ResultLine;
import io.github.hybridinference.lab.process.RedisForm;
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

    private static final String DEFAULT_CAP_USD = "5.00";

    /** More than the burst reserves at once, less than the steady load would spend. */
    private static final String FAILOVER_CAP_USD = "0.25";

    private static final int BEFORE_KILL_S = 10;
    private static final int AFTER_KILL_S = 30;

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

    @Option(
            names = "--redis",
            defaultValue = "single",
            description =
                    "single (default), cluster (three masters with a replica each) or sentinel (master and replica"
                            + " behind three sentinels). After the burst of the last two a master is killed during a steady load.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private RedisForm redis;

    @Option(
            names = "--cap-usd",
            description = "The fleet's cap for the day; default 5.00, or 0.25 if a master is killed, so that the cap is"
                    + " reached after that.")
    private @Nullable String capUsd;

    @Option(
            names = "--redis-timeout-ms",
            description = "Milliseconds Redis may take; default 1000, since all processes share this machine's"
                    + " processors; with --pause-redis 20. 1 to 1000.")
    private @Nullable Long redisTimeoutMs;

    @Option(
            names = "--rate",
            defaultValue = "500",
            description = "Inferences a second of the steady load; default 500.")
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

    FleetCommand(CommandContext context) {
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
        requireOption(!pauses || redis == RedisForm.SINGLE, "--pause-redis suspends a single Redis only");
        Long given = redisTimeoutMs;
        long timeout = given != null ? given : pauses ? DEFAULT_TIMEOUT_MS : PATIENT_TIMEOUT_MS;
        requireOption(timeout >= 1 && timeout <= 1_000, "--redis-timeout-ms must be 1 to 1000");
        boolean failsOver = chosen == null && redis != RedisForm.SINGLE;
        String cap = capUsd != null ? capUsd : failsOver ? FAILOVER_CAP_USD : DEFAULT_CAP_USD;
        requireAmount("--cap-usd", cap);
        FleetSettings settings = new FleetSettings(
                redis, instances, latencyMs, timeout, leaseMs, cap, pauses ? 1.0 / instances : 0, 400);
        context.println(
                "%d JVMs, simulated model that takes %d ms, Redis: %s, time limit for it %d ms",
                instances, latencyMs, redis, timeout);
        try (RunningFleet fleet = RunningFleet.start(settings)) {
            if (pauses) {
                return pause(fleet) ? 0 : 1;
            }
            return (kills ? kill(fleet) : burst(fleet, failsOver)) ? 0 : 1;
        }
    }

    private void print(ResultLine line) {
        context.out().println(line.raw("redis", "\"" + redis + "\""));
    }

    private boolean burst(RunningFleet fleet, boolean failsOver) throws IOException, InterruptedException {
        BurstScenario.Result result = new BurstScenario(identical, distinct).run(fleet);
        BurstScenario.report(result, fleet.settings(), context);
        boolean asPromised = result.identical().upstream() == 1 && result.errors() == 0 && result.isCapKept();
        if (!failsOver) {
            print(BurstScenario.line(result, fleet.settings(), result.spentUsd()));
            return asPromised;
        }
        FailoverScenario.Result failover = new FailoverScenario(perSecond, BEFORE_KILL_S, AFTER_KILL_S).run(fleet);
        ResultLine line = BurstScenario.line(result, fleet.settings(), failover.spentUsd());
        FailoverScenario.report(failover, line, context);
        print(line);
        return asPromised && failover.isAsPromised();
    }

    private boolean kill(RunningFleet fleet) throws IOException {
        RoundResult round = new LeaderKillScenario(identical).run(fleet);
        print(LeaderKillScenario.report(round, fleet.settings(), context));
        return round.upstream() == 2
                && round.answers().errors() + round.answers().refused() == 0
                && round.answers().percentileMs(100) <= leaseMs + latencyMs + SLACK_MS;
    }

    private boolean pause(RunningFleet fleet) throws IOException, InterruptedException {
        RedisPauseScenario.Result result = new RedisPauseScenario(perSecond).run(fleet);
        print(RedisPauseScenario.report(result, fleet.settings(), context));
        double allowedMs = result.before().percentileMs(99) + fleet.settings().redisTimeoutMs() + PAUSE_SLACK_MS;
        return result.errors() == 0
                && result.paused().percentileMs(99) <= allowedMs
                && result.backAfterMs() >= 0
                && result.backAfterMs() <= 5_000;
    }
}

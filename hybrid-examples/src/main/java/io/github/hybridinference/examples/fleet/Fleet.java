package io.github.hybridinference.examples.fleet;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a fleet on this machine and measures what it shares. */
@Command(
        name = "fleet",
        mixinStandardHelpOptions = true,
        description = "Starts a Redis, a simulated model and several JVMs with an engine each, puts a burst of"
                + " questions to them, and measures what reaches the model.")
public final class Fleet implements Callable<Integer> {
    /** Beyond what a machine with more to do than cores takes to answer. */
    private static final long SLACK_MS = 500;

    /** By how much the p99 of two stretches of the same load differs on such a machine. */
    private static final long PAUSE_SLACK_MS = 100;

    /** What a paused Redis may cost is the time limit, so here it is the usual one. */
    private static final long DEFAULT_TIMEOUT_MS = 20;

    /** A burst is about who asks whom, not about how many cores all these processes share. */
    private static final long PATIENT_TIMEOUT_MS = 1_000;

    @Option(names = "--instances", defaultValue = "4", description = "JVMs, 2 to 16; default 4.")
    private int instances;

    @Option(names = "--identical", defaultValue = "1000", description = "Identical questions; default 1000.")
    private long identical;

    @Option(names = "--distinct", defaultValue = "1000", description = "Different questions; default 1000.")
    private long distinct;

    @Option(names = "--latency-ms", defaultValue = "500", description = "Milliseconds the model takes; default 500.")
    private long latencyMs;

    @Option(names = "--lease-ms", defaultValue = "3000", description = "Milliseconds of a lease; default 3000.")
    private long leaseMs;

    @Option(names = "--cap-usd", defaultValue = "5.00", description = "The fleet's cap for the day; default 5.00.")
    private String capUsd = "";

    @Option(
            names = "--redis-timeout-ms",
            description = "How long Redis may take; default 1000, since all processes share this machine's cores; with"
                    + " --pause-redis 20.")
    private @Nullable Long redisTimeoutMs;

    @Option(names = "--rate", defaultValue = "500", description = "Questions a second of --pause-redis; default 500.")
    private long perSecond;

    @ArgGroup
    private @Nullable Fault fault;

    /** What else happens. */
    static final class Fault {
        @Option(names = "--kill-leader", description = "Instead: kill the one that asks for all (SIGKILL).")
        private boolean killLeader;

        @Option(names = "--pause-redis", description = "Instead: a steady load, and Redis stopped amid it (SIGSTOP).")
        private boolean pauseRedis;
    }

    private Fleet() {}

    /**
     * Runs it and exits: 0 when all that is promised of a fleet held, 1 when something did not, 2 on a wrong option.
     *
     * @param args the options; {@code --help} lists them
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Fleet()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (instances < 2
                || instances > 16
                || identical < instances
                || distinct < instances
                || latencyMs < 1
                || leaseMs < 1
                || perSecond < instances) {
            System.err.println("fleet: 2 to 16 instances, no fewer questions than instances, times above 0");
            return CommandLine.ExitCode.USAGE;
        }
        Fault chosen = fault;
        boolean pauses = chosen != null && chosen.pauseRedis;
        boolean kills = chosen != null && chosen.killLeader;
        Long given = redisTimeoutMs;
        long timeout = given != null ? given : pauses ? DEFAULT_TIMEOUT_MS : PATIENT_TIMEOUT_MS;
        Plan plan = new Plan(instances, latencyMs, timeout, leaseMs, capUsd, pauses ? 1.0 / instances : 0, 400);
        System.out.printf(
                "%d JVMs, simulated model that takes %d ms, Redis given %d ms%n", instances, latencyMs, timeout);
        try (Site site = Site.start(plan)) {
            if (pauses) {
                return pause(site) ? 0 : 1;
            }
            return (kills ? kill(site) : burst(site)) ? 0 : 1;
        }
    }

    private boolean burst(Site site) throws IOException {
        Burst.Measured measured = new Burst(identical, distinct).run(site);
        Burst.report(measured, site.plan());
        return measured.identical().upstream() == 1 && measured.errors() == 0 && measured.isCapKept();
    }

    private boolean kill(Site site) throws IOException {
        Round round = new KilledLeader(identical).run(site);
        KilledLeader.report(round, site.plan());
        return round.upstream() == 2
                && round.answers().errors() + round.answers().refused() == 0
                && round.answers().percentileMs(100) <= leaseMs + latencyMs + SLACK_MS;
    }

    private boolean pause(Site site) throws IOException, InterruptedException {
        PausedRedis.Measured measured = new PausedRedis(perSecond).run(site);
        PausedRedis.report(measured, site.plan());
        double allowedMs = measured.before().percentileMs(99) + site.plan().redisTimeoutMs() + PAUSE_SLACK_MS;
        return measured.errors() == 0
                && measured.paused().percentileMs(99) <= allowedMs
                && measured.backAfterMs() >= 0
                && measured.backAfterMs() <= 5_000;
    }
}

package io.github.hybridinference.lab.capacity;

import static io.github.hybridinference.lab.command.CommandException.requireOption;

import io.github.hybridinference.budget.PriceTable;
import io.github.hybridinference.lab.capacity.BarClose.Fleet;
import io.github.hybridinference.lab.capacity.BarClose.Outcome;
import io.github.hybridinference.lab.command.CommandContext;
import io.github.hybridinference.lab.command.CommandException;
import io.github.hybridinference.lab.command.CommandRunner;
import io.github.hybridinference.lab.command.ResultLine;
import io.github.hybridinference.model.Timeframe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Computes what a fleet needs and costs when the bars of many symbols close at once. Nothing is called.
 *
 * @since 0.1.0
 */
@Command(
        name = "capacity",
        mixinStandardHelpOptions = true,
        description = "Simulates a fleet of engines at the close of a bar: calls, time, Redis, network and money.")
public final class CapacityCommand implements Callable<Integer> {
    /** A Friday evening and a Friday at three, UTC: off-peak and peak of the standard price table. */
    private static final Instant OFF_PEAK = Instant.parse("2026-11-27T20:00:00Z");

    private static final Instant PEAK = Instant.parse("2026-11-27T03:00:00Z");

    private static final double NANO = 1e9;
    private static final double MILLIS = 1e3;
    private static final double MICRO = 1e6;
    private static final double HOUR_SECONDS = 3_600;

    private final CommandContext context;

    @Option(names = "--symbols", defaultValue = "50000", description = "Symbols; default ${DEFAULT-VALUE}.")
    private int symbols;

    @Option(names = "--timeframe", defaultValue = "5m", description = "Bars, such as 5m; default ${DEFAULT-VALUE}.")
    private String timeframe = "";

    @Option(names = "--instances", defaultValue = "100", description = "Processes; default ${DEFAULT-VALUE}.")
    private int instances;

    @Option(
            names = "--complex",
            defaultValue = "0.3",
            description = "Share of complex scenarios; a choice by thresholds; default ${DEFAULT-VALUE}.")
    private double complex;

    @Option(
            names = "--cached",
            defaultValue = "0",
            description = "Share of the complex ones that a cache answers; default ${DEFAULT-VALUE}, the worst case.")
    private double cached;

    @Option(
            names = "--limit",
            defaultValue = "256",
            description = "maxCallsInFlight of an engine; default ${DEFAULT-VALUE}.")
    private int limit;

    @Option(
            names = "--account",
            defaultValue = "2500",
            description = "Calls that the account may have at a time; default ${DEFAULT-VALUE}, DeepSeek's for flash.")
    private int account;

    @Option(
            names = "--median-ms",
            defaultValue = "1500",
            description = "Median duration of a call, assumed: give what you measured; default ${DEFAULT-VALUE}.")
    private double medianMs;

    @Option(
            names = "--p99-ms",
            defaultValue = "4000",
            description = "99th percentile of it, assumed: give what you measured; default ${DEFAULT-VALUE}.")
    private double p99Ms;

    @Option(
            names = "--deadline-ms",
            defaultValue = "10000",
            description = "Deadline of a question; default ${DEFAULT-VALUE}.")
    private double deadlineMs;

    @Option(names = "--cores", defaultValue = "2", description = "Cores of an instance; default ${DEFAULT-VALUE}.")
    private int cores;

    @Option(
            names = "--cpu-us",
            defaultValue = "700",
            description = "Microseconds of a core for a call; default ${DEFAULT-VALUE}, measured by -Pburst.")
    private double cpuMicros;

    @Option(
            names = "--redis-us",
            defaultValue = "63",
            description = "Microseconds of the Redis server for a new question; default ${DEFAULT-VALUE}, measured.")
    private double redisMicros;

    @Option(
            names = "--redis-commands",
            defaultValue = "6.4",
            description = "Commands to Redis for a new question; default ${DEFAULT-VALUE}, measured.")
    private double redisCommands;

    @Option(
            names = "--input-tokens",
            defaultValue = "316",
            description = "Input of a call; default ${DEFAULT-VALUE}, that of the quick start's figures.")
    private long inputTokens;

    @Option(names = "--output-tokens", defaultValue = "67", description = "Output of a call; default ${DEFAULT-VALUE}.")
    private long outputTokens;

    @Option(
            names = "--model",
            defaultValue = "deepseek-flash",
            description = "For the price; default ${DEFAULT-VALUE}.")
    private String model = "";

    private CapacityCommand(CommandContext context) {
        this.context = context;
    }

    /**
     * Runs it and exits: 0 if every question was answered in time, 1 if not, 2 on a wrong option.
     *
     * @param args the options; {@code --help} lists them
     */
    public static void main(String[] args) {
        CommandRunner.main(CapacityCommand::new, args);
    }

    /** The same within a process, for tests. */
    static int run(CommandContext context, String... args) {
        return CommandRunner.execute(new CapacityCommand(context), context, args);
    }

    @Override
    public Integer call() throws CommandException {
        requireOption(
                symbols > 0 && instances > 0 && limit > 0 && account > 0 && cores > 0,
                "--symbols, --instances, --limit, --account and --cores must be positive");
        requireOption(
                complex >= 0 && complex <= 1 && cached >= 0 && cached <= 1,
                "--complex and --cached are shares, 0 to 1");
        requireOption(
                medianMs > 0 && p99Ms >= medianMs && deadlineMs > 0,
                "--median-ms and --deadline-ms must be positive, and --p99-ms not less than --median-ms");
        requireOption(
                cpuMicros >= 0 && redisMicros >= 0 && redisCommands >= 0 && inputTokens >= 0 && outputTokens >= 0,
                "costs cannot be negative");
        requireOption(account >= instances, "--account must allow each instance one call at least");
        Optional<Timeframe> known = Timeframe.find(timeframe);
        requireOption(known.isPresent(), "--timeframe must be one such as 5m, 1h or 1d");
        double barSeconds = known.orElseThrow().durationMs() / MILLIS;

        int questions = (int) Math.round(symbols * complex * (1 - cached));
        int places = Math.min(limit, account / instances);
        Fleet fleet = new Fleet(
                questions,
                instances,
                places,
                medianMs / 1_000,
                p99Ms / 1_000,
                deadlineMs / 1_000,
                cpuMicros / MICRO,
                cores);
        Outcome outcome = BarClose.simulate(fleet);
        String bottleneck = bottleneck(fleet, outcome);
        report(questions, places, barSeconds, outcome, bottleneck);
        return outcome.answered() == questions ? 0 : 1;
    }

    /** A change of the fleet, and what comes of it. */
    private record Change(String name, Outcome outcome) {}

    /** What helps most if doubled, or halved; empty if all is answered before half of the deadline. */
    private String bottleneck(Fleet fleet, Outcome now) {
        if (now.answered() == fleet.questions() && now.seconds() < fleet.deadlineSeconds() / 2) {
            return "none";
        }
        List<Change> changes = new ArrayList<>();
        changes.add(new Change(
                "account",
                BarClose.simulate(
                        fleet.withPlaces(Math.max(fleet.places(), Math.min(limit, 2 * account / instances))))));
        changes.add(new Change(
                "limit",
                BarClose.simulate(
                        fleet.withPlaces(Math.max(fleet.places(), Math.min(2 * limit, account / instances))))));
        changes.add(new Change(
                "instances",
                BarClose.simulate(fleet.withInstances(2 * instances)
                        .withPlaces(Math.max(1, Math.min(limit, account / (2 * instances)))))));
        changes.add(new Change("cores", BarClose.simulate(fleet.withCores(2 * cores))));
        changes.add(new Change("model", BarClose.simulate(fleet.twiceAsFastAModel())));
        context.println("");
        context.println("%-46s %10s %10s", "simulated, if only this changed:", "answered", "seconds");
        for (Change change : changes) {
            context.println(
                    "  %-44s %10d %10.2f",
                    sentence(change.name()), change.outcome.answered(), change.outcome.seconds());
        }
        return changes.stream()
                .filter(change -> isBetter(change.outcome, now))
                .max(Comparator.comparingInt((Change change) -> change.outcome.answered())
                        .thenComparing(change -> -change.outcome.seconds()))
                .map(Change::name)
                .orElse("deadline");
    }

    private static boolean isBetter(Outcome other, Outcome now) {
        return other.answered() > now.answered()
                || (other.answered() == now.answered() && other.seconds() < now.seconds());
    }

    private static String sentence(String change) {
        return switch (change) {
            case "account" -> "twice the account's calls at a time";
            case "limit" -> "twice maxCallsInFlight";
            case "instances" -> "twice the instances";
            case "cores" -> "twice the cores of an instance";
            default -> "a model that takes half the time";
        };
    }

    private void report(int questions, int places, double barSeconds, Outcome outcome, String bottleneck) {
        double callsAnHour = outcome.calls() * HOUR_SECONDS / barSeconds;
        double busy = outcome.seconds() == 0 ? 0 : outcome.calls() * redisMicros / MICRO / outcome.seconds();
        double commandsPerSecond = outcome.seconds() == 0 ? 0 : outcome.calls() * redisCommands / outcome.seconds();
        context.println("");
        context.println(
                "simulated: %d complex scenarios a bar that no cache answers, on %d instances", questions, instances);
        context.println(
                "calls at a time: %d an instance, %d in all (maxCallsInFlight %d, account %d)",
                places, places * instances, limit, account);
        context.println(
                "answered %d, at the deadline without an answer %d, not sent %d; over after %.2f s of %.0f s",
                outcome.answered(), outcome.tooLate(), outcome.notSent(), outcome.seconds(), barSeconds);
        context.println(
                "Redis: %.0f commands a second while it lasts, %.0f %% of its one thread",
                commandsPerSecond, busy * 100);
        context.out()
                .println(new ResultLine()
                        .raw("simulated", "true")
                        .add("symbols", symbols)
                        .add("instances", instances)
                        .add("questions", questions)
                        .add("calls", outcome.calls())
                        .add("answered", outcome.answered())
                        .add("too_late", outcome.tooLate())
                        .add("not_sent", outcome.notSent())
                        .add("seconds", outcome.seconds(), 2)
                        .add("calls_at_a_time", (long) places * instances)
                        .add("redis_commands_per_s", commandsPerSecond, 0)
                        .add("redis_busy", busy, 3)
                        .raw("usd_per_hour", usd(callsAnHour, OFF_PEAK))
                        .raw("usd_per_hour_peak", usd(callsAnHour, PEAK))
                        .raw("bottleneck", '"' + bottleneck + '"'));
    }

    /** Nothing of the prompt is found in the provider's cache; null if the model's price is not known. */
    private String usd(double calls, Instant at) {
        OptionalLong cost = PriceTable.standard().costNanoUsd(model, 0, inputTokens, outputTokens, at);
        return cost.isEmpty() ? "null" : String.format(Locale.ROOT, "%.2f", calls * cost.getAsLong() / NANO);
    }
}

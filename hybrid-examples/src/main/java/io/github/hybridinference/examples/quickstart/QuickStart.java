package io.github.hybridinference.examples.quickstart;

import static io.github.hybridinference.lab.command.CommandException.requireOption;

import io.github.hybridinference.examples.run.Backend;
import io.github.hybridinference.examples.run.ModelClient;
import io.github.hybridinference.examples.run.Series;
import io.github.hybridinference.examples.run.SeriesOptions;
import io.github.hybridinference.lab.command.CommandContext;
import io.github.hybridinference.lab.command.CommandException;
import io.github.hybridinference.lab.command.CommandRunner;
import io.github.hybridinference.remote.RemoteModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the engine over market bars and prints its signals. */
@Command(
        name = "quickstart",
        sortOptions = false,
        usageHelpWidth = 100,
        usageHelpAutoWidth = false,
        header = "Signals from market bars: from rules where they suffice, from a model for complex scenarios.",
        description = {
            "",
            "Without --bars it uses a bundled synthetic series. Without the variable DEEPSEEK_API_KEY complex scenarios go "
                    + "to a simulated model on loopback, with it to DeepSeek, which costs money.",
            ""
        },
        footer = {
            "",
            "By Maven:  mvn -q -Pquickstart -Dargs=\"--bars my.csv --last 500 --json out.jsonl\"",
            "Exit code: 0 done, 1 a file or the service cannot be used, 2 a mistake in the options."
        })
public final class QuickStart implements Callable<Integer> {

    private static final int MAX_POLLS = 1_000;

    private static final int MAX_LATENCY_MS = 60_000;

    private final CommandContext context;

    /** Creates the model that the environment describes. */
    private final Function<ModelClient, RemoteModel> service;

    @Mixin
    private final SeriesOptions series = new SeriesOptions();

    @Option(
            names = "--last",
            paramLabel = "N",
            description = "Run on the last N bars only; earlier bars are history for the indicators.")
    private @Nullable Integer last;

    @Option(names = "--rules-only", description = "Call no model.")
    private boolean rulesOnly;

    @Option(names = "--json", paramLabel = "FILE", description = "Write one line of JSON a bar.")
    private @Nullable Path json;

    @Option(
            names = "--faults",
            paramLabel = "RATE",
            description = "Share of calls that the stand-in of the API fails, 0 to 1.")
    private @Nullable Double faults;

    @Option(
            names = "--latency-ms",
            paramLabel = "MS",
            description = "How long the stand-in of the API takes for an answer; 0 if left out.")
    private @Nullable Long latencyMs;

    @Option(
            names = "--poll",
            paramLabel = "N",
            description = "Run N times within each bar, on prices interpolated between open, low, high and close.")
    private int polls = 1;

    @Option(
            names = "--client",
            paramLabel = "CLIENT",
            description = "What carries the requests to the model: netty (hybrid-deepseek), or openai-java, OpenAI's "
                    + "official client (hybrid-openai); netty if left out.")
    private String client = "netty";

    @SuppressWarnings("UnusedVariable") // picocli acts on it
    @Option(names = "--help", usageHelp = true, description = "Print this and end.")
    private boolean help;

    private QuickStart(CommandContext context, Function<ModelClient, RemoteModel> service) {
        this.context = context;
        this.service = service;
    }

    /**
     * Runs it and exits.
     *
     * @param args the options; {@code --help} lists them
     */
    public static void main(String[] args) {
        CommandRunner.main(context -> new QuickStart(context, client -> client.fromEnv(context.environment())), args);
    }

    static int run(CommandContext context, Function<ModelClient, RemoteModel> service, String... args) {
        return CommandRunner.execute(new QuickStart(context, service), context, args);
    }

    @Override
    public Integer call() throws CommandException {
        check();
        Series bars = series.read();
        try (Backend backend = backend()) {
            new Session(context, backend, bars, polls).run(last == null ? Integer.MAX_VALUE : last, json);
        }
        return 0;
    }

    private void check() throws CommandException {
        series.check();
        requireOption(last == null || last > 0, "--last is a number of bars, at least 1");
        requireOption(polls > 0 && polls <= MAX_POLLS, "--poll is 1 to " + MAX_POLLS);
        requireOption(faults == null || (faults >= 0 && faults <= 1), "--faults is a share from 0 to 1");
        requireOption(
                latencyMs == null || (latencyMs >= 0 && latencyMs <= MAX_LATENCY_MS),
                "--latency-ms is 0 to " + MAX_LATENCY_MS);
        requireOption(ModelClient.named(client).isPresent(), "--client is " + ModelClient.NAMES);
        boolean standIn = !rulesOnly && !Backend.hasKey(context);
        requireOption(
                standIn || (faults == null && latencyMs == null),
                "--faults and --latency-ms are for the stand-in of the API, which "
                        + (rulesOnly ? "--rules-only leaves out" : "DEEPSEEK_API_KEY replaces by the real one"));
    }

    private Backend backend() throws CommandException {
        if (rulesOnly) {
            return Backend.rulesOnly();
        }
        ModelClient carrier = ModelClient.named(client).orElseThrow();
        return Backend.hasKey(context)
                ? Backend.deepSeek(() -> service.apply(carrier))
                : Backend.standIn(
                        carrier, faults == null ? 0 : faults, Duration.ofMillis(latencyMs == null ? 0 : latencyMs));
    }
}

package io.github.hybridinference.examples.check;

import io.github.hybridinference.budget.Money;
import io.github.hybridinference.deepseek.CheckReport;
import io.github.hybridinference.deepseek.CheckReport.Kind;
import io.github.hybridinference.deepseek.CheckReport.Outcome;
import io.github.hybridinference.deepseek.DeepSeek;
import io.github.hybridinference.examples.run.Backend;
import io.github.hybridinference.examples.run.ModelClient;
import io.github.hybridinference.lab.command.CommandContext;
import io.github.hybridinference.lab.command.CommandException;
import io.github.hybridinference.lab.command.CommandRunner;
import io.github.hybridinference.lab.command.ResultLine;
import io.github.hybridinference.remote.RemoteModel;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Asks the model's service one sample question and prints whether it can be used, and what to mend if not. */
@Command(
        name = "check",
        sortOptions = false,
        usageHelpWidth = 100,
        usageHelpAutoWidth = false,
        header = "Finds out by one cheap call whether the model's service can be used.",
        description = {
            "",
            "Takes DEEPSEEK_API_KEY, DEEPSEEK_BASE_URL and DEEPSEEK_MODEL from the environment. Asks for the list of models, "
                    + "which is free, and then one sample question, which costs money: the most that it can cost is printed "
                    + "first.",
            ""
        },
        footer = {
            "",
            "By Maven:  mvn -q -Pcheck",
            "The last line is RESULT and a JSON object. Exit code: 0 usable, 1 not usable, 2 a mistake in the options."
        })
public final class Check implements Callable<Integer> {
    private static final double NANOS_PER_MS = 1e6;

    private final CommandContext context;

    @Option(names = "--simulated", description = "Check a simulated model on loopback, which costs nothing.")
    private boolean simulated;

    @SuppressWarnings("UnusedVariable") // picocli acts on it
    @Option(names = "--help", usageHelp = true, description = "Print this and end.")
    private boolean help;

    private Check(CommandContext context) {
        this.context = context;
    }

    /**
     * Runs it and exits.
     *
     * @param args the options; {@code --help} lists them
     */
    public static void main(String[] args) {
        CommandRunner.main(Check::new, args);
    }

    static int run(CommandContext context, String... args) {
        return CommandRunner.execute(new Check(context), context, args);
    }

    @Override
    public Integer call() throws CommandException {
        if (!simulated && !Backend.hasKey(context)) {
            throw new CommandException(
                    "DEEPSEEK_API_KEY is not set: put your key into this environment variable, for example by export "
                            + "DEEPSEEK_API_KEY=..., or try --simulated.");
        }
        try (Backend backend = simulated
                ? Backend.standIn(ModelClient.NETTY, 0, Duration.ZERO)
                : Backend.deepSeek(() -> ModelClient.NETTY.fromEnv(context.environment()))) {
            RemoteModel model = backend.model().orElseThrow();
            try (DeepSeek service = (DeepSeek) model) {
                return check(service);
            }
        }
    }

    private int check(DeepSeek service) {
        OptionalLong worst = service.worstCheckCostNanoUsd();
        context.println(
                "%s",
                simulated
                        ? "A simulated model on loopback: this check costs nothing, whatever price it names."
                        : worst.isPresent()
                                ? String.format(
                                        Locale.ROOT,
                                        "This check costs at most %.7f US dollars.",
                                        Money.usd(worst.getAsLong()))
                                : "No price is known for this model: what this check costs is unknown.");
        CheckReport report = service.check();
        context.println("%s", report);
        context.println("%s", resultLine(report));
        return report.isUsable() ? 0 : 1;
    }

    private static ResultLine resultLine(CheckReport report) {
        ResultLine line = new ResultLine()
                .raw("reachable", Boolean.toString(report.isReachable()))
                .raw("model", report.model().map(Check::quoted).orElse("null"))
                .raw("json", is(report, Kind.JSON))
                .raw("thinking_off", is(report, Kind.THINKING));
        if (report.latencyNanos().isPresent()) {
            line.add("latency_ms", report.latencyNanos().getAsLong() / NANOS_PER_MS, 1);
        } else {
            line.raw("latency_ms", "null");
        }
        if (report.usage().costNanoUsd().isPresent()) {
            line.add("cost_usd", Money.usd(report.usage().costNanoUsd().getAsLong()), 9);
        } else {
            line.raw("cost_usd", "null");
        }
        return line.raw("cause", report.cause().map(Check::quoted).orElse("null"));
    }

    /** A model's name or a constant: letters, digits and a few signs that need no escape. */
    private static String quoted(String plain) {
        return '"' + plain + '"';
    }

    private static String is(CheckReport report, Kind kind) {
        return Boolean.toString(
                report.step(kind).filter(step -> step.outcome() == Outcome.OK).isPresent());
    }
}

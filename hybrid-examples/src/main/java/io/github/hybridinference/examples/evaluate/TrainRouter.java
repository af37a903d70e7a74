package io.github.hybridinference.examples.evaluate;

import static io.github.hybridinference.lab.command.CommandException.requireOption;

import io.github.hybridinference.classify.RouterModel;
import io.github.hybridinference.eval.History;
import io.github.hybridinference.eval.Interval;
import io.github.hybridinference.eval.LoggedWorth;
import io.github.hybridinference.eval.RouterTraining;
import io.github.hybridinference.eval.journal.Recording;
import io.github.hybridinference.examples.run.Series;
import io.github.hybridinference.examples.run.SeriesOptions;
import io.github.hybridinference.lab.command.CommandContext;
import io.github.hybridinference.lab.command.CommandException;
import io.github.hybridinference.lab.command.CommandRunner;
import io.github.hybridinference.model.Scenario.Reason;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Learns from a journal which complex scenarios are worth a call, and writes the router's file. */
@Command(
        name = "train-router",
        sortOptions = false,
        usageHelpWidth = 100,
        usageHelpAutoWidth = false,
        header = "Learns from a journal which complex scenarios are worth a call to the model.",
        description = {
            "",
            "Calls no model. The journal comes from a live engine or from an evaluation of the same bars.",
            ""
        },
        footer = {
            "",
            "By Maven:  mvn -q -Ptrain-router -Dargs=\"--journal DIR --bars my.csv --out router.json\"",
            "Exit code: 0 done, 1 a file cannot be used, 2 a mistake in the options."
        })
public final class TrainRouter implements Callable<Integer> {
    private static final double BPS = 10_000;

    private final CommandContext context;
    private final Clock clock;

    @Mixin
    private final SeriesOptions series = new SeriesOptions();

    @Option(
            names = "--journal",
            paramLabel = "DIR",
            description = "The journal to learn from; ${DEFAULT-VALUE} if left out.")
    private Path journal = Path.of("journal");

    @Option(
            names = "--horizon",
            paramLabel = "BARS",
            description = "Over how many bars a change is judged; ${DEFAULT-VALUE} if left out.")
    private int horizon = 4;

    @Option(
            names = "--cost-bps",
            paramLabel = "BPS",
            description = "What a trade costs, in hundredths of a percent; ${DEFAULT-VALUE} if left out.")
    private double costBps = 5;

    @Option(
            names = "--lose-at-most",
            paramLabel = "SHARE",
            description =
                    "The share of changes that the threshold may lose, between 0 and 1; ${DEFAULT-VALUE} if left out.")
    private double loseAtMost = 0.3;

    @Option(names = "--out", paramLabel = "FILE", description = "Where the router goes; ${DEFAULT-VALUE} if left out.")
    private Path out = Path.of("router.json");

    @SuppressWarnings("UnusedVariable") // picocli acts on it
    @Option(names = "--help", usageHelp = true, description = "Print this and end.")
    private boolean help;

    private TrainRouter(CommandContext context, Clock clock) {
        this.context = context;
        this.clock = clock;
    }

    /**
     * Runs it and exits.
     *
     * @param args the options; {@code --help} lists them
     */
    public static void main(String[] args) {
        CommandRunner.main(context -> new TrainRouter(context, Clock.systemUTC()), args);
    }

    static int run(CommandContext context, Clock clock, String... args) {
        return CommandRunner.execute(new TrainRouter(context, clock), context, args);
    }

    @Override
    public Integer call() throws CommandException {
        series.check();
        requireOption(horizon > 0, "--horizon is a number of bars, at least 1");
        requireOption(costBps >= 0 && costBps < BPS, "--cost-bps is 0 or more, below 10000");
        requireOption(loseAtMost > 0 && loseAtMost < 1, "--lose-at-most is a share between 0 and 1");
        Series bars = series.read();
        try {
            History history = History.of(bars.bars(), bars.timeframe(), new IndicatorSnapshots(bars));
            Recording recording = Recording.read(journal);
            LoggedWorth worth = LoggedWorth.of(history, recording, horizon, costBps);
            String router = RouterTraining.of(history, recording, horizon, costBps)
                    .losingAtMost(loseAtMost)
                    .train(bars.label(), LocalDate.now(clock));
            Files.writeString(out, router);
            print(context.out(), worth, RouterModel.parse(router));
        } catch (IOException e) {
            throw new CommandException(
                    "The journal cannot be read or the router cannot be written: " + e.getMessage() + ".");
        } catch (IllegalArgumentException e) {
            throw new CommandException("Nothing can be learned from this journal: " + e.getMessage() + ".");
        }
        return 0;
    }

    private void print(PrintWriter out, LoggedWorth worth, RouterModel router) {
        out.println("Of " + worth.scenarios() + " complex scenarios " + worth.asked() + " were asked about, "
                + worth.explored() + " of them explored.");
        out.println("The model changes the action of the rules on " + range(worth.changeShare(), 100)
                + " % of all, for " + range(worth.worth(), BPS) + " bps a change after cost.");
        if (worth.asked() < worth.scenarios()) {
            out.println("(Over those asked about, as the router chose them: " + range(worth.ofAsked(), BPS)
                    + " bps; that is not the mean of all.)");
        }
        if (Arrays.stream(Reason.values()).allMatch(reason -> router.gain(reason) <= 0)) {
            out.println("By price this router would ask about its share of exploration only.");
        }
        out.println(
                "Use it:    .classifier(ScenarioClassifier.learned(RouterModel.read(Path.of(\"" + this.out + "\"))))");
        out.flush();
    }

    private static String range(Interval interval, double unit) {
        return String.format(
                Locale.ROOT,
                "%.1f (%.1f to %.1f)",
                unit * interval.value(),
                unit * interval.low(),
                unit * interval.high());
    }
}

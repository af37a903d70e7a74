package io.github.hybridinference.lab.process;

import static io.github.hybridinference.lab.command.CommandException.requireOption;

import io.github.hybridinference.lab.command.CommandContext;
import io.github.hybridinference.lab.command.CommandException;
import io.github.hybridinference.lab.command.CommandRunner;
import io.github.hybridinference.testkit.standin.StandIn;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs the stand-in as a process of its own, until its standard input ends or it is terminated.
 *
 * <p>Its first line of output is {@code LISTENING http://127.0.0.1:port}. Since it ends with its standard input, it cannot
 * outlive the process that started it.
 *
 * @since 0.1.0
 */
@Command(
        name = "stand-in",
        mixinStandardHelpOptions = true,
        description = "A stand-in of DeepSeek's API on loopback; its answers come from a simulated model.")
public final class StandInMain implements Callable<Integer> {
    private final CommandContext context;

    @Option(names = "--port", defaultValue = "0", description = "Port on 127.0.0.1; 0 (default) takes a free one.")
    private int port;

    @Option(names = "--latency-ms", defaultValue = "0", description = "Milliseconds before each answer; default 0.")
    private long latencyMs;

    @Option(names = "--faults", defaultValue = "0", description = "Share of calls that fail, 0 to 1; default 0.")
    private double faults;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of the choice of faults; default 1.")
    private long seed;

    private StandInMain(CommandContext context) {
        this.context = context;
    }

    /**
     * Runs it and exits: 0 when its input has ended, 1 when it cannot listen on the port, 2 on a wrong option.
     *
     * @param args the options; {@code --help} lists them
     */
    public static void main(String[] args) {
        CommandRunner.main(StandInMain::new, args);
    }

    @Override
    public Integer call() throws CommandException, IOException {
        try (StandIn standIn = builder().start()) {
            context.println("%s%s", StandInProcess.LISTENING, standIn.baseUrl());
            context.in().transferTo(OutputStream.nullOutputStream()); // only its end matters
            return 0;
        }
    }

    private StandIn.Builder builder() throws CommandException {
        try {
            return StandIn.builder()
                    .port(port)
                    .latency(Duration.ofMillis(latencyMs))
                    .faults(faults, seed);
        } catch (IllegalArgumentException e) {
            requireOption(false, String.valueOf(e.getMessage()));
            throw e;
        }
    }
}

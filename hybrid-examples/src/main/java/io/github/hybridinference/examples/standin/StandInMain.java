package io.github.hybridinference.examples.standin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Runs the stand-in as a process of its own, until its standard input ends or it is terminated.
 *
 * <p>Its first line of output is {@code LISTENING http://127.0.0.1:port}. Ending with the standard input means that it
 * cannot outlive the process that started it.
 */
@Command(
        name = "stand-in",
        mixinStandardHelpOptions = true,
        description = "A stand-in of DeepSeek's API on loopback; its answers come from a simulated model.")
public final class StandInMain implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--port", defaultValue = "0", description = "Port on 127.0.0.1; 0 (default) takes a free one.")
    private int port;

    @Option(names = "--latency-ms", defaultValue = "0", description = "Milliseconds before each answer; default 0.")
    private long latencyMs;

    @Option(names = "--faults", defaultValue = "0", description = "Share of calls that fail, 0 to 1; default 0.")
    private double faults;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of the choice of faults; default 1.")
    private long seed;

    private StandInMain() {}

    /**
     * Runs it and exits: 0 when its input has ended, 1 when the port cannot be had, 2 on a wrong option.
     *
     * @param args the options; {@code --help} lists them
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new StandInMain()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        try (StandIn standIn = start()) {
            System.out.println("LISTENING " + standIn.baseUrl());
            while (System.in.read() >= 0) {
                // Whatever is typed has no meaning; only the end of it has.
            }
            return 0;
        } catch (UncheckedIOException e) {
            System.err.println("stand-in: " + e.getMessage());
            return 1;
        }
    }

    private StandIn start() {
        try {
            return StandIn.builder()
                    .port(port)
                    .latency(Duration.ofMillis(latencyMs))
                    .faults(faults, seed)
                    .start();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }
}

package io.github.hybridinference.lab.process;

import static io.github.hybridinference.lab.command.CommandException.requireOption;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.deepseek.DeepSeek;
import io.github.hybridinference.lab.command.CommandContext;
import io.github.hybridinference.lab.command.CommandException;
import io.github.hybridinference.lab.command.CommandRunner;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.testkit.standin.StandIn;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
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
    private static final Duration WARM_UP_LIMIT = Duration.ofMinutes(1);
    private static final Feature NEWS_COUNT = Feature.of("news_count");

    private final CommandContext context;

    @Option(names = "--port", defaultValue = "0", description = "Port on 127.0.0.1; 0 (default) takes a free one.")
    private int port;

    @Option(names = "--latency-ms", defaultValue = "0", description = "Milliseconds before each answer; default 0.")
    private long latencyMs;

    @Option(names = "--faults", defaultValue = "0", description = "Share of calls that fail, 0 to 1; default 0.")
    private double faults;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of the choice of faults; default 1.")
    private long seed;

    @Option(
            names = "--warm-up",
            defaultValue = "0",
            description = "Calls of its own that it answers before it listens, 0 to 100,000; default 0.")
    private int warmUpCalls;

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
        requireOption(warmUpCalls >= 0 && warmUpCalls <= 100_000, "--warm-up must be 0 to 100000");
        warmUp();
        try (StandIn standIn = builder().start()) {
            context.println("%s%s", StandInProcess.LISTENING, standIn.baseUrl());
            context.in().transferTo(OutputStream.nullOutputStream()); // only its end matters
            return 0;
        }
    }

    private void warmUp() throws IOException {
        if (warmUpCalls == 0) {
            return;
        }
        try (StandIn other = StandIn.builder().start();
                InferenceEngine engine = InferenceEngine.builder()
                        .remote(DeepSeek.builder()
                                .endpoint(other.baseUrl())
                                .apiKey("none-needed")
                                .build())
                        .classifier((snapshot, verdict) -> Scenario.complex(Scenario.Reason.CUSTOM))
                        .cache(SignalCache.none())
                        .ownParts()
                        .build()) {
            List<MarketSnapshot> questions = IntStream.range(0, warmUpCalls)
                    .mapToObj(StandInMain::question)
                    .toList();
            engine.inferAll(questions, Deadline.after(WARM_UP_LIMIT)).answers();
        }
    }

    /** Up to 100,000 of them differ, so that none waits for the answer to another. */
    private static MarketSnapshot question(int number) {
        return MarketSnapshot.builder("WARM-UP", Timeframe.H1)
                .price(64_120.5)
                .rsi(50)
                .macd(-120.3, -98.1)
                .bollinger(63_900, 64_800, 65_700)
                .volatilityPct(2.1)
                .feature(NEWS_COUNT, number % 2_000 * 5)
                .feature(Feature.ADX_14, number / 2_000 % 50 * 2)
                .build();
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

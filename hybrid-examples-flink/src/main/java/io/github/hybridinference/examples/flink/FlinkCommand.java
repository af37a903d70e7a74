package io.github.hybridinference.examples.flink;

import static io.github.hybridinference.lab.command.CommandException.requireAmount;
import static io.github.hybridinference.lab.command.CommandException.requireOption;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hybridinference.budget.Money;
import io.github.hybridinference.lab.command.CommandContext;
import io.github.hybridinference.lab.command.CommandException;
import io.github.hybridinference.lab.command.CommandRunner;
import io.github.hybridinference.lab.command.ResultLine;
import io.github.hybridinference.lab.process.RedisProcess;
import io.github.hybridinference.lab.process.StandInProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import redis.clients.jedis.UnifiedJedis;

/** Runs {@link SignalJob} on two TaskManagers, kills one, starts another in its place, and checks what became of each bar. */
@Command(
        name = "flink",
        mixinStandardHelpOptions = true,
        description =
                "Runs a job of Flink over many symbols on two TaskManagers in processes of their own, with a simulated model and"
                        + " Redis, and kills one of them once.")
public final class FlinkCommand implements Callable<Integer> {
    static final String LOG_CONFIGURATION = "io/github/hybridinference/examples/flink/logback.xml";

    private static final double NANOS = 1e9;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int CAPACITY = 25;

    private final CommandContext context;
    private final ObjectMapper json = new ObjectMapper();

    @Option(names = "--symbols", defaultValue = "5000", description = "Symbols; default 5000.")
    private int symbols;

    @Option(names = "--bars", defaultValue = "3", description = "Bars of each symbol; default 3.")
    private int bars;

    @Option(names = "--latency-ms", defaultValue = "100", description = "Milliseconds the model takes; default 100.")
    private long latencyMs;

    @Option(names = "--cap-usd", defaultValue = "5.00", description = "Cap of the day in US dollars; default 5.00.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String capUsd;

    @Option(
            names = "--kill-at",
            defaultValue = "0.6",
            description = "Calls after which a TaskManager is killed, as a share of the symbols, 0 to 1; default 0.6.")
    private double killAt;

    private FlinkCommand(CommandContext context) {
        this.context = context;
    }

    /**
     * Runs it and exits: 0 if no answer was lost, none came twice and the cap held, 1 if not, 2 on a wrong option.
     *
     * @param args the options; {@code --help} lists them
     */
    public static void main(String[] args) {
        System.setProperty("logback.configurationFile", LOG_CONFIGURATION);
        CommandRunner.main(FlinkCommand::new, args);
    }

    static FlinkCommand of(CommandContext context) {
        return new FlinkCommand(context);
    }

    @Override
    public Integer call() throws Exception {
        requireOption(symbols > 0 && bars > 0 && latencyMs > 0, "--symbols, --bars and --latency-ms must be positive");
        requireOption(killAt > 0 && killAt < 1, "--kill-at must be between 0 and 1");
        requireAmount("--cap-usd", capUsd);
        Path folder = Files.createTempDirectory("hybrid-flink");
        try (RedisProcess redis = RedisProcess.start();
                StandInProcess model = StandInProcess.start(latencyMs);
                Cluster cluster = new Cluster(folder.resolve("checkpoints"))) {
            return run(redis, model, cluster, folder.resolve("answers"));
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
            }
        }
    }

    private int run(RedisProcess redis, StandInProcess model, Cluster cluster, Path answers) throws Exception {
        cluster.startTaskManager();
        cluster.startTaskManager();
        SignalJob job = new SignalJob(
                symbols,
                bars,
                System.currentTimeMillis(),
                model.baseUrl(),
                redis.url(),
                capUsd,
                CAPACITY,
                answers.toUri().toString());
        StreamExecutionEnvironment environment = cluster.environment();
        job.define(environment);
        long start = System.nanoTime();
        JobClient running = environment.executeAsync("signals");
        CompletableFuture<JobExecutionResult> end = running.getJobExecutionResult();

        while (!end.isDone() && model.requests() < killAt * symbols) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        if (end.isDone()) {
            end.get();
            throw new CommandException("the job ended before a TaskManager was killed: choose a smaller --kill-at");
        }
        long inFlight;
        try (UnifiedJedis client = redis.client()) {
            long answered = answersIn(client);
            cluster.killTaskManager();
            inFlight = model.requests() - answered; // in this order, so that none is missed
        }
        context.progress("a TaskManager was killed with %d calls in flight", inFlight);
        cluster.startTaskManager();
        end.get();
        double seconds = (System.nanoTime() - start) / NANOS;
        long restarts = restarts(cluster, running.getJobID().toString());
        return report(redis, model, answers, inFlight, restarts, seconds);
    }

    private int report(
            RedisProcess redis, StandInProcess model, Path folder, long inFlight, long restarts, double seconds)
            throws IOException {
        Map<String, Integer> ids = new HashMap<>();
        Map<String, Integer> sources = new HashMap<>();
        read(folder, ids, sources);
        long all = (long) symbols * bars;
        long answers = ids.values().stream().mapToLong(Integer::longValue).sum();
        long lost = all - ids.size();
        long duplicated = answers - ids.size();
        long calls = model.requests();
        long distinct;
        double spent;
        try (UnifiedJedis client = redis.client()) {
            distinct = answersIn(client);
            spent = spentUsd(client);
        }
        double cap = Money.usd(Money.nanoUsd(capUsd));
        context.println(
                "%d answers to %d bars; %d calls for %d distinct questions, %d in flight when a TaskManager was killed",
                answers, all, calls, distinct, inFlight);
        context.out()
                .println(new ResultLine()
                        .add("symbols", symbols)
                        .add("bars", all)
                        .add("answers", answers)
                        .add("remote", sources.getOrDefault("REMOTE", 0))
                        .add("cached", sources.getOrDefault("CACHE", 0))
                        .add("fallback", sources.getOrDefault("FALLBACK", 0))
                        .add("upstream_calls", calls)
                        .add("distinct", distinct)
                        .add("in_flight_at_kill", inFlight)
                        .add("restarts", restarts)
                        .add("lost", lost)
                        .add("duplicated", duplicated)
                        .add("spent_usd", spent, 6)
                        .add("cap_usd", cap, 2)
                        .add("bars_per_s", all / seconds, 0));
        return lost == 0 && duplicated == 0 && spent <= cap ? 0 : 1;
    }

    /** The committed files; one that is still being written has a name that begins with a dot. */
    private static void read(Path folder, Map<String, Integer> ids, Map<String, Integer> sources) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList()) {
                for (String line : Files.readAllLines(file)) {
                    String[] fields = line.split("\t", -1);
                    ids.merge(fields[0], 1, Integer::sum);
                    sources.merge(fields[1], 1, Integer::sum);
                }
            }
        }
    }

    /** One for each distinct question that was answered. */
    private static long answersIn(UnifiedJedis client) {
        return client.keys("hybrid:v2:*").stream()
                .filter(key -> !key.contains("lease") && !key.contains("folded"))
                .count();
    }

    /** The accounts of all engines, also of the one that was killed: {@code number:spent:reserved:heard}. */
    private static double spentUsd(UnifiedJedis client) {
        long spent = 0;
        for (String account :
                client.hgetAll("hybrid:budget:" + LocalDate.now(ZoneOffset.UTC)).values()) {
            spent += Long.parseLong(account.split(":", -1)[1]);
        }
        return Money.usd(spent);
    }

    /** The attempts that the job needed after its first. */
    private long restarts(Cluster cluster, String job) throws IOException {
        long most = 0;
        for (JsonNode vertex :
                read(URI.create(cluster.restUrl() + "/jobs/" + job)).path("vertices")) {
            String id = vertex.path("id").asText();
            for (JsonNode subtask : read(URI.create(cluster.restUrl() + "/jobs/" + job + "/vertices/" + id))
                    .path("subtasks")) {
                most = Math.max(most, subtask.path("attempt").asLong());
            }
        }
        return most;
    }

    private JsonNode read(URI address) throws IOException {
        try (InputStream reply = address.toURL().openStream()) {
            return json.readTree(reply);
        }
    }
}

package io.github.hybridinference.lab.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * What was measured while all instances ran a batch.
 *
 * @param answers statistics over all instances
 * @param upstream requests that reached the model
 * @param process hits in the caches of the processes
 * @param redis hits in Redis
 * @param joined inferences that waited for an in-flight call of their own process
 */
record RoundResult(AnswerStatistics answers, long upstream, long process, long redis, long joined) {
    /** Starts the load of one instance. */
    @FunctionalInterface
    interface Starter {
        void start(WorkerProcess instance, int index, long atMs) throws IOException;
    }

    /** Time until all instances have received their order. */
    private static final long NOTICE_MS = 300;

    static RoundResult run(RunningFleet fleet, Starter starter) throws IOException {
        long before = fleet.upstream();
        long atMs = System.currentTimeMillis() + NOTICE_MS;
        List<WorkerProcess> instances = fleet.instances();
        for (int i = 0; i < instances.size(); i++) {
            starter.start(instances.get(i), i, atMs);
        }
        return collect(fleet, instances, before);
    }

    static RoundResult collect(RunningFleet fleet, List<WorkerProcess> instances, long before) throws IOException {
        AnswerStatistics answers = new AnswerStatistics();
        long process = 0;
        long redis = 0;
        long joined = 0;
        for (WorkerProcess instance : instances) {
            JsonNode result = instance.result();
            answers.add(AnswerStatistics.read(result.path("answers")));
            process += result.path("process").asLong();
            redis += result.path("redis").asLong();
            joined += result.path("joined").asLong();
        }
        return new RoundResult(answers, fleet.upstream() - before, process, redis, joined);
    }

    static String heading() {
        return String.format(
                "%-34s %6s %9s %8s %8s %8s %9s %9s",
                "round", "asked", "upstream", "process", "Redis", "joined", "p50 ms", "p99 ms");
    }

    String row(String name) {
        return String.format(
                Locale.ROOT,
                "%-34s %6d %9d %7.1f%% %7.1f%% %7.1f%% %9.1f %9.1f",
                name,
                answers.count(),
                upstream,
                share(process),
                share(redis),
                share(joined),
                answers.percentileMs(50),
                answers.percentileMs(99));
    }

    private double share(long part) {
        return 100.0 * part / Math.max(1, answers.count());
    }
}

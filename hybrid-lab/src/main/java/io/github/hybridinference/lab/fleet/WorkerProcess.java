package io.github.hybridinference.lab.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hybridinference.lab.process.JavaProcess;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** A {@link WorkerMain} in a process of its own, as the runner sees it. */
final class WorkerProcess implements AutoCloseable {
    static final String WARM_UP = "warm-up";
    static final String BATCH = "ask";
    static final String STEADY = "steady";

    /** A run of seconds ends before the second compiler pays off. */
    private static final List<String> FLAGS = List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final JavaProcess process;

    private WorkerProcess(JavaProcess process) {
        this.process = process;
    }

    static WorkerProcess start(FleetSettings plan, String redis, URI model) throws IOException {
        return new WorkerProcess(JavaProcess.start(
                WorkerMain.class,
                FLAGS,
                List.of(
                        "--redis=" + redis,
                        "--model=" + model,
                        "--cap-usd=" + plan.capUsd(),
                        "--local-share=" + plan.localShare(),
                        "--redis-timeout-ms=" + plan.redisTimeoutMs(),
                        "--lease-ms=" + plan.leaseMs())));
    }

    void awaitReady() throws IOException {
        if (!process.readLine().equals(WorkerMain.READY)) {
            throw new IOException("a worker did not start");
        }
    }

    /** Runs a batch that is neither measured nor charged to the budget of the fleet. */
    void warmUp(long first, long count) throws IOException {
        process.writeLine(WARM_UP + " " + first + " " + count);
    }

    /** Starts a {@link BatchLoad}. */
    void batch(long first, long step, long count, long atMs) throws IOException {
        process.writeLine(String.join(
                " ", BATCH, Long.toString(first), Long.toString(step), Long.toString(count), Long.toString(atMs)));
    }

    /** Starts a {@link SteadyLoad}. */
    void steady(long first, long self, long instances, long perSecond, long seconds) throws IOException {
        process.writeLine(STEADY + " " + first + " " + self + " " + instances + " " + perSecond + " " + seconds);
    }

    /** Waits for the result of what was started. */
    JsonNode result() throws IOException {
        return new ObjectMapper().readTree(process.readLine());
    }

    void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }
}

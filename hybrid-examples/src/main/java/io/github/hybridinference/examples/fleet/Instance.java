package io.github.hybridinference.examples.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hybridinference.examples.rig.JavaProcess;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** The runner's end of a {@link Worker}. */
final class Instance implements AutoCloseable {
    static final String WARM_UP = "warm-up";
    static final String ASK = "ask";
    static final String STEADY = "steady";

    /** A run of seconds is over before the second compiler has repaid what it takes from the few cores. */
    private static final List<String> FLAGS = List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final JavaProcess process;

    private Instance(JavaProcess process) {
        this.process = process;
    }

    static Instance start(Plan plan, String redis, URI model) throws IOException {
        return new Instance(JavaProcess.start(
                Worker.class,
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
        if (!process.hear().equals(Worker.READY)) {
            throw new IOException("a worker did not start");
        }
    }

    /** Asks what is not measured, and what is spent on it is not on the fleet's account. */
    void warmUp(long first, long count) throws IOException {
        process.say(WARM_UP + " " + first + " " + count);
    }

    /** See {@link Questioning#go}. */
    void ask(long first, long step, long count, long atMs) throws IOException {
        process.say(String.join(
                " ", ASK, Long.toString(first), Long.toString(step), Long.toString(count), Long.toString(atMs)));
    }

    /** See {@link SteadyLoad}. */
    void steady(long first, long self, long instances, long perSecond, long seconds) throws IOException {
        process.say(STEADY + " " + first + " " + self + " " + instances + " " + perSecond + " " + seconds);
    }

    JsonNode reply() throws IOException {
        return new ObjectMapper().readTree(process.hear());
    }

    void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }
}

package io.github.hybridinference.lab.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;

/**
 * The stand-in of DeepSeek's API in a process of its own, so that it takes nothing from its clients but processor time.
 *
 * @since 0.1.0
 */
public final class StandInProcess implements AutoCloseable {
    /** What its first line of output begins with; its address follows. */
    static final String LISTENING = "LISTENING ";

    /** Enough for the stand-in to have compiled what a burst runs. */
    private static final int WARM_UP_CALLS = 2_000;

    private final JavaProcess process;
    private final URI baseUrl;

    private StandInProcess(JavaProcess process, URI baseUrl) {
        this.process = process;
        this.baseUrl = baseUrl;
    }

    /**
     * Starts it, and waits until it listens. Needs picocli on the class path.
     *
     * @param latencyMs how long the simulated model takes for an answer, in milliseconds
     * @return the stand-in, to be closed by the caller
     * @throws IOException if it did not start
     */
    public static StandInProcess start(long latencyMs) throws IOException {
        return start(latencyMs, List.of("-Xmx256m"), 0);
    }

    /**
     * The same for a first burst, in which a service that has long been running has nothing to compile: it has answered calls of
     * its own before, and does without the second compiler, which would take more processor time than all the answers.
     *
     * @param latencyMs how long the simulated model takes for an answer, in milliseconds
     * @return the stand-in, to be closed by the caller
     * @throws IOException if it did not start
     */
    public static StandInProcess startWarm(long latencyMs) throws IOException {
        return start(latencyMs, List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"), WARM_UP_CALLS);
    }

    private static StandInProcess start(long latencyMs, List<String> flags, int warmUpCalls) throws IOException {
        JavaProcess process = JavaProcess.start(
                StandInMain.class,
                flags,
                List.of("--latency-ms", Long.toString(latencyMs), "--warm-up", Integer.toString(warmUpCalls)));
        try {
            String line = process.readLine();
            if (line.startsWith(LISTENING)) {
                return new StandInProcess(process, URI.create(line.substring(LISTENING.length())));
            }
        } catch (IOException ended) {
            process.kill();
            throw ended;
        }
        process.kill();
        throw new IOException("the stand-in did not start");
    }

    /**
     * Where it listens.
     *
     * @return its address
     */
    public URI baseUrl() {
        return baseUrl;
    }

    /**
     * The process.
     *
     * @return its handle
     */
    public ProcessHandle handle() {
        return process.handle();
    }

    /**
     * Asks how many chat completion calls it has received.
     *
     * @return their number
     * @throws IOException if it does not answer
     */
    public long requests() throws IOException {
        return stats().path("requests").asLong();
    }

    /**
     * Asks how many connections are open, not counting the one that asks.
     *
     * @return their number
     * @throws IOException if it does not answer
     */
    public long connections() throws IOException {
        return stats().path("open_connections").asLong() - 1;
    }

    private JsonNode stats() throws IOException {
        try (InputStream reply = baseUrl.resolve("/stand-in/stats").toURL().openStream()) {
            return new ObjectMapper().readTree(reply);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}

package io.github.hybridinference.examples.rig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hybridinference.examples.standin.StandInMain;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;

/** The stand-in in a process of its own, so that it shares nothing with its clients but the machine. */
public final class StandInProcess implements AutoCloseable {
    private static final String READY = "LISTENING ";

    private final JavaProcess process;
    private final URI baseUrl;

    private StandInProcess(JavaProcess process, URI baseUrl) {
        this.process = process;
        this.baseUrl = baseUrl;
    }

    /**
     * Starts one, and waits until it listens.
     *
     * @param latencyMs what the simulated model takes, in milliseconds
     * @return the stand-in, to be closed by the caller
     * @throws IOException if it did not start
     */
    public static StandInProcess start(long latencyMs) throws IOException {
        JavaProcess process =
                JavaProcess.start(StandInMain.class, List.of(), List.of("--latency-ms", Long.toString(latencyMs)));
        try {
            String line = process.hear();
            if (line.startsWith(READY)) {
                return new StandInProcess(process, URI.create(line.substring(READY.length())));
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
     * Asks how many chat completion calls it has received.
     *
     * @return their number
     * @throws IOException if it does not answer
     */
    public long requests() throws IOException {
        return stats().path("requests").asLong();
    }

    /**
     * Asks how many connections are open, but for the one that asks.
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

package io.github.hybridinference.examples.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/** Asks the stand-in what it has counted: the server's view of the load. */
final class StandInCounts {
    private StandInCounts() {}

    /** Connections open at the stand-in, but for the one that asks. */
    static long connections(URI baseUrl) throws IOException {
        try (InputStream reply = baseUrl.resolve("/stand-in/stats").toURL().openStream()) {
            return new ObjectMapper().readTree(reply).path("open_connections").asLong() - 1;
        }
    }
}

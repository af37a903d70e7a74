package io.github.hybridinference.examples.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/**
 * Describes the service.
 *
 * @param name its name
 * @param version its version
 * @param model the model in use, or {@code none}
 * @param uptimeS seconds since its start
 */
record ServiceInfo(String name, String version, String model, long uptimeS) {
    private static final String VERSION = readVersion();

    static ServiceInfo of(String model, long uptimeS) {
        return new ServiceInfo("hybrid-inference", VERSION, model, uptimeS);
    }

    private static String readVersion() {
        Properties build = new Properties();
        try (InputStream in = ServiceInfo.class.getResourceAsStream("build.properties")) {
            build.load(Objects.requireNonNull(in, "build.properties"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return build.getProperty("version", "unknown");
    }
}

package io.github.hybridinference.deepseek;

import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Finds the proxy that the surroundings name: the environment's {@code HTTPS_PROXY} and {@code NO_PROXY}, or else the JDK's
 * {@code https.proxyHost}, {@code https.proxyPort} and {@code http.nonProxyHosts}. They are about https alone, and never
 * about this machine.
 */
final class ProxyDiscovery {
    private static final String DEFAULT_PORT = "443"; // the JDK's

    private ProxyDiscovery() {}

    /**
     * Finds the proxy for an endpoint.
     *
     * @param environment the variables that may be read
     * @param properties the properties of the JVM
     * @return null for none
     * @throws IllegalArgumentException if its setting is malformed; the message names it and does not repeat its value
     */
    static @Nullable HttpProxy find(
            Endpoint endpoint, Map<String, String> environment, UnaryOperator<@Nullable String> properties) {
        if (!endpoint.tls() || endpoint.isLoopback()) {
            return null;
        }
        String url = variable(environment, "https_proxy");
        if (!url.isEmpty()) {
            return ProxyExceptions.ofEnvironment(variable(environment, "no_proxy"), endpoint)
                    ? null
                    : parse("HTTPS_PROXY", url);
        }
        String host = String.valueOf(properties.apply("https.proxyHost"));
        if (host.equals("null") || host.isBlank()) {
            return null;
        }
        String exceptions = properties.apply("http.nonProxyHosts");
        if (exceptions != null && ProxyExceptions.ofJvm(exceptions, endpoint.host())) {
            return null;
        }
        String port = properties.apply("https.proxyPort");
        String name = host.strip().replaceAll("[\\[\\]]", "");
        return parse(
                "https.proxyHost",
                (name.indexOf(':') < 0 ? name : "[" + name + "]") + ":"
                        + (port == null || port.isBlank() ? DEFAULT_PORT : port.strip()));
    }

    /** In lower case first, as curl has it. */
    private static String variable(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "").strip();
        return value.isEmpty()
                ? environment.getOrDefault(name.toUpperCase(Locale.ROOT), "").strip()
                : value;
    }

    private static HttpProxy parse(String setting, String url) {
        try {
            return HttpProxy.parse(url);
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(setting + ": " + refused.getMessage());
        }
    }
}

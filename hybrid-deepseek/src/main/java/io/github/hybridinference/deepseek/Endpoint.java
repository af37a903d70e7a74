package io.github.hybridinference.deepseek;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The base URL of a service.
 *
 * @param tls whether the connection is encrypted
 * @param host a name or an address, an IPv6 address without brackets
 * @param port 1 to 65535
 * @param path the prefix of every path, without a trailing slash
 */
record Endpoint(boolean tls, String host, int port, String path) {
    private static final Pattern IPV4_LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}");

    static Endpoint parse(String text) {
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException echoesTheText) {
            throw refused();
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        boolean tls = scheme.equals("https");
        if ((!tls && !scheme.equals("http")) || uri.getHost() == null) {
            throw refused();
        }
        if (uri.getUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw refused();
        }
        String host = uri.getHost().replaceAll("[\\[\\]]", "");
        int port = uri.getPort() == -1 ? (tls ? 443 : 80) : checkPort(uri.getPort());
        return new Endpoint(tls, host, port, uri.getRawPath().replaceAll("/+$", ""));
    }

    /** Refuses a port that does not exist. */
    static int checkPort(int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port is 1 to 65535");
        }
        return port;
    }

    /** Whether the host is this machine, judged by its name alone, without a look-up. */
    boolean isLoopback() {
        return host.equalsIgnoreCase("localhost")
                || host.equals("::1")
                || IPV4_LOOPBACK.matcher(host).matches();
    }

    String baseUrl() {
        return (tls ? "https://" : "http://") + authority() + path;
    }

    /** Host and port, the port only if it is not the default one. */
    String authority() {
        String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return port == (tls ? 443 : 80) ? name : name + ":" + port;
    }

    private static IllegalArgumentException refused() {
        return new IllegalArgumentException(
                "an endpoint is a URL such as https://api.deepseek.com, without user, query or fragment");
    }
}

package io.github.hybridinference.deepseek;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
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
    private static final Set<String> OTHER_OPERATIONS =
            Set.of("completions", "responses", "models", "messages", "embeddings");
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
        if (uri.getUserInfo() != null) {
            throw refused(" without a user: give the key to apiKey");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw refused(" without query and fragment: give parameters to query");
        }
        String host = uri.getHost().replaceAll("[\\[\\]]", "");
        int port = uri.getPort() == -1 ? (tls ? 443 : 80) : checkPort(uri.getPort());
        return new Endpoint(tls, host, port, basePath(uri.getRawPath()));
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
        return isLoopback(host);
    }

    static boolean isLoopback(String host) {
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

    /** Drops what the adapter adds; another operation at the end shows that another address was copied. */
    private static String basePath(String path) {
        String plain = path.replaceAll("/+$", "");
        if (plain.endsWith("/chat/completions")) {
            return plain.substring(0, plain.length() - "/chat/completions".length())
                    .replaceAll("/+$", "");
        }
        String last = plain.substring(plain.lastIndexOf('/') + 1);
        if (OTHER_OPERATIONS.contains(last)) {
            throw refused(" that ends before /" + last + ": the adapter adds /chat/completions");
        }
        return plain;
    }

    private static IllegalArgumentException refused() {
        return refused(", without user, query and fragment");
    }

    private static IllegalArgumentException refused(String advice) {
        return new IllegalArgumentException("an endpoint is a URL such as https://api.deepseek.com" + advice);
    }
}

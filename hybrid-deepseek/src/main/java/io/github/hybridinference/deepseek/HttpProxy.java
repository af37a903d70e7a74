package io.github.hybridinference.deepseek;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy that opens tunnels by the method CONNECT.
 *
 * @param host a name or an address, an IPv6 address without brackets
 * @param port 1 to 65535
 * @param login for basic authentication, null for none
 */
record HttpProxy(String host, int port, @Nullable Login login) {
    private static final int DEFAULT_PORT = 80;

    /** A user's name and password. */
    record Login(String user, String password) {
        /** Nothing of it. */
        @Override
        public String toString() {
            return "Login";
        }
    }

    boolean isLoopback() {
        return Endpoint.isLoopback(host);
    }

    /** Reads a URL; the scheme may be left out. The message of the exception does not repeat it. */
    static HttpProxy parse(String text) {
        String url = text.strip();
        URI uri;
        try {
            uri = new URI(url.contains("://") ? url : "http://" + url);
        } catch (URISyntaxException echoesTheText) {
            throw refused();
        }
        boolean more = uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || !uri.getRawPath().matches("/?");
        if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null || more) {
            throw refused();
        }
        int port = uri.getPort() == -1 ? DEFAULT_PORT : uri.getPort();
        return new HttpProxy(
                uri.getHost().replaceAll("[\\[\\]]", ""), Endpoint.checkPort(port), login(uri.getRawUserInfo()));
    }

    private static @Nullable Login login(@Nullable String userInfo) {
        if (userInfo == null || userInfo.isEmpty()) {
            return null;
        }
        int colon = userInfo.indexOf(':');
        String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
        String password = colon < 0 ? "" : userInfo.substring(colon + 1);
        return new Login(decoded(user), decoded(password));
    }

    private static String decoded(String encoded) {
        return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8); // + is no space in user info
    }

    private static IllegalArgumentException refused() {
        return new IllegalArgumentException("a proxy is a URL such as http://user:password@proxy.example:3128, without"
                + " path; special characters of user and password are percent-encoded");
    }

    /** Without the login. */
    @Override
    public String toString() {
        return "HttpProxy[" + host + ":" + port + "]";
    }
}

package io.github.hybridinference.spring;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the address of a Redis whose parts are known, for {@link HybridRedisConnectionDetails#uri()}. For the starters.
 *
 * @since 0.1.0
 */
public final class RedisUri {
    private RedisUri() {}

    /**
     * Writes the address of one server.
     *
     * @param tls whether connections are encrypted
     * @param user the user, if not the default one
     * @param password the password, if there is one
     * @param server host and port
     * @param database the number of the database
     * @return the address
     */
    public static String standalone(
            boolean tls, @Nullable String user, @Nullable String password, String server, int database) {
        return scheme(tls, "") + login(user, password) + server + "/" + database;
    }

    /**
     * Writes the address of a server that sentinels watch.
     *
     * @param tls whether connections are encrypted
     * @param user the user, if not the default one
     * @param password the password, if there is one
     * @param sentinels host and port of each
     * @param database the number of the database
     * @param master the name by which the sentinels know it
     * @return the address
     */
    public static String sentinel(
            boolean tls,
            @Nullable String user,
            @Nullable String password,
            List<String> sentinels,
            int database,
            String master) {
        return scheme(tls, "-sentinel") + login(user, password) + String.join(",", sentinels) + "/" + database + "#"
                + master;
    }

    /**
     * Writes the address of a cluster.
     *
     * @param tls whether connections are encrypted
     * @param user the user, if not the default one
     * @param password the password, if there is one
     * @param nodes host and port of some nodes
     * @return the address
     */
    public static String cluster(boolean tls, @Nullable String user, @Nullable String password, List<String> nodes) {
        return scheme(tls, "-cluster") + login(user, password) + String.join(",", nodes);
    }

    /**
     * Writes host and port.
     *
     * @param host a name or an address
     * @param port the port
     * @return an IPv6 address in brackets
     */
    public static String server(String host, int port) {
        boolean isBare = host.indexOf(':') >= 0 && !host.startsWith("[");
        return (isBare ? "[" + host + "]" : host) + ":" + port;
    }

    private static String scheme(boolean tls, String form) {
        return (tls ? "rediss" : "redis") + form + "://";
    }

    private static String login(@Nullable String user, @Nullable String password) {
        return password == null || password.isEmpty() ? "" : encoded(user) + ":" + encoded(password) + "@";
    }

    private static String encoded(@Nullable String text) {
        return text == null
                ? ""
                : URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

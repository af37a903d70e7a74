package io.github.hybridinference.redis;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/**
 * The address of Redis, with the login.
 *
 * @param form how the servers are organised
 * @param tls whether connections are encrypted
 * @param servers the server, the sentinels, or some nodes of the cluster
 * @param user the user of the access list, if not the default one
 * @param password the password, if there is one
 * @param database the database's number, 0 in a cluster
 * @param master the name by which the sentinels know the master; empty in the other forms
 */
record RedisAddress(
        Form form,
        boolean tls,
        Set<HostAndPort> servers,
        Optional<String> user,
        Optional<String> password,
        int database,
        String master) {
    /** How the servers are organised. */
    enum Form {
        STANDALONE,
        SENTINEL,
        CLUSTER
    }

    private static final String HOST = "(?:\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9._-]{1,253})(?::[0-9]{1,5})?";
    private static final Pattern URL = Pattern.compile("redis(?<tls>s?)(?<form>-sentinel|-cluster)?://"
            + "(?:(?<user>[^:@/]*):(?<password>[^@/]*)@)?"
            + "(?<hosts>" + HOST + "(?:," + HOST + "){0,63})"
            + "(?:/(?<database>[0-9]{0,4}))?(?:#(?<master>[A-Za-z0-9._-]{1,128}))?");

    private static final int REDIS_PORT = 6379;
    private static final int SENTINEL_PORT = 26379;
    private static final int LONGEST = 16_384;

    static RedisAddress parse(String url) {
        Matcher parts = URL.matcher(url);
        if (url.length() > LONGEST || !parts.matches()) {
            throw malformed();
        }
        Form form = formOf(parts.group("form"));
        String master = parts.group("master");
        String database = parts.group("database");
        Set<HostAndPort> servers = servers(parts.group("hosts"), form == Form.SENTINEL ? SENTINEL_PORT : REDIS_PORT);
        if ((form == Form.SENTINEL) != (master != null) || (form == Form.STANDALONE && servers.size() > 1)) {
            throw malformed();
        }
        int number = database == null || database.isEmpty() ? 0 : Integer.parseInt(database);
        if (form == Form.CLUSTER && number != 0) {
            throw new IllegalArgumentException("a Redis Cluster has database 0 only");
        }
        return new RedisAddress(
                form,
                !parts.group("tls").isEmpty(),
                servers,
                decoded(parts.group("user")),
                decoded(parts.group("password")),
                number,
                master == null ? "" : master);
    }

    private static Form formOf(@Nullable String suffix) {
        if (suffix == null) {
            return Form.STANDALONE;
        }
        return suffix.equals("-sentinel") ? Form.SENTINEL : Form.CLUSTER;
    }

    private static Set<HostAndPort> servers(String list, int defaultPort) {
        Set<HostAndPort> servers = new LinkedHashSet<>();
        for (String server : list.split(",", -1)) {
            int colon = server.lastIndexOf(':');
            boolean hasPort = colon > server.lastIndexOf(']') && colon > 0;
            int port = hasPort ? Integer.parseInt(server.substring(colon + 1)) : defaultPort;
            if (port < 1 || port > 65_535) {
                throw malformed();
            }
            String host = hasPort ? server.substring(0, colon) : server;
            servers.add(new HostAndPort(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port));
        }
        return Set.copyOf(servers);
    }

    /** Decodes percent-encoding only: a plus in a password is a plus. */
    private static Optional<String> decoded(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException echoesTheText) {
            throw malformed();
        }
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException(
                "an address of Redis reads redis[s]://[[user]:password@]host[:port][/database], "
                        + "redis[s]-sentinel://…host,host…[/database]#master or redis[s]-cluster://…host,host…, "
                        + "with characters other than letters and digits in user and password percent-encoded");
    }

    /** Shows neither hosts nor secrets. */
    @Override
    public String toString() {
        return "RedisAddress[" + form + "]";
    }
}

package io.github.hybridinference.redis;

import io.github.hybridinference.redis.RedisAddress.Form;
import io.github.hybridinference.redis.RedisFailure.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocketFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisCluster;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.providers.PooledConnectionProvider;
import redis.clients.jedis.util.Pool;

/**
 * Creates the Jedis client for an address.
 *
 * <p>With Sentinel the master is looked up each time a client is created, and the client is a standalone one. Jedis' own client
 * for Sentinel keeps a thread and a subscription per sentinel to learn of a new master, which a lost connection or a read-only
 * reply shows as well.
 */
final class JedisClients {
    private final RedisAddress address;
    private final int connections;
    private final int timeoutMs;
    private final Optional<SSLSocketFactory> tls;

    /**
     * Makes clients for an address.
     *
     * @param authority sockets that trust other authorities than the JVM does; empty for those of the JVM
     */
    JedisClients(RedisAddress address, int connections, long timeoutNanos, Optional<SSLSocketFactory> authority) {
        this.address = address;
        this.tls = address.tls() ? Optional.of(authority.orElseGet(Authority::ofJvm)) : Optional.empty();
        this.connections = connections;
        this.timeoutMs = (int) Math.max(1, Duration.ofNanos(timeoutNanos).toMillis());
    }

    UnifiedJedis make() {
        return switch (address.form()) {
            case STANDALONE -> single(address.servers().iterator().next());
            case SENTINEL -> single(master());
            case CLUSTER -> cluster();
        };
    }

    private UnifiedJedis single(HostAndPort server) {
        return single(new LimitedSockets(server, tls), login());
    }

    private SingleServer single(JedisSocketFactory sockets, Login login) {
        return new SingleServer(new PooledConnectionProvider(new LimitedConnections(sockets, login), pool()));
    }

    /** A client of one server. Jedis has a class for it, but another one in 6, 7 and 8. */
    static final class SingleServer extends UnifiedJedis {
        private final PooledConnectionProvider connections;

        SingleServer(PooledConnectionProvider connections) {
            super(connections, RedisProtocol.RESP2);
            this.connections = connections;
        }

        Pool<Connection> pool() {
            return connections.getPool();
        }
    }

    /**
     * Treats each failure to make a connection as an outage, and lets the time of a command begin when its connection, login
     * included, is made.
     */
    private static final class LimitedConnections extends ConnectionFactory {
        LimitedConnections(JedisSocketFactory sockets, JedisClientConfig login) {
            super(sockets, login);
        }

        @Override
        public PooledObject<Connection> makeObject() throws Exception {
            try {
                PooledObject<Connection> made = super.makeObject();
                IoLimit.connected();
                return made;
            } catch (RuntimeException failed) {
                RedisFailure failure = JedisFailures.translate(failed);
                throw failure.kind().isAway() ? failure : new RedisFailure(Kind.DATABASE);
            }
        }
    }

    /** Jedis creates the sockets of a cluster itself, so its own time-outs replace {@link IoLimit} here. */
    @SuppressWarnings("deprecation") // what replaces the class in Jedis 8 is absent from 6
    private UnifiedJedis cluster() {
        return new JedisCluster(address.servers(), login(), 3, Duration.ofMillis(timeoutMs), pool());
    }

    private HostAndPort master() {
        for (HostAndPort sentinel : address.servers()) {
            try {
                List<String> found = ask(new LimitedSockets(sentinel, tls));
                if (found != null && found.size() == 2) {
                    return new HostAndPort(found.get(0), Integer.parseInt(found.get(1)));
                }
            } catch (JedisException | NumberFormatException tryTheNext) {
                // if none answers, the line below says so
            }
        }
        throw new JedisConnectionException("no sentinel knows the master");
    }

    private @Nullable List<String> ask(JedisSocketFactory sentinel) {
        try (Connection connection = new Connection(sentinel, anonymous())) {
            return BuilderFactory.STRING_LIST.build(
                    connection.executeCommand(new CommandArguments(Protocol.Command.SENTINEL)
                            .add("GET-MASTER-ADDR-BY-NAME")
                            .add(address.master())));
        }
    }

    /**
     * Makes a client that connects to nothing, and calls what a first contact would call only if it succeeds, to find out
     * whether Jedis has it.
     */
    UnifiedJedis rehearse(JedisSocketFactory echo) {
        try {
            ask(echo);
        } catch (RuntimeException expected) {
            // the reply is not that of a sentinel
        }
        return single(echo, anonymous());
    }

    private Login anonymous() {
        return new Login(null, null, 0, timeoutMs, Optional.empty());
    }

    private Login login() {
        return new Login(
                address.user().orElse(null),
                address.password().orElse(null),
                address.database(),
                timeoutMs,
                address.form() == Form.CLUSTER ? tls : Optional.empty());
    }

    /**
     * How Jedis connects. It sends no command but HELLO with the login and the choice of a database while connecting: a server or
     * an access list might refuse others. What is said of time-outs and TLS concerns a cluster only.
     */
    private static final class Login implements JedisClientConfig {
        private final @Nullable String user;
        private final @Nullable String password;
        private final int database;
        private final int timeoutMs;
        private final Optional<SSLSocketFactory> tls;

        Login(
                @Nullable String user,
                @Nullable String password,
                int database,
                int timeoutMs,
                Optional<SSLSocketFactory> tls) {
            this.user = user;
            this.password = password;
            this.database = database;
            this.timeoutMs = timeoutMs;
            this.tls = tls;
        }

        @Override
        public RedisProtocol getRedisProtocol() {
            return RedisProtocol.RESP2;
        }

        @Override
        public ClientSetInfoConfig getClientSetInfoConfig() {
            return ClientSetInfoConfig.DISABLED;
        }

        @Override
        public @Nullable String getUser() {
            return user;
        }

        @Override
        public @Nullable String getPassword() {
            return password;
        }

        @Override
        public int getDatabase() {
            return database;
        }

        @Override
        public int getConnectionTimeoutMillis() {
            return (int) Gateway.CONNECT.toMillis();
        }

        @Override
        public int getSocketTimeoutMillis() {
            return timeoutMs;
        }

        @Override
        public boolean isSsl() {
            return tls.isPresent();
        }

        @Override
        public @Nullable SSLSocketFactory getSslSocketFactory() {
            return tls.orElse(null);
        }

        @Override
        public @Nullable SSLParameters getSslParameters() {
            if (tls.isEmpty()) {
                return null;
            }
            SSLParameters namesTheHost = new SSLParameters();
            namesTheHost.setEndpointIdentificationAlgorithm("HTTPS");
            return namesTheHost;
        }
    }

    /** No call waits for a connection: {@link Gateway} makes no more calls at a time than there are connections. */
    private GenericObjectPoolConfig<Connection> pool() {
        GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
        pool.setMaxTotal(connections);
        pool.setMaxIdle(connections);
        pool.setBlockWhenExhausted(false);
        pool.setJmxEnabled(false);
        return pool;
    }
}

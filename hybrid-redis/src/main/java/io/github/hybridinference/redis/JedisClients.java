package io.github.hybridinference.redis;

import io.github.hybridinference.redis.RedisFailure.Kind;
import java.time.Duration;
import java.util.List;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionFactory;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.providers.PooledConnectionProvider;

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

    JedisClients(RedisAddress address, int connections, long timeoutNanos) {
        this.address = address;
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
        JedisClientConfig login = login().build();
        ConnectionFactory factory = new LimitedConnections(new LimitedSockets(server, address.tls()), login);
        return RedisClient.builder()
                .clientConfig(login)
                .connectionProvider(new PooledConnectionProvider(factory, pool()))
                .build();
    }

    /**
     * Treats each failure to make a connection as an outage, and lets the time of a command begin when its connection, login
     * included, is made.
     */
    private static final class LimitedConnections extends ConnectionFactory {
        LimitedConnections(LimitedSockets sockets, JedisClientConfig login) {
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
    private UnifiedJedis cluster() {
        DefaultJedisClientConfig.Builder login = login().connectionTimeoutMillis((int) Gateway.CONNECT.toMillis())
                .socketTimeoutMillis(timeoutMs);
        if (address.tls()) {
            login.sslOptions(
                    SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL).build());
        }
        return RedisClusterClient.builder()
                .nodes(address.servers())
                .clientConfig(login.build())
                .poolConfig(pool())
                .maxAttempts(3)
                .maxTotalRetriesDuration(Duration.ofMillis(timeoutMs))
                .build();
    }

    private HostAndPort master() {
        JedisClientConfig anonymous = plain().build();
        for (HostAndPort sentinel : address.servers()) {
            try (Connection connection = new Connection(new LimitedSockets(sentinel, address.tls()), anonymous)) {
                List<String> found = BuilderFactory.STRING_LIST.build(
                        connection.executeCommand(new CommandArguments(Protocol.Command.SENTINEL)
                                .add("GET-MASTER-ADDR-BY-NAME")
                                .add(address.master())));
                if (found != null && found.size() == 2) {
                    return new HostAndPort(found.get(0), Integer.parseInt(found.get(1)));
                }
            } catch (JedisException | NumberFormatException tryTheNext) {
                // if none answers, the line below says so
            }
        }
        throw new JedisConnectionException("no sentinel knows the master");
    }

    private DefaultJedisClientConfig.Builder login() {
        DefaultJedisClientConfig.Builder login = plain().database(address.database());
        address.user().ifPresent(login::user);
        address.password().ifPresent(login::password);
        return login;
    }

    /** Sends no command but the login while connecting: a server or an access list might refuse others. */
    private static DefaultJedisClientConfig.Builder plain() {
        return DefaultJedisClientConfig.builder().resp2().clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
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

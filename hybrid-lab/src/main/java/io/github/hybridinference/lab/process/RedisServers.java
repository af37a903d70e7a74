package io.github.hybridinference.lab.process;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisCluster;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * All servers of one Redis, each a {@link RedisProcess}: a single one, a cluster, or a master and its replica behind sentinels,
 * which elect a new master by themselves when one is killed.
 *
 * @since 0.1.0
 */
public final class RedisServers implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final String MASTER_NAME = "fleet";
    private static final int SLOTS = 16_384;
    private static final int MASTERS = 3;
    private static final int SENTINELS = 3;
    private static final String QUORUM = "2";
    private static final String DOWN_AFTER_MS = "2000";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RedisForm form;

    /** The masters first, then a replica of each in the same order. */
    private final List<RedisProcess> servers = new ArrayList<>();

    private final List<RedisProcess> sentinels = new ArrayList<>();

    private RedisServers(RedisForm form) {
        this.form = form;
    }

    /**
     * Starts all servers, and waits until every replica follows its master. Needs Jedis and embedded-redis on the class path.
     *
     * @param form how they are organised
     * @return the servers, to be closed by the caller
     * @throws IOException if they did not start, or do not find together
     */
    public static RedisServers start(RedisForm form) throws IOException {
        RedisServers started = new RedisServers(form);
        try {
            switch (form) {
                case SINGLE -> started.servers.add(RedisProcess.start());
                case CLUSTER -> started.startCluster();
                case SENTINEL -> started.startWithSentinels();
            }
        } catch (IOException | JedisException failed) {
            started.close();
            throw new IOException(
                    "Redis (" + form + ") did not start: " + failed.getMessage()
                            + "; a redis-server on the PATH is used before the one that comes with the build, and must be"
                            + " version 6.2 or later",
                    failed);
        }
        return started;
    }

    private void startCluster() throws IOException {
        for (int i = 0; i < 2 * MASTERS; i++) {
            servers.add(RedisProcess.start("--cluster-enabled", "yes", "--cluster-node-timeout", DOWN_AFTER_MS));
        }
        for (int i = 0; i < MASTERS; i++) {
            IntStream slots = IntStream.range(firstSlot(i), firstSlot(i + 1));
            servers.get(i)
                    .command(Stream.concat(Stream.of("CLUSTER", "ADDSLOTS"), slots.mapToObj(Integer::toString))
                            .toArray(String[]::new));
        }
        for (RedisProcess other : servers.subList(1, servers.size())) {
            servers.get(0).command("CLUSTER", "MEET", HOST, Integer.toString(other.port()));
        }
        for (int i = 0; i < MASTERS; i++) {
            String id = servers.get(i).command("CLUSTER", "MYID");
            RedisProcess replica = servers.get(MASTERS + i);
            await(
                    "a server of the cluster does not hear of its master",
                    () -> replica.command("CLUSTER", "NODES").contains(id));
            replica.command("CLUSTER", "REPLICATE", id);
        }
        for (RedisProcess server : servers) {
            await(
                    "the cluster does not become whole",
                    () -> server.command("CLUSTER", "INFO").contains("cluster_state:ok"));
        }
        awaitReplicas();
    }

    private static int firstSlot(int master) {
        return SLOTS * master / MASTERS;
    }

    private void startWithSentinels() throws IOException {
        servers.add(RedisProcess.start());
        String port = Integer.toString(servers.get(0).port());
        servers.add(RedisProcess.start("--replicaof", HOST, port));
        awaitReplicas();
        for (int i = 0; i < SENTINELS; i++) {
            RedisProcess sentinel = RedisProcess.startSentinel();
            sentinels.add(sentinel);
            sentinel.command("SENTINEL", "MONITOR", MASTER_NAME, HOST, port, QUORUM);
            sentinel.command("SENTINEL", "SET", MASTER_NAME, "down-after-milliseconds", DOWN_AFTER_MS);
            sentinel.command("SENTINEL", "SET", MASTER_NAME, "failover-timeout", "10000");
        }
        for (RedisProcess sentinel : sentinels) {
            await("the sentinels do not find each other and the replica", () -> {
                String seen = sentinel.command("SENTINEL", "MASTER", MASTER_NAME);
                return seen.contains("num-other-sentinels, " + (SENTINELS - 1)) && seen.contains("num-slaves, 1");
            });
        }
    }

    private void awaitReplicas() throws IOException {
        for (RedisProcess replica : servers.subList(servers.size() / 2, servers.size())) {
            await(
                    "a replica does not follow its master",
                    () -> replica.command("INFO", "replication").contains("master_link_status:up"));
        }
    }

    private static void await(String failure, BooleanSupplier condition) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new IOException(failure);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /**
     * Where it is, in the form that {@code RedisSignalCache} reads.
     *
     * @return the address
     */
    public String url() {
        return switch (form) {
            case SINGLE -> servers.get(0).url();
            case CLUSTER -> "redis-cluster://" + hosts(servers);
            case SENTINEL -> "redis-sentinel://" + hosts(sentinels) + "#" + MASTER_NAME;
        };
    }

    private static String hosts(List<RedisProcess> servers) {
        return servers.stream().map(server -> HOST + ":" + server.port()).collect(Collectors.joining(","));
    }

    /**
     * Connects to it; with sentinels to the present master.
     *
     * @return a client, to be closed by the caller
     * @throws JedisException if no server answers
     */
    @SuppressWarnings("deprecation") // what replaces JedisCluster in Jedis 8 is absent from 6
    public UnifiedJedis client() {
        return switch (form) {
            case SINGLE -> servers.get(0).client();
            case CLUSTER ->
                new JedisCluster(
                        servers.stream()
                                .map(server -> new HostAndPort(HOST, server.port()))
                                .collect(Collectors.toSet()),
                        DefaultJedisClientConfig.builder().build());
            case SENTINEL -> master().client();
        };
    }

    private RedisProcess master() {
        String named = sentinels.get(0).command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER_NAME);
        return servers.stream()
                .filter(server -> named.contains(Integer.toString(server.port())))
                .findFirst()
                .orElseThrow(() -> new JedisException("the sentinel names no master"));
    }

    /**
     * Suspends the only server, see {@link RedisProcess#pause}.
     *
     * @throws IOException if it has ended
     * @throws InterruptedException if the calling thread is interrupted
     */
    public void pause() throws IOException, InterruptedException {
        only().pause();
    }

    /**
     * Lets the only server go on.
     *
     * @throws IOException if it has ended
     * @throws InterruptedException if the calling thread is interrupted
     */
    public void resume() throws IOException, InterruptedException {
        only().resume();
    }

    private RedisProcess only() {
        if (form != RedisForm.SINGLE) {
            throw new IllegalStateException("there are several servers");
        }
        return servers.get(0);
    }

    /**
     * Kills (SIGKILL) the master that keeps a key; to be called once, while the first masters are in office.
     *
     * @param key the key
     */
    public void killMasterOf(String key) {
        int master = 0;
        if (form == RedisForm.CLUSTER) {
            int slot = Integer.parseInt(servers.get(0).command("CLUSTER", "KEYSLOT", key));
            while (slot >= firstSlot(master + 1)) {
                master++;
            }
        }
        servers.get(master).kill();
    }

    @Override
    public void close() {
        sentinels.forEach(RedisProcess::close);
        servers.forEach(RedisProcess::close);
    }
}

package io.github.hybridinference.lab.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.providers.PooledConnectionProvider;
import redis.clients.jedis.util.SafeEncoder;
import redis.embedded.core.ExecutableProvider;

/**
 * A Redis on loopback: the {@code redis-server} of the path if there is one, else that of the library embedded-redis.
 *
 * <p>A shell runs it and kills it as soon as the pipe from this process breaks, so that it cannot outlive this process.
 *
 * @since 0.1.0
 */
public final class RedisProcess implements AutoCloseable {
    private static final String GUARD = "\"$@\" >/dev/null 2>&1 & echo $!; cat >/dev/null; kill -9 $!";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** The nodes of a cluster talk to each other at ports that are ten thousand higher than their own. */
    private static final int HIGHEST_PORT = 55_535;

    private final Path home;
    private final int port;
    private final Process guard;
    private final String pid;

    private RedisProcess(Path home, int port, Process guard) throws IOException {
        this.home = home;
        this.port = port;
        this.guard = guard;
        this.pid = guard.inputReader().readLine();
    }

    /**
     * Starts it, and waits until it answers. Needs Jedis and embedded-redis on the class path.
     *
     * @param options further options of {@code redis-server}
     * @return the Redis, to be closed by the caller
     * @throws IOException if it did not start
     */
    public static RedisProcess start(String... options) throws IOException {
        Path home = Files.createTempDirectory("lab-redis");
        List<String> all = new ArrayList<>(List.of("--save", "", "--appendonly", "no"));
        all.addAll(List.of(options));
        return start(home, List.of(), all);
    }

    /** Starts one that is a sentinel, which keeps its state in a file. */
    static RedisProcess startSentinel() throws IOException {
        Path home = Files.createTempDirectory("lab-sentinel");
        Path state = Files.createFile(home.resolve("sentinel.conf"));
        return start(home, List.of(state.toString()), List.of("--sentinel"));
    }

    private static RedisProcess start(Path home, List<String> file, List<String> options) throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of("sh", "-c", GUARD, "sh", binary(home)));
        command.addAll(file);
        command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1", "--dir", home.toString()));
        command.addAll(options);
        RedisProcess redis = new RedisProcess(home, port, new ProcessBuilder(command).start());
        redis.awaitAnswer();
        return redis;
    }

    private static int freePort() throws IOException {
        while (true) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                if (socket.getLocalPort() <= HIGHEST_PORT) {
                    return socket.getLocalPort();
                }
            }
        }
    }

    private static String binary(Path home) throws IOException {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            Path candidate = Path.of(folder, "redis-server");
            if (Files.isExecutable(candidate)) {
                return candidate.toString();
            }
        }
        return ExecutableProvider.newJarResourceProvider(home.toFile()).get().getPath();
    }

    private void awaitAnswer() throws IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!answers()) {
            if (System.nanoTime() - end > 0) {
                close();
                throw new IOException("Redis did not start");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private boolean answers() {
        try (UnifiedJedis client = client()) {
            return client.ping().equals("PONG");
        } catch (JedisException notYet) {
            return false;
        }
    }

    /**
     * Where it listens.
     *
     * @return its address, {@code redis://127.0.0.1:port}
     */
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    /** Gives it a command by hand, and returns the reply as text. */
    String command(String... words) {
        try (UnifiedJedis client = client()) {
            CommandArguments command = new CommandArguments(() -> SafeEncoder.encode(words[0]))
                    .addObjects((Object[]) Arrays.copyOfRange(words, 1, words.length));
            return String.valueOf(SafeEncoder.encodeObject(client.executeCommand(command)));
        }
    }

    /**
     * The process of the shell; Redis is its child.
     *
     * @return its handle
     */
    public ProcessHandle handle() {
        return guard.toHandle();
    }

    /**
     * Connects to it.
     *
     * @return a client, to be closed by the caller
     */
    public UnifiedJedis client() {
        HostAndPort server = new HostAndPort("127.0.0.1", port);
        return new UnifiedJedis(
                new PooledConnectionProvider(
                        server, DefaultJedisClientConfig.builder().build()),
                1,
                Duration.ofNanos(PATIENCE_NANOS));
    }

    /**
     * Suspends it (SIGSTOP): its connections stay open, and it does not answer.
     *
     * @throws IOException if it has ended
     * @throws InterruptedException if the calling thread is interrupted
     */
    public void pause() throws IOException, InterruptedException {
        signal("-STOP");
    }

    /**
     * Lets it go on after {@link #pause}.
     *
     * @throws IOException if it has ended
     * @throws InterruptedException if the calling thread is interrupted
     */
    public void resume() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        if (new ProcessBuilder("kill", name, pid).start().waitFor() != 0) {
            throw new IOException("Redis has ended");
        }
    }

    /** Kills it (SIGKILL): what it has not passed on to a replica is lost. */
    void kill() {
        try {
            guard.outputWriter().close();
            guard.waitFor(2, TimeUnit.SECONDS);
        } catch (IOException brokenPipe) {
            guard.destroyForcibly();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(home)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException | UncheckedIOException leftOver) {
            // in a temporary directory; a server that is ending may remove its files meanwhile
        }
    }
}

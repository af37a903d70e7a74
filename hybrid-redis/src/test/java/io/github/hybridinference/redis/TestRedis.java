package io.github.hybridinference.redis;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.providers.PooledConnectionProvider;
import redis.clients.jedis.util.SafeEncoder;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis of a test's own, on loopback: the machine's {@code redis-server} if there is one, else the one that a test
 * dependency brings.
 *
 * <p>It runs under a shell that kills it as soon as the pipe to this JVM breaks, so that none outlives a JVM that is
 * killed.
 */
final class TestRedis implements AutoCloseable {
    private static final String GUARD = "\"$@\" >/dev/null 2>&1 & echo $!; cat >/dev/null; kill -9 $!";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path home;
    private final int port;
    private final List<String> arguments;
    private @Nullable Process guard;
    private long pid;

    private TestRedis(int port, List<String> arguments) {
        try {
            this.home = Files.createTempDirectory("test-redis");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        this.port = port;
        this.arguments = arguments;
    }

    /** Starts one with further arguments, and waits until it answers. */
    static TestRedis start(String... arguments) {
        TestRedis server = stopped(arguments);
        server.startAgain();
        return server;
    }

    /** Prepares one, with a port kept for it. */
    static TestRedis stopped(String... arguments) {
        return new TestRedis(freePort(), List.of(arguments));
    }

    /** A free port; low enough for the nodes of a cluster, who talk to each other ten thousand above it. */
    static int freePort() {
        while (true) {
            try (ServerSocket socket = new ServerSocket(0)) {
                if (socket.getLocalPort() < 55_536) {
                    return socket.getLocalPort();
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    void startAgain() {
        List<String> command = new ArrayList<>(List.of("sh", "-c", GUARD, "sh", Binary.PATH));
        if (arguments.contains("--sentinel")) {
            command.add(file("sentinel.conf", "").toString());
        }
        command.addAll(List.of("--port", String.valueOf(port), "--bind", "127.0.0.1", "--dir", home.toString()));
        if (!arguments.contains("--sentinel")) {
            command.addAll(List.of("--save", "", "--appendonly", "no"));
        }
        command.addAll(arguments);
        try {
            guard = new ProcessBuilder(command).start();
            BufferedReader out = guard.inputReader(StandardCharsets.US_ASCII);
            pid = Long.parseLong(out.readLine().strip());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Eventually.holds("Redis answers", PATIENCE, this::answers);
    }

    private boolean answers() {
        try (UnifiedJedis client = byHand()) {
            client.ping();
            return true;
        } catch (JedisException failed) {
            return String.valueOf(failed.getMessage()).contains("NOAUTH");
        }
    }

    int port() {
        return port;
    }

    String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** A client of the test's own, and a patient one. */
    UnifiedJedis byHand() {
        return byHand(null);
    }

    /** Likewise, with a password. */
    UnifiedJedis byHand(@Nullable String password) {
        JedisClientConfig login = DefaultJedisClientConfig.builder()
                .password(password)
                .timeoutMillis((int) PATIENCE.toMillis())
                .build();
        return new UnifiedJedis(new PooledConnectionProvider(new HostAndPort("127.0.0.1", port), login), 1, PATIENCE);
    }

    /** Gives a command by hand. */
    String say(String command, String... words) {
        try (UnifiedJedis client = byHand()) {
            return String.valueOf(SafeEncoder.encodeObject(client.executeCommand(
                    new CommandArguments(() -> SafeEncoder.encode(command)).addObjects((Object[]) words))));
        }
    }

    /** How many clients are connected, the one that asks included. */
    long clients() {
        return say("CLIENT", "LIST").lines().count();
    }

    /** A file in the server's directory. */
    Path file(String name, String content) {
        try {
            return Files.writeString(home.resolve(name), content);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void pause() {
        signal("-STOP");
    }

    void resume() {
        signal("-CONT");
    }

    private void signal(String name) {
        try {
            int exit = new ProcessBuilder("kill", name, String.valueOf(pid))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("no such process");
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void kill() {
        Process running = guard;
        guard = null;
        if (running != null) {
            try {
                running.outputWriter().close();
                running.waitFor();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(home)) {
            files.sorted((a, b) -> b.compareTo(a)).map(Path::toFile).forEach(File::delete);
        } catch (IOException | UncheckedIOException leftOver) {
            // in a temporary directory; a server that is ending may remove its files meanwhile
        }
    }

    /** Found or unpacked once. */
    private static final class Binary {
        private static final String PATH = find();

        private static String find() {
            for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
                Path candidate = Path.of(folder, "redis-server");
                if (Files.isExecutable(candidate)) {
                    return candidate.toString();
                }
            }
            try {
                File folder = Files.createTempDirectory("test-redis-binary").toFile();
                File unpacked =
                        ExecutableProvider.newJarResourceProvider(folder).get();
                folder.deleteOnExit();
                unpacked.deleteOnExit();
                return unpacked.getPath();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}

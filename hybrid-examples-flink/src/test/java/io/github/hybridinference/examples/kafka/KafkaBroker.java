package io.github.hybridinference.examples.kafka;

import io.github.hybridinference.lab.command.ClassPath;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/** A broker of Kafka on loopback, in a process of its own, which a shell kills as soon as this process has ended. */
final class KafkaBroker implements AutoCloseable {
    private static final String GUARD = "\"$@\" >/dev/null 2>&1 & cat >/dev/null; kill -9 $!";

    private final String address;
    private final Process guard;

    private KafkaBroker(String address, Process guard) {
        this.address = address;
        this.guard = guard;
    }

    static KafkaBroker start(Path home) throws IOException, InterruptedException, ExecutionException {
        String listener = "127.0.0.1:" + freePort();
        String controller = "127.0.0.1:" + freePort();
        Path settings = settings(home, listener, controller);
        int formatted = new ProcessBuilder(java(
                        "kafka.tools.StorageTool",
                        "format",
                        "-t",
                        Uuid.randomUuid().toString(),
                        "-c",
                        settings.toString()))
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("format.log").toFile())
                .start()
                .waitFor();
        if (formatted != 0) {
            throw new IOException(Files.readString(home.resolve("format.log")));
        }
        List<String> command = new ArrayList<>(List.of("sh", "-c", GUARD, "sh"));
        command.addAll(java("kafka.Kafka", settings.toString()));
        KafkaBroker broker = new KafkaBroker(listener, new ProcessBuilder(command).start());
        try (Admin admin = Admin.create(broker.properties())) {
            admin.describeCluster().nodes().get(); // retried until it answers, for a minute
        }
        return broker;
    }

    private static Path settings(Path home, String listener, String controller) throws IOException {
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@" + controller,
                "controller.listener.names", "CONTROLLER",
                "listeners", "PLAINTEXT://" + listener + ",CONTROLLER://" + controller,
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dirs", home.resolve("log").toString(),
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "1",
                "group.initial.rebalance.delay.ms", "0"));
        Path file = home.resolve("server.properties");
        try (var out = Files.newBufferedWriter(file)) {
            settings.store(out, null);
        }
        return file;
    }

    private static List<String> java(String main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                ClassPath.ofThisProgram(),
                main));
        command.addAll(List.of(arguments));
        return command;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String address() {
        return address;
    }

    /** For a client, whose own settings may be added. */
    Properties properties() {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", address);
        return properties;
    }

    @Override
    public void close() throws IOException {
        guard.outputWriter().close();
    }
}

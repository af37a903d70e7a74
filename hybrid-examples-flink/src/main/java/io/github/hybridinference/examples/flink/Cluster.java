package io.github.hybridinference.examples.flink;

import io.github.hybridinference.lab.process.JavaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.entrypoint.ClusterEntrypointException;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Flink on this machine: the JobManager in this process and TaskManagers in processes of their own. A MiniCluster would keep them all in
 * one process, where none can be killed, and where they would share one engine.
 */
final class Cluster implements AutoCloseable {
    private static final int SLOTS = 2;

    /** Without the settings a TaskManager would log to its standard output, which nothing reads, and stop when the pipe is full. */
    private static final List<String> FLAGS = List.of(
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dlogback.configurationFile=" + FlinkCommand.LOG_CONFIGURATION);

    private final StandaloneSessionClusterEntrypoint jobManager;
    private final Map<String, String> settings = new HashMap<>();
    private final List<JavaProcess> taskManagers = new ArrayList<>();

    Cluster(Path checkpoints) throws ClusterEntrypointException {
        settings.putAll(Map.of(
                "jobmanager.rpc.address", "127.0.0.1",
                "jobmanager.bind-host", "127.0.0.1",
                "rest.address", "127.0.0.1",
                "rest.bind-address", "127.0.0.1",
                "heartbeat.interval", "1 s",
                "heartbeat.timeout", "8 s",
                "restart-strategy.type", "fixed-delay",
                "restart-strategy.fixed-delay.attempts", "20",
                "restart-strategy.fixed-delay.delay", "500 ms"));
        settings.putAll(Map.of(
                "pipeline.generic-types",
                "false",
                "execution.checkpointing.interval",
                "1 s",
                "execution.checkpointing.dir",
                checkpoints.toUri().toString(),
                "io.tmp.dirs",
                checkpoints.toString()));
        Map<String, String> own = new HashMap<>(settings);
        own.putAll(Map.of("jobmanager.rpc.port", "0", "rest.bind-port", "0", "blob.server.port", "0"));
        jobManager = new StandaloneSessionClusterEntrypoint(Configuration.fromMap(own));
        jobManager.startCluster();
        settings.put("jobmanager.rpc.port", Integer.toString(jobManager.getRpcPort()));
        settings.put("rest.port", Integer.toString(jobManager.getRestPort()));
    }

    void startTaskManager() throws IOException {
        Map<String, String> own = new HashMap<>(settings);
        own.putAll(Map.of(
                "taskmanager.host", "127.0.0.1",
                "taskmanager.bind-host", "127.0.0.1",
                "taskmanager.numberOfTaskSlots", Integer.toString(SLOTS),
                "taskmanager.cpu.cores", "2.0",
                "taskmanager.memory.task.heap.size", "128m",
                "taskmanager.memory.task.off-heap.size", "0m",
                "taskmanager.memory.managed.size", "8m",
                "taskmanager.memory.network.min", "32m",
                "taskmanager.memory.network.max", "32m"));
        own.putAll(Map.of(
                "taskmanager.memory.framework.heap.size", "64m",
                "taskmanager.memory.framework.off-heap.size", "64m",
                "taskmanager.memory.jvm-metaspace.size", "128m",
                "taskmanager.memory.jvm-overhead.min", "64m",
                "taskmanager.memory.jvm-overhead.max", "64m"));
        taskManagers.add(JavaProcess.start(
                TaskManagerMain.class,
                FLAGS,
                own.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .toList()));
    }

    /** Kills the TaskManager that was started first (SIGKILL). */
    void killTaskManager() {
        taskManagers.remove(0).kill();
    }

    String restUrl() {
        return "http://127.0.0.1:" + settings.get("rest.port");
    }

    /** With the subtasks of two TaskManagers. */
    StreamExecutionEnvironment environment() {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createRemoteEnvironment(
                "127.0.0.1", jobManager.getRestPort(), Configuration.fromMap(settings));
        environment.setParallelism(2 * SLOTS);
        return environment;
    }

    @Override
    public void close() {
        taskManagers.forEach(JavaProcess::close);
        try {
            jobManager.closeAsync().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException leftOver) {
            // this process ends now
        }
    }
}

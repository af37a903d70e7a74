package io.github.hybridinference.examples.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The service in a process of its own, as operations run it. Its standard error goes to a file. */
final class ServiceProcess implements AutoCloseable {
    final Process process;
    private final Path console;

    private ServiceProcess(Process process, Path console) {
        this.process = process;
        this.console = console;
    }

    static ServiceProcess start(Path directory, Map<String, String> environment, String... jvmOptions)
            throws IOException {
        // another version of the service may be attacked: -Dhybrid.attack.classpath=...
        String classPath = System.getProperty("hybrid.attack.classpath", System.getProperty("java.class.path"));
        return startWith(classPath, directory, environment, jvmOptions);
    }

    static ServiceProcess startWith(
            String classPath, Path directory, Map<String, String> environment, String... jvmOptions)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(jvmOptions));
        command.addAll(List.of("-cp", classPath));
        command.add(ServiceMain.class.getName());
        Path console = directory.resolve("console.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectError(console.toFile());
        builder.environment()
                .keySet()
                .removeIf(
                        name -> name.startsWith("DEEPSEEK_") || name.startsWith("MODEL_") || name.equals("REDIS_URL"));
        builder.environment().putAll(environment);
        return new ServiceProcess(builder.start(), console);
    }

    /** Waits until it listens. */
    int port() throws IOException {
        BufferedReader out = process.inputReader();
        String line = out.readLine();
        assertThat(line).as(console()).startsWith("LISTENING http://127.0.0.1:");
        return URI.create(line.substring("LISTENING ".length())).getPort();
    }

    /** Waits for its end. */
    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    String console() throws IOException {
        return Files.readString(console);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}

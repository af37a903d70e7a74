package io.github.hybridinference.benchmarks;

import io.github.hybridinference.lab.command.CommandContext;
import io.github.hybridinference.lab.command.ResultLine;
import io.github.hybridinference.lab.process.StandInProcess;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what the engine's first answers cost in fresh JVMs. */
@Command(
        name = "cold-start",
        mixinStandardHelpOptions = true,
        description = "Measures the first local and the first remote answer of fresh JVMs.")
final class ColdStart implements Callable<Integer> {
    private static final List<String> CORE = List.of(
            "hybrid-core", "hybrid-benchmarks", "caffeine", "resilience4j", "jackson-core", "slf4j-api", "jspecify");

    @Option(names = "--jvms", defaultValue = "20", description = "Fresh JVMs of each kind; default 20.")
    private int jvms;

    private final CommandContext context;

    ColdStart(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        // the JVM counts its processor time in steps of 10 ms, hence means and not medians
        double[] local = means(List.of("-cp", coreClassPath()), List.of());
        double[] archived;
        try (ClassArchive archive = ClassArchive.of(coreClassPath())) {
            run(archive.writing(), List.of());
            archived = means(archive.reading(), List.of());
        }
        context.println(
                "%d JVMs: engine built and first local answer in %.0f ms of CPU, %.0f ms of time; hybrid-core alone, no logging backend",
                jvms, local[0], local[1]);
        context.println(
                "%d JVMs with an archive of their classes: %.0f ms of CPU, %.0f ms of time",
                jvms, archived[0], archived[1]);
        double[] encrypted = means(List.of("-cp", classPath()), List.of(FirstAnswer.TLS));
        context.println("%d JVMs: adapter for an encrypted endpoint built in %.0f ms of CPU", jvms, encrypted[0]);
        double[] remote;
        try (StandInProcess standIn = StandInProcess.start(0)) {
            remote =
                    means(List.of("-cp", classPath()), List.of(standIn.baseUrl().toString()));
        }
        context.println(
                "%d JVMs: adapter and engine built in %.0f ms of CPU, warmed up in %.0f ms of CPU;"
                        + " then the first remote answer in %.1f ms, the tenth in %.1f ms; simulated model",
                jvms, remote[0], remote[1], remote[2], remote[3]);
        context.out()
                .println(new ResultLine()
                        .add("local_cpu_ms", local[0], 0)
                        .add("local_ms", local[1], 0)
                        .add("local_archived_cpu_ms", archived[0], 0)
                        .add("tls_build_cpu_ms", encrypted[0], 0)
                        .add("remote_build_cpu_ms", remote[0], 0)
                        .add("warm_up_cpu_ms", remote[1], 0)
                        .add("first_remote_ms", remote[2], 1)
                        .add("tenth_remote_ms", remote[3], 1));
        return 0;
    }

    private double[] means(List<String> options, List<String> arguments) throws IOException {
        double[] sums = {};
        for (int i = 0; i < jvms; i++) {
            double[] one = Arrays.stream(run(options, arguments).split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            sums = sums.length == 0 ? new double[one.length] : sums;
            for (int k = 0; k < one.length; k++) {
                sums[k] += one[k] / jvms;
            }
        }
        return sums;
    }

    private static String run(List<String> options, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.add(FirstAnswer.class.getName());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            String line = output.readLine();
            if (line == null) {
                throw new IOException("a JVM gave no figures");
            }
            output.transferTo(Writer.nullWriter());
            process.onExit().join(); // an archive is written at the end
            return line;
        }
    }

    /** Without the logging backend: it belongs to the application, and takes longer to set up than all the rest. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("logback"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** What an application with hybrid-core alone has. */
    private static String coreClassPath() {
        return Arrays.stream(classPath().split(File.pathSeparator))
                .filter(entry -> CORE.stream().anyMatch(entry::contains))
                .collect(Collectors.joining(File.pathSeparator));
    }
}

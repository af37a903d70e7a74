package io.github.hybridinference.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.lab.command.OwnProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * As processes, two at a time, through the launcher that Maven starts: one run in fifty once ended with an exception, because a
 * thread outlived its class loader.
 */
@Tag("long")
class ManyRunsTest {
    private static final int RUNS = 200;

    @Test
    void twoHundredRunsEndWithCodeZeroAndTheirResult() throws Exception {
        Queue<String> faults = new ConcurrentLinkedQueue<>();
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> runs = new ArrayList<>();
            for (int i = 0; i < RUNS; i++) {
                runs.add(two.submit(() -> {
                    run(faults);
                    return null;
                }));
            }
            for (Future<?> run : runs) {
                run.get();
            }
        } finally {
            two.shutdownNow();
        }

        assertThat(faults).isEmpty();
    }

    private static void run(Queue<String> faults) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OwnProcess.class.getName(),
                        QuickStart.class.getName(),
                        "--last",
                        "12")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        if (code != 0 || !output.strip().lines().reduce((a, b) -> b).orElse("").startsWith("RESULT ")) {
            faults.add(code + ": " + output);
        }
    }
}

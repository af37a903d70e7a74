package io.github.hybridinference.lab.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher of all programs, as Maven starts it: as a process. */
class OwnProcessTest {
    private static final long PATIENCE_SECONDS = 60;

    /** A program that says what it was given, and then waits if it is told to. */
    static final class Program {
        public static void main(String[] args) throws InterruptedException {
            OwnProcess.endWithParent();
            System.out.println(String.join(",", args) + " " + System.getProperty("hybrid.test") + " "
                    + System.getProperty("from.java.opts") + " "
                    + ProcessHandle.current().pid());
            if (args.length > 1) {
                Thread.currentThread().join();
            }
            System.exit(Integer.parseInt(args[0]));
        }
    }

    private static Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dhybrid.test=passed",
                "-cp",
                System.getProperty("java.class.path"),
                OwnProcess.class.getName(),
                Program.class.getName()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("JAVA_OPTS", "-Xmx64m  -Dfrom.java.opts=yes");
        return builder.start();
    }

    private static BufferedReader output(Process process) {
        return process.inputReader(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void passesOnOptionsPropertiesAndTheExitCode(int code) throws Exception {
        Process process = start(Integer.toString(code));

        assertThat(output(process).readLine()).startsWith(code + " passed yes ");
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(code);
    }

    @Test
    void terminatesTheProgramWhenItIsTerminated() throws Exception {
        Process process = start("0", "wait");
        ProcessHandle program = programOf(process);

        process.destroy();

        program.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void theProgramEndsWhenItsLauncherIsKilled() throws Exception {
        Process process = start("0", "wait");
        ProcessHandle program = programOf(process);

        process.destroyForcibly();

        program.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static ProcessHandle programOf(Process process) throws IOException {
        String line = output(process).readLine();
        return ProcessHandle.of(Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                .orElseThrow();
    }
}

package io.github.hybridinference.examples.service;

import io.github.hybridinference.lab.command.CommandContext;
import io.github.hybridinference.lab.command.CommandException;
import io.github.hybridinference.lab.command.CommandRunner;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

/** Starts the service and runs until it is terminated. */
@Command(
        name = "hybrid-inference",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = 2,
        description =
                "Runs the engine as an HTTP service, with the settings of the environment and of the file .env in the"
                        + " working directory.")
public final class ServiceMain implements Callable<Integer> {
    private final CommandContext context;

    private ServiceMain(CommandContext context) {
        this.context = context;
    }

    /**
     * Runs the service. Its first line of output is {@code LISTENING http://host:port}; a wrong setting ends it with one
     * line of error output and exit code 2.
     *
     * @param args none
     */
    public static void main(String[] args) {
        // before the first logger is created: the other programs log to standard error only
        System.setProperty("logback.configurationFile", "service-logback.xml");
        CommandRunner.main(ServiceMain::new, args);
    }

    @Override
    public Integer call() throws CommandException, InterruptedException {
        Variables variables = Variables.load(Path.of("").toAbsolutePath(), context.environment());
        variables.doubtful().forEach(line -> context.err().println(line)); // it may be why the start fails
        ServiceSettings settings = ServiceSettings.of(variables.values());
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> ServerLog.count(thrown));
        HttpService service = HttpService.start(settings);
        context.err().println("Settings:");
        variables.effective().forEach(line -> context.err().println("  " + line));
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            service.close();
                            stopped.countDown();
                        },
                        "shutdown"));
        context.println("LISTENING http://%s:%d", settings.host(), service.port());
        stopped.await();
        return 0;
    }
}

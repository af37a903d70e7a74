package io.github.hybridinference.examples.service;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * Starts the service with the settings of the environment and of {@code .env} in the working directory, and runs until it
 * is terminated.
 */
public final class ServiceMain {
    private ServiceMain() {}

    /**
     * Runs the service. Its first line of output is {@code LISTENING http://host:port}; a wrong setting ends it with one
     * line and status 2.
     *
     * @param args none
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        // before the first logger is made: the other programs here log otherwise
        System.setProperty("logback.configurationFile", "service-logback.xml");
        CountDownLatch stopped = new CountDownLatch(1);
        try {
            ServiceSettings settings = ServiceSettings.load(Path.of(""), System.getenv());
            HttpService service = HttpService.start(settings);
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                service.close();
                                stopped.countDown();
                            },
                            "shutdown"));
            System.out.println("LISTENING http://" + settings.host() + ":" + service.port());
        } catch (Mistake mistake) {
            System.err.println("hybrid-inference: " + mistake.getMessage());
            System.exit(2);
        }
        stopped.await();
    }
}

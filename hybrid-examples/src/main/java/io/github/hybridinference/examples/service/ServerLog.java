package io.github.hybridinference.examples.service;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Takes over what Jetty logs: its messages repeat parts of requests, and a client can bring about any number of them. Of each
 * only the logger and the exception's type are logged, once a minute.
 */
final class ServerLog extends AppenderBase<ILoggingEvent> {
    private static final String SERVER = "org.eclipse.jetty";
    private static final LongAdder ERRORS = new LongAdder();

    private static final ProblemLog PROBLEMS = new ProblemLog(
            LoggerFactory.getLogger("io.github.hybridinference.examples.service.http"), System::nanoTime);

    private ServerLog() {}

    /** Takes the server's log over, once for the process. */
    static synchronized void takeOver() {
        if (LoggerFactory.getLogger(SERVER) instanceof ch.qos.logback.classic.Logger logger
                && logger.getAppender("problems") == null) {
            ServerLog appender = new ServerLog();
            appender.setName("problems");
            appender.setContext(logger.getLoggerContext());
            appender.start();
            logger.setLevel(ch.qos.logback.classic.Level.WARN);
            logger.setAdditive(false);
            logger.addAppender(appender);
        }
    }

    /** Failures that only the server saw, such as an {@link OutOfMemoryError} in a thread of its own. */
    static long errors() {
        return ERRORS.sum();
    }

    /** Counts what ended a thread, and logs its type. */
    static void count(Throwable thrown) {
        ERRORS.increment();
        PROBLEMS.report(Level.ERROR, "a thread ended: " + thrown.getClass().getName());
    }

    @Override
    protected void append(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        String type = thrown == null ? "" : thrown.getClassName();
        if (type.endsWith("Error")) {
            ERRORS.increment();
        }
        String logger = event.getLoggerName();
        PROBLEMS.report(
                Level.WARN,
                "the HTTP server reported a problem in " + logger.substring(logger.lastIndexOf('.') + 1)
                        + (type.isEmpty() ? "" : ": " + type));
    }
}

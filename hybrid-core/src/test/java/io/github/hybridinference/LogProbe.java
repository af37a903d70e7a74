package io.github.hybridinference;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Reads what engines log while it is open. */
final class LogProbe implements AutoCloseable {
    private final Logger logger = (Logger) LoggerFactory.getLogger(InferenceEngine.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    LogProbe() {
        this(Level.INFO);
    }

    LogProbe(Level least) {
        lines.list = new CopyOnWriteArrayList<>(); // other threads log while it is read
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(least);
    }

    List<String> warnings() {
        return at(Level.WARN);
    }

    List<String> at(Level level) {
        return lines.list.stream()
                .filter(line -> line.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Override
    public void close() {
        logger.setLevel(null);
        logger.detachAppender(lines);
    }
}

package io.github.hybridinference;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Reads what engines log while it is open. */
final class LogProbe implements AutoCloseable {
    private final Logger logger = (Logger) LoggerFactory.getLogger(InferenceEngine.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    LogProbe() {
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.INFO);
    }

    List<String> warnings() {
        return lines.list.stream()
                .filter(line -> line.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Override
    public void close() {
        logger.setLevel(null);
        logger.detachAppender(lines);
    }
}

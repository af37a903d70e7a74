package io.github.hybridinference.flink;

/**
 * A {@link SnapshotFunction} threw or returned null. Flink writes exceptions into its logs and shows them in its web interface, so the
 * message holds nothing of the element, and there is no cause: it names the exception's class and where it was thrown, and quotes
 * the exception's own message only if this library made it, which then names the field.
 *
 * @since 0.1.0
 */
public final class SnapshotException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String OWN = "io.github.hybridinference.model.";

    private SnapshotException(String message) {
        super(message);
    }

    static SnapshotException ofNull() {
        return new SnapshotException("toSnapshot returned null for an element");
    }

    static SnapshotException of(Exception thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        StringBuilder message = new StringBuilder("toSnapshot threw ")
                .append(thrown.getClass().getName())
                .append(" for an element");
        if (trace.length > 0 && trace[0].getClassName().startsWith(OWN)) {
            message.append(": ").append(thrown.getMessage());
        }
        for (StackTraceElement frame : trace) {
            if (!frame.getClassName().startsWith(OWN) && !frame.getClassName().startsWith("java.")) {
                return new SnapshotException(
                        message.append(" (at ").append(frame).append(')').toString());
            }
        }
        return new SnapshotException(message.toString());
    }
}

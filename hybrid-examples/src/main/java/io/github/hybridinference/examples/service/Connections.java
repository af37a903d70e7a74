package io.github.hybridinference.examples.service;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;

/**
 * Bounds what a connection may cost that sends little or nothing: how long each phase of it may last, and how many there are.
 * Jetty's idle timeout starts again with each byte and its limit of connections keeps new clients out, so that a client that
 * drips would keep its place, and 2,000 of them all places.
 */
final class Connections implements Connection.Listener {
    /** What a connection is doing. When there are too many, one that is being answered is never closed for another. */
    enum Phase {
        /** Accepted, and no header has been read to its end. */
        HEADER(Duration.ofSeconds(5)),
        /** Its body is being read. */
        BODY(Duration.ofSeconds(10)),
        /** Kept open between two requests. */
        IDLE(Duration.ofSeconds(10)),
        /** Its request is being answered. */
        ANSWER(Duration.ofSeconds(75));

        private final long limitNanos;

        Phase(Duration limit) {
            limitNanos = limit.toNanos();
        }
    }

    /** Why a connection was closed. */
    enum Cause {
        TOO_MANY,
        HEADER_TIMEOUT,
        BODY_TIMEOUT,
        IDLE_TIMEOUT,
        ANSWER_TIMEOUT;

        static Cause of(Phase phase) {
            return switch (phase) {
                case HEADER -> HEADER_TIMEOUT;
                case BODY -> BODY_TIMEOUT;
                case IDLE -> IDLE_TIMEOUT;
                case ANSWER -> ANSWER_TIMEOUT;
            };
        }
    }

    /** Hears of connections that this class closes. */
    interface Listener {
        void closed(Cause cause);
    }

    /** A phase, its beginning, and how it is ended early; replaced as a whole. */
    private record State(Phase phase, long since, Runnable end) {
        /** How much of the phase's time has passed, 1 for all of it. */
        double used(long now) {
            return (now - since) / (double) phase.limitNanos;
        }
    }

    private final int most;
    private final LongSupplier nanoClock;
    private final Listener listener;
    private final Map<Connection, State> open = new ConcurrentHashMap<>();

    Connections(int most, LongSupplier nanoClock, Listener listener) {
        this.most = most;
        this.nanoClock = nanoClock;
        this.listener = listener;
    }

    @Override
    public void onOpened(Connection connection) {
        if (open.size() >= most) {
            Optional<Map.Entry<Connection, State>> oldest = nearestToItsLimit();
            oldest.ifPresent(entry -> end(entry, Cause.TOO_MANY));
            if (oldest.isEmpty()) {
                listener.closed(Cause.TOO_MANY);
                connection.getEndPoint().close();
                return;
            }
        }
        open.put(connection, state(Phase.HEADER, close(connection)));
    }

    @Override
    public void onClosed(Connection connection) {
        open.remove(connection);
    }

    /** A phase begins that ends with the connection, if it lasts too long. */
    void enter(Connection connection, Phase phase) {
        enter(connection, phase, close(connection));
    }

    /** A phase begins that ends as given, if it lasts too long. */
    void enter(Connection connection, Phase phase, Runnable end) {
        open.computeIfPresent(connection, (same, before) -> state(phase, end));
    }

    /** Ends what has lasted too long; called a few times a second. */
    void sweep() {
        long now = nanoClock.getAsLong();
        for (Map.Entry<Connection, State> entry : open.entrySet()) {
            State state = entry.getValue();
            if (now - state.since() > state.phase().limitNanos) {
                end(entry, Cause.of(state.phase()));
            }
        }
    }

    int count() {
        return open.size();
    }

    private void end(Map.Entry<Connection, State> entry, Cause cause) {
        Connection connection = entry.getKey();
        // once only: what is left of it afterwards is the answer to it
        if (open.replace(connection, entry.getValue(), state(Phase.ANSWER, close(connection)))) {
            listener.closed(cause);
            entry.getValue().end().run();
        }
    }

    /**
     * Of those that are not being answered, the one that has used up most of the time of its phase. By phases, idle connections
     * would outlast a client that is about to send its first header.
     */
    private Optional<Map.Entry<Connection, State>> nearestToItsLimit() {
        long now = nanoClock.getAsLong();
        return open.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .filter(entry -> entry.getValue().phase() != Phase.ANSWER)
                .max(Comparator.comparingDouble(entry -> entry.getValue().used(now)));
    }

    private State state(Phase phase, Runnable end) {
        return new State(phase, nanoClock.getAsLong(), end);
    }

    private static Runnable close(Connection connection) {
        return () -> connection.getEndPoint().close();
    }
}

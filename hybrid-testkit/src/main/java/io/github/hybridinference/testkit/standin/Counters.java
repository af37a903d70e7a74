package io.github.hybridinference.testkit.standin;

import java.util.concurrent.atomic.AtomicLong;

/** The figures kept by the event loop and read from anywhere. */
final class Counters {

    final AtomicLong requests = new AtomicLong();
    final AtomicLong answered = new AtomicLong();
    final AtomicLong cut = new AtomicLong();
    final AtomicLong aborted = new AtomicLong();
    final AtomicLong connections = new AtomicLong();
    final AtomicLong openConnections = new AtomicLong();

    /** Set before the stand-in closes connections itself, which is no client's doing. */
    volatile boolean closing;

    StandInStats snapshot() {
        return new StandInStats(
                requests.get(), answered.get(), cut.get(), aborted.get(), connections.get(), openConnections.get());
    }
}

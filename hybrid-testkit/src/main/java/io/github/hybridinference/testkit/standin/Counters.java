package io.github.hybridinference.testkit.standin;

import java.util.concurrent.atomic.AtomicLong;

/** Counts that the event loop updates and any thread may read. */
final class Counters {

    final AtomicLong requests = new AtomicLong();
    final AtomicLong answered = new AtomicLong();
    final AtomicLong cut = new AtomicLong();
    final AtomicLong aborted = new AtomicLong();
    final AtomicLong connections = new AtomicLong();
    final AtomicLong openConnections = new AtomicLong();

    /** Set before the stand-in closes connections itself, so that these do not count as aborted by clients. */
    volatile boolean closing;

    StandInStats snapshot() {
        return new StandInStats(
                requests.get(), answered.get(), cut.get(), aborted.get(), connections.get(), openConnections.get());
    }
}

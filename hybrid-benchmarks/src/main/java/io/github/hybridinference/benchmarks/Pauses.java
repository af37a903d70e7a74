package io.github.hybridinference.benchmarks;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/** The pauses of the garbage collector, but for those of collections that were asked for. */
final class Pauses implements NotificationListener, AutoCloseable {
    private static final String ASKED_FOR = "System.gc()";

    private final AtomicLong longestMs = new AtomicLong();
    private final AtomicLong count = new AtomicLong();

    private Pauses() {}

    static Pauses watch() {
        Pauses pauses = new Pauses();
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector).addNotificationListener(pauses, null, null);
        }
        return pauses;
    }

    @Override
    public void handleNotification(Notification notification, Object unused) {
        GarbageCollectionNotificationInfo info =
                GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
        if (!info.getGcCause().equals(ASKED_FOR)) {
            count.incrementAndGet();
            longestMs.accumulateAndGet(info.getGcInfo().getDuration(), Math::max);
        }
    }

    /** In whole milliseconds, as the JVM tells them. */
    long longestMs() {
        return longestMs.get();
    }

    long count() {
        return count.get();
    }

    @Override
    public void close() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            try {
                ((NotificationEmitter) collector).removeNotificationListener(this);
            } catch (ListenerNotFoundException neverAdded) {
                throw new IllegalStateException("every collector was listened to", neverAdded);
            }
        }
    }
}

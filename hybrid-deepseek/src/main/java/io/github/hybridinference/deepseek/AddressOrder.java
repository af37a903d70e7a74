package io.github.hybridinference.deepseek;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The order in which the addresses of a host are tried: those that work, with the address families interleaved and the first
 * one kept in front (RFC 8305 section 4, with a First Address Family Count of 1), then those that failed in the last
 * {@value #FORGET_MINUTES} minutes, the one that failed longest ago first. Not thread-safe.
 */
final class AddressOrder {
    static final int MOST_REMEMBERED = 64;
    static final int FORGET_MINUTES = 5;

    private final LongSupplier nanoClock;

    /** When each address failed, the earliest first. */
    private final Map<InetAddress, Long> failures = new LinkedHashMap<>();

    AddressOrder(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** Puts the addresses that a look-up found in order; duplicates are dropped. */
    List<InetAddress> of(List<InetAddress> found) {
        forgetOld();
        Set<InetAddress> good = new LinkedHashSet<>(found);
        good.removeAll(failures.keySet());
        List<InetAddress> order = interleaved(good);
        for (InetAddress failed : failures.keySet()) {
            if (found.contains(failed)) {
                order.add(failed);
            }
        }
        return order;
    }

    /** An address refused a connection, did not answer in time, or was overtaken by one that was tried later. */
    void failed(InetAddress address) {
        failures.remove(address);
        failures.put(address, nanoClock.getAsLong());
        if (failures.size() > MOST_REMEMBERED) {
            failures.remove(failures.keySet().iterator().next());
        }
    }

    /** An address gave a connection. */
    void worked(InetAddress address) {
        failures.remove(address);
    }

    private void forgetOld() {
        long now = nanoClock.getAsLong();
        failures.values().removeIf(failedAt -> now - failedAt >= TimeUnit.MINUTES.toNanos(FORGET_MINUTES));
    }

    private static List<InetAddress> interleaved(Set<InetAddress> addresses) {
        Deque<InetAddress> next = new ArrayDeque<>();
        Deque<InetAddress> other = new ArrayDeque<>();
        for (InetAddress address : addresses) {
            boolean firstFamily = next.isEmpty() || isV6(next.getFirst()) == isV6(address);
            (firstFamily ? next : other).addLast(address);
        }
        List<InetAddress> order = new ArrayList<>(addresses.size());
        while (order.size() < addresses.size()) {
            if (!next.isEmpty()) {
                order.add(next.removeFirst());
            }
            Deque<InetAddress> swapped = next;
            next = other;
            other = swapped;
        }
        return order;
    }

    private static boolean isV6(InetAddress address) {
        return address instanceof Inet6Address;
    }
}

package io.github.hybridinference.deepseek;

import io.github.hybridinference.remote.FailureCause;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Opens connections on a route: looks up its first host and races the addresses. Belongs to the event loop. */
final class Connector {
    private final Route route;
    private final Consumer<Channel> http;
    private final Bootstrap bootstrap;
    private final EventLoop loop;
    private final HostLookup lookup;
    private final AddressOrder order;
    private final Set<ConnectionRace> races = new HashSet<>();
    private FailureCause lastCause;
    private volatile ConnectTimes times = ConnectTimes.NONE;
    private boolean closed;

    Connector(
            Route route,
            HostResolver resolver,
            Bootstrap bootstrap,
            Consumer<Channel> http,
            EventLoop loop,
            ThreadFactory threads) {
        this.route = route;
        this.http = http;
        this.bootstrap = bootstrap;
        this.loop = loop;
        lookup = new HostLookup(route.firstHost(), resolver, loop, threads);
        order = new AddressOrder(System::nanoTime);
        lastCause = route.noAnswer();
    }

    /** Passes on a connection that is ready to be written to, or null if there is none. */
    void open(Consumer<@Nullable Channel> result) {
        long startNanos = System.nanoTime();
        lookup.find(addresses -> race(addresses, System.nanoTime() - startNanos, result));
    }

    private void race(List<InetAddress> addresses, long lookupNanos, Consumer<@Nullable Channel> result) {
        if (closed) {
            return;
        }
        ConnectionRace[] race = new ConnectionRace[1];
        race[0] = new ConnectionRace(bootstrap, loop, order.of(addresses), route, order, http, channel -> {
            races.remove(race[0]);
            lastCause = race[0].cause();
            times = race[0].times(lookupNanos);
            result.accept(channel);
        });
        races.add(race[0]);
        race[0].tryNext();
    }

    /** Why the last race gave no connection. */
    FailureCause lastCause() {
        return lastCause;
    }

    /** How long the last connection took to be opened; from any thread. */
    ConnectTimes lastTimes() {
        return times;
    }

    /** Stops everything that is under way, without a result. */
    void close() {
        closed = true;
        lookup.close();
        races.forEach(ConnectionRace::stop);
        races.clear();
    }
}

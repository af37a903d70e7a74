package io.github.hybridinference.deepseek;

import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks up a host on a thread of its own, which a hanging name service may hold up without holding up anything else. All
 * but the look-up itself runs on the event loop. The JVM remembers what it has looked up, as its security properties say.
 */
final class Addresses {
    private static final int IDLE_SECONDS = 5;

    private final HostResolver resolver;
    private final String host;
    private final int port;
    private final EventLoop loop;
    private final ThreadPoolExecutor thread;
    private final List<Consumer<@Nullable InetSocketAddress>> waiting = new ArrayList<>();
    private int next;

    Addresses(Endpoint endpoint, HostResolver resolver, EventLoop loop, ThreadFactory threads) {
        this.resolver = resolver;
        this.host = endpoint.host();
        this.port = endpoint.port();
        this.loop = loop;
        thread = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        thread.allowCoreThreadTimeOut(true);
    }

    /** Gives an address, or null if there is none. One look-up serves all who wait for it. */
    void find(Consumer<@Nullable InetSocketAddress> then) {
        waiting.add(then);
        if (waiting.size() > 1) {
            return;
        }
        try {
            thread.execute(this::lookUp);
        } catch (RejectedExecutionException closed) {
            found(new InetAddress[0]);
        }
    }

    /** The last address did not work; the next look-up gives another if the host has several. */
    void avoidLast() {
        next++;
    }

    void close() {
        thread.shutdownNow();
    }

    private void lookUp() {
        InetAddress[] addresses = resolve();
        try {
            loop.execute(() -> found(addresses));
        } catch (RejectedExecutionException closed) {
            // nobody is waiting any more
        }
    }

    private InetAddress[] resolve() {
        try {
            return resolver.resolve(host);
        } catch (UnknownHostException unknown) {
            return new InetAddress[0];
        }
    }

    private void found(InetAddress[] addresses) {
        List<Consumer<@Nullable InetSocketAddress>> all = List.copyOf(waiting);
        waiting.clear();
        InetSocketAddress address = addresses.length == 0
                ? null
                : new InetSocketAddress(addresses[Math.floorMod(next, addresses.length)], port);
        all.forEach(then -> then.accept(address));
    }
}

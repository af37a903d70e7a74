package io.github.hybridinference.deepseek;

import io.github.hybridinference.remote.FailureCause;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Opens one connection to a host that may have several addresses, some of them dead: Happy Eyeballs version 2 (RFC 8305
 * section 5). The next address is tried when the one before has not answered for {@value #NEXT_ADDRESS_MS} ms, which is the
 * RFC's recommended Connection Attempt Delay, or at once when it fails.
 *
 * <p>The first TCP connection wins, as the RFC has it, and the other attempts are closed. The TLS handshake follows on the
 * winner alone, so that a slow handshake does not cost the server a second one, and so does a proxy's tunnel before it; if one
 * of them fails or takes too long (see {@link Route}), the race goes on with the remaining addresses. A TCP connection attempt may take
 * {@value #CONNECT_MS} ms. An address is reported to the {@link AddressOrder} as failed if its attempt fails, or if it was
 * tried before the winner and had not answered when that one did. Belongs to the event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of closing a channel: nothing is left to do after it
final class ConnectionRace {
    static final int NEXT_ADDRESS_MS = 250;
    static final int CONNECT_MS = 2_000;

    /** An attempt to connect to one address. */
    private record Attempt(InetAddress address, Channel channel) {}

    private final Bootstrap bootstrap;
    private final EventLoop loop;
    private final Deque<InetAddress> untried;
    private final Route route;
    private final Consumer<Channel> http;
    private final AddressOrder order;
    private final Consumer<@Nullable Channel> result;

    /** In the order in which they began. */
    private final List<Attempt> attempts = new ArrayList<>();

    private @Nullable Future<?> nextAttempt;
    private boolean over;
    private FailureCause cause;
    private final long startNanos = System.nanoTime();
    private long connectedNanos = startNanos;

    /**
     * Prepares a race.
     *
     * @param bootstrap makes a channel on the loop
     * @param addresses of the route's first host, in the order in which they are tried
     * @param http adds what speaks HTTP to a channel's pipeline
     * @param result takes the connection, ready to be written to, or null if no address gave one
     */
    ConnectionRace(
            Bootstrap bootstrap,
            EventLoop loop,
            List<InetAddress> addresses,
            Route route,
            AddressOrder order,
            Consumer<Channel> http,
            Consumer<@Nullable Channel> result) {
        this.bootstrap = bootstrap;
        this.loop = loop;
        this.untried = new ArrayDeque<>(addresses);
        this.route = route;
        this.order = order;
        this.http = http;
        this.result = result;
        this.cause = addresses.isEmpty() ? route.noAddress() : route.noAnswer();
    }

    /** Why the last attempt failed. */
    FailureCause cause() {
        return cause;
    }

    /** How long it took so far: until the last TCP connection, and the handshake since then. */
    ConnectTimes times(long lookupNanos) {
        return new ConnectTimes(lookupNanos, connectedNanos - startNanos, System.nanoTime() - connectedNanos);
    }

    /** Tries the next address, or ends the race if there is none and no attempt is left. */
    void tryNext() {
        stopTimer();
        if (over) {
            return;
        }
        InetAddress address = untried.pollFirst();
        if (address == null) {
            if (attempts.isEmpty()) {
                end(null);
            }
            return;
        }
        if (!untried.isEmpty()) {
            nextAttempt = loop.schedule(this::tryNext, NEXT_ADDRESS_MS, TimeUnit.MILLISECONDS);
        }
        ChannelFuture connect = route.connect(bootstrap, address);
        if (connect.isDone() && !connect.isSuccess()) { // no channel, so that no loop would call a listener
            cause = route.causeOf(connect.cause());
            order.failed(address);
            tryNext();
            return;
        }
        Attempt attempt = new Attempt(address, connect.channel());
        attempts.add(attempt);
        connect.addListener(outcome -> connected(attempt, outcome.cause()));
    }

    /** Closes what is under way, without a result. */
    void stop() {
        over = true;
        stopTimer();
        attempts.forEach(attempt -> attempt.channel().close());
    }

    private void connected(Attempt attempt, @Nullable Throwable failure) {
        if (over || !attempts.contains(attempt)) {
            attempt.channel().close(); // it connected after it had lost
            return;
        }
        if (failure != null) {
            failed(attempt, route.causeOf(failure));
            return;
        }
        connectedNanos = System.nanoTime();
        stopTimer();
        closeOthers(attempt);
        route.establish(attempt.channel(), http).addListener(ready -> established(attempt, ready.cause()));
    }

    private void closeOthers(Attempt winner) {
        while (!attempts.get(0).equals(winner)) {
            Attempt earlier = attempts.remove(0);
            order.failed(earlier.address());
            untried.addLast(earlier.address()); // slow, and still better than none
            earlier.channel().close();
        }
        while (attempts.size() > 1) { // these may still work, should the handshake fail
            Attempt later = attempts.remove(attempts.size() - 1);
            untried.addFirst(later.address());
            later.channel().close();
        }
    }

    private void established(Attempt attempt, @Nullable Throwable failure) {
        if (over) {
            return;
        }
        if (failure == null) {
            won(attempt);
        } else {
            failed(attempt, failure instanceof Route.Failure known ? known.known() : route.noAnswer());
        }
    }

    private void failed(Attempt attempt, FailureCause why) {
        cause = why;
        order.failed(attempt.address());
        attempts.remove(attempt);
        attempt.channel().close();
        tryNext();
    }

    private void won(Attempt attempt) {
        order.worked(attempt.address());
        end(attempt.channel());
    }

    private void end(@Nullable Channel channel) {
        over = true;
        result.accept(channel);
    }

    private void stopTimer() {
        if (nextAttempt != null) {
            nextAttempt.cancel(false);
            nextAttempt = null;
        }
    }
}

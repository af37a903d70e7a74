package io.github.hybridinference.deepseek;

import io.github.hybridinference.remote.FailureCause;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
 * winner alone, so that a slow handshake does not cost the server a second one; if it fails or takes longer than
 * {@value #HANDSHAKE_MS} ms, the race goes on with the remaining addresses. A TCP connection attempt may take
 * {@value #CONNECT_MS} ms. An address is reported to the {@link AddressOrder} as failed if its attempt fails, or if it was
 * tried before the winner and had not answered when that one did. Belongs to the event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of closing a channel: nothing is left to do after it
final class ConnectionRace {
    static final int NEXT_ADDRESS_MS = 250;
    static final int CONNECT_MS = 2_000;
    static final int HANDSHAKE_MS = 3_000;

    /** An attempt to connect to one address. */
    private record Attempt(InetAddress address, Channel channel) {}

    private final Bootstrap bootstrap;
    private final EventLoop loop;
    private final Deque<InetAddress> untried;
    private final int port;
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
     * @param bootstrap makes a channel on the loop, with a {@link SslHandler} if the connection is to be encrypted
     * @param addresses in the order in which they are tried
     * @param result takes the connection, ready to be written to, or null if no address gave one
     */
    ConnectionRace(
            Bootstrap bootstrap,
            EventLoop loop,
            List<InetAddress> addresses,
            int port,
            AddressOrder order,
            Consumer<@Nullable Channel> result) {
        this.bootstrap = bootstrap;
        this.loop = loop;
        this.untried = new ArrayDeque<>(addresses);
        this.port = port;
        this.order = order;
        this.result = result;
        this.cause = addresses.isEmpty() ? FailureCause.NAME_NOT_FOUND : FailureCause.UNREACHABLE;
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
        ChannelFuture connect = bootstrap.connect(new InetSocketAddress(address, port));
        if (connect.isDone() && !connect.isSuccess()) { // no channel, so that no loop would call a listener
            cause = ConnectFailures.causeOf(connect.cause());
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
            failed(attempt, failure);
            return;
        }
        connectedNanos = System.nanoTime();
        stopTimer();
        closeOthers(attempt);
        SslHandler tls = attempt.channel().pipeline().get(SslHandler.class);
        if (tls == null) {
            won(attempt);
        } else {
            tls.handshakeFuture().addListener(handshake -> secured(attempt, handshake.cause()));
        }
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

    private void secured(Attempt attempt, @Nullable Throwable failure) {
        if (over) {
            return;
        }
        if (failure == null) {
            won(attempt);
        } else {
            failed(attempt, failure);
        }
    }

    private void failed(Attempt attempt, Throwable failure) {
        cause = ConnectFailures.causeOf(failure);
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

package io.github.hybridinference.deepseek;

import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The transport: HTTP/1.1 over Netty, on one event loop.
 *
 * <p>Exchanges, connections and time limits belong to that loop, so that nothing here needs a lock. A connection carries
 * one exchange at a time and is kept for the next; the one used last is used first, and one that nobody wanted for
 * {@value #IDLE_SECONDS} seconds is closed before a router on the way forgets it. The number of connections is the number
 * of calls in flight, which the engine limits.
 */
@SuppressWarnings("FutureReturnValueIgnored") // closing and timers are told by what they bring about
final class NettyTransport implements Transport {
    private static final int IDLE_SECONDS = 30;
    private static final int CONNECT_MILLIS = 10_000;
    private static final long LONGEST_LIMIT_NANOS = TimeUnit.DAYS.toNanos(1);
    private static final int CLOSING_MILLIS = 2_000;

    private final Endpoint endpoint;
    private final @Nullable SslContext tls;
    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop loop;
    private final Addresses addresses;
    private final Set<Exchange> underWay = new HashSet<>();
    private final Set<Connection> open = new HashSet<>();
    private final Deque<Connection> idle = new ArrayDeque<>();
    private boolean watchingIdle;
    private boolean closed;

    /**
     * Starts nothing yet; the thread comes with the first request.
     *
     * @param tls how to encrypt, null for an endpoint without
     */
    NettyTransport(Endpoint endpoint, @Nullable SslContext tls, HostResolver resolver) {
        this.endpoint = endpoint;
        this.tls = tls;
        DefaultThreadFactory threads = new DefaultThreadFactory("hybrid-deepseek", true);
        group = new MultiThreadIoEventLoopGroup(1, threads, NioIoHandler.newFactory());
        loop = (EventLoop) group.next();
        addresses = new Addresses(endpoint, resolver, loop, threads);
    }

    @Override
    public CompletableFuture<Answer> send(Outgoing request, long limitNanos) {
        Exchange exchange = new Exchange(request);
        onLoop(() -> begin(exchange, limitNanos), exchange);
        exchange.answer().whenComplete((answer, thrown) -> {
            if (exchange.answer().isCancelled()) {
                onLoop(exchange::abort, exchange);
            }
        });
        return exchange.answer();
    }

    private void onLoop(Runnable task, Exchange exchange) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException afterClose) {
            exchange.fail(RemoteException.beforeSending(Reason.CANCELLED));
        }
    }

    private void begin(Exchange exchange, long limitNanos) {
        if (closed) {
            exchange.fail(RemoteException.beforeSending(Reason.CANCELLED));
        }
        if (exchange.isDone()) {
            return;
        }
        underWay.add(exchange);
        long limit = Math.min(limitNanos, LONGEST_LIMIT_NANOS);
        exchange.begun(
                loop.schedule(() -> expire(exchange), limit, TimeUnit.NANOSECONDS), () -> underWay.remove(exchange));
        dispatch(exchange);
    }

    private void dispatch(Exchange exchange) {
        Connection connection = idle.pollFirst();
        while (connection != null && !connection.isUsable()) {
            connection = idle.pollFirst();
        }
        if (connection != null) {
            connection.carry(exchange);
        } else {
            addresses.find(address -> connect(exchange, address));
        }
    }

    private void connect(Exchange exchange, @Nullable InetSocketAddress address) {
        if (exchange.isDone()) {
            return;
        }
        if (address == null) {
            stop(exchange, RemoteException.beforeSending(Reason.UNAVAILABLE));
            return;
        }
        ChannelFuture connect = bootstrap().connect(address);
        exchange.waitsFor(connect);
        connect.addListener(outcome -> connected(exchange, connect.channel(), outcome.isSuccess()));
    }

    private void connected(Exchange exchange, Channel channel, boolean success) {
        if (success && !exchange.isDone()) {
            channel.pipeline().get(Connection.class).carry(exchange);
            return;
        }
        channel.close();
        if (!success && !exchange.isDone()) {
            addresses.avoidLast();
            stop(exchange, RemoteException.beforeSending(Reason.UNAVAILABLE));
        }
    }

    private Bootstrap bootstrap() {
        return new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        furnish(channel);
                    }
                });
    }

    private void furnish(Channel channel) {
        if (tls != null) {
            channel.pipeline().addLast(tls.newHandler(channel.alloc(), endpoint.host(), endpoint.port()));
        }
        Connection connection = new Connection(this, channel, endpoint.authority());
        channel.pipeline().addLast(new HttpClientCodec(), connection);
        open.add(connection);
    }

    private static void expire(Exchange exchange) {
        stop(exchange, new RemoteException(Reason.TIMEOUT));
    }

    private static void stop(Exchange exchange, RemoteException failure) {
        exchange.fail(failure);
        exchange.abort();
    }

    void becameIdle(Connection connection) {
        idle.addFirst(connection);
        watchIdle();
    }

    private void watchIdle() {
        if (!watchingIdle) {
            watchingIdle = true;
            loop.schedule(this::closeIdle, IDLE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void closeIdle() {
        watchingIdle = false;
        long now = System.nanoTime();
        while (!idle.isEmpty() && now - idle.getLast().idleSinceNanos() >= TimeUnit.SECONDS.toNanos(IDLE_SECONDS)) {
            idle.removeLast().close();
        }
        if (!idle.isEmpty()) {
            watchIdle();
        }
    }

    void ended(Connection connection) {
        open.remove(connection);
        idle.remove(connection);
    }

    @Override
    public void close() {
        addresses.close();
        try {
            loop.execute(this::closeAll);
        } catch (RejectedExecutionException closedBefore) {
            return;
        }
        group.shutdownGracefully(0, CLOSING_MILLIS, TimeUnit.MILLISECONDS);
        if (!loop.inEventLoop()) {
            loop.terminationFuture().awaitUninterruptibly(CLOSING_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void closeAll() {
        closed = true;
        List.copyOf(underWay).forEach(exchange -> stop(exchange, new RemoteException(Reason.CANCELLED)));
        List.copyOf(open).forEach(Connection::close);
    }
}

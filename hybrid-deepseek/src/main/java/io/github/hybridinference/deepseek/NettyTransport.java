package io.github.hybridinference.deepseek;

import io.github.hybridinference.remote.FailureCause;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transport: HTTP/1.1 over Netty, on one event loop.
 *
 * <p>Exchanges, connections and time limits belong to that loop, so that nothing here needs a lock. A connection carries
 * one exchange at a time and is kept for the next. An exchange that finds no idle connection waits for one, and another is
 * opened unless as many are being opened as exchanges wait. The first that is ready carries the exchange that has waited
 * longest. So a connection whose exchange was cancelled meanwhile serves the next one, and there are never more connections
 * than there were exchanges at once, which the engine limits. An exchange fails only by a connection that began to be opened
 * after the exchange did.
 */
@SuppressWarnings(
        "FutureReturnValueIgnored") // of closing: the connections report it; of submitted tasks: they do not fail
final class NettyTransport implements Transport, Exchange.Owner, Connection.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(NettyTransport.class);
    private static final long LONGEST_LIMIT_NANOS = TimeUnit.DAYS.toNanos(1);
    private static final int CLOSING_MILLIS = 2_000;

    private final Endpoint endpoint;
    private final Route route;
    private final EventLoopGroup group;
    private final EventLoop loop;
    private final Connector connector;
    private final ChannelGroup channels;
    private final IdleConnections idle;
    private final Set<Exchange> underWay = new HashSet<>();

    /** The exchanges without a connection in the order of arrival, each with the first opening that counts for it. */
    private final Map<Exchange, Integer> waiting = new LinkedHashMap<>();

    private int openings;
    private int opening;
    private boolean connectedOnce;
    private boolean closed;

    /**
     * Starts nothing yet; the thread comes with the first request.
     *
     * @param tls how to encrypt, null for an endpoint without
     * @param proxy null for none
     */
    NettyTransport(Endpoint endpoint, @Nullable SslContext tls, @Nullable HttpProxy proxy, HostResolver resolver) {
        this.endpoint = endpoint;
        route = new Route(endpoint, tls, proxy);
        DefaultThreadFactory threads = new DefaultThreadFactory("hybrid-deepseek", true);
        group = oneLoop(threads);
        loop = group.next();
        connector = new Connector(route, resolver, bootstrap(), this::addHttp, loop, threads);
        channels = new DefaultChannelGroup(loop);
        idle = new IdleConnections(loop, System::nanoTime);
    }

    /** What Netty 4.2 has in place of this deprecated class, which it still has, is absent from 4.1. */
    @SuppressWarnings("deprecation")
    private static EventLoopGroup oneLoop(DefaultThreadFactory threads) {
        return new NioEventLoopGroup(1, threads);
    }

    private Bootstrap bootstrap() {
        return new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, ConnectionRace.CONNECT_MS)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        // what a channel needs is added by the route when it is connected
                    }
                });
    }

    private void addHttp(Channel channel) {
        channels.add(channel);
        channel.pipeline().addLast(Connection.codec(), new Connection(this, channel, endpoint.authority()));
    }

    @Override
    public CompletableFuture<Response> send(Request request, long limitNanos, Runnable written) {
        Exchange exchange = new Exchange(request, this, written);
        try {
            loop.execute(() -> begin(exchange, limitNanos));
        } catch (RejectedExecutionException afterClose) {
            exchange.fail(Reason.CANCELLED);
        } catch (Throwable noThread) {
            exchange.fail(Reason.INTERNAL); // the task may still be queued, and must then send nothing
            throw noThread;
        }
        return exchange;
    }

    @Override
    public ConnectTimes lastTimes() {
        return connector.lastTimes();
    }

    private void begin(Exchange exchange, long limitNanos) {
        if (closed) {
            exchange.fail(Reason.CANCELLED);
        }
        if (exchange.isDone()) {
            return;
        }
        underWay.add(exchange);
        long limit = Math.min(limitNanos, LONGEST_LIMIT_NANOS);
        exchange.endsWith(loop.schedule(() -> timeOut(exchange), limit, TimeUnit.NANOSECONDS));
        Connection connection = idle.take();
        if (connection == null) {
            waiting.put(exchange, openings + 1);
            openConnection();
        } else if (!connection.carry(exchange)) {
            idle.add(connection); // it was cancelled just now
        }
    }

    private void openConnection() {
        if (opening < waiting.size()) {
            opening++;
            openings++;
            int number = openings;
            connector.open(channel -> opened(number, channel));
        }
    }

    private void opened(int number, @Nullable Channel channel) {
        opening--;
        if (channel != null && channel.isActive()) {
            available(channel.pipeline().get(Connection.class));
        } else if (opening < waiting.size()) {
            Map.Entry<Exchange, Integer> first = waiting.entrySet().iterator().next();
            if (first.getValue() <= number) {
                stop(first.getKey(), Reason.UNAVAILABLE, connector.lastCause());
            } else {
                openConnection();
            }
        }
    }

    @Override
    public void available(Connection connection) {
        connectedOnce = true;
        for (Iterator<Exchange> next = waiting.keySet().iterator(); next.hasNext(); ) {
            Exchange exchange = next.next();
            next.remove();
            if (connection.carry(exchange)) {
                return;
            }
        }
        idle.add(connection);
    }

    @Override
    public void closed(Connection connection) {
        idle.remove(connection);
    }

    @Override
    public void unfit(LinkageError error) {
        LOG.error(NettySetUp.sentence(error));
    }

    private void timeOut(Exchange exchange) {
        boolean neverConnected = waiting.containsKey(exchange) && !connectedOnce;
        stop(exchange, Reason.TIMEOUT, neverConnected ? route.noAnswer() : null);
    }

    private static void stop(Exchange exchange, Reason reason, @Nullable FailureCause cause) {
        exchange.fail(reason, cause);
        exchange.abort();
    }

    @Override
    public void cancelled(Exchange exchange) {
        try {
            loop.execute(exchange::abort);
        } catch (RejectedExecutionException afterClose) {
            return; // its connection is closed
        }
    }

    @Override
    public void ended(Exchange exchange) {
        underWay.remove(exchange);
        if (!waiting.isEmpty()) {
            waiting.remove(exchange);
        }
    }

    @Override
    public void close() {
        try {
            loop.execute(this::closeAll);
        } catch (RejectedExecutionException closedBefore) {
            return;
        }
        if (!loop.inEventLoop()) {
            loop.terminationFuture().awaitUninterruptibly(CLOSING_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void closeAll() {
        closed = true;
        connector.close();
        List.copyOf(underWay).forEach(exchange -> stop(exchange, Reason.CANCELLED, null));
        channels.close();
        // last, since a loop that shuts down closes the channels by itself, and exchanges would fail by that
        group.shutdownGracefully(0, CLOSING_MILLIS, TimeUnit.MILLISECONDS);
    }
}

package io.github.hybridinference.testkit.standin;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A running stand-in of DeepSeek's API on a port of the loopback interface, answering as a simulated model.
 *
 * <p>It serves {@code POST /chat/completions}, {@code GET /models} and {@code GET /user/balance}, with or without
 * {@code /v1} in front, over HTTP/1.1 in the clear, to any bearer token; and {@code GET /stand-in/stats} with its own
 * counts. The content of a plain answer is a function of the request alone. Token counts are estimated from
 * characters; the first call with a system message is a miss of the simulated prefix cache, later ones hit it in units
 * of 64 tokens.
 *
 * <p>It has one daemon thread. Its methods may be called from any other thread.
 */
public final class StandIn implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final int MAX_BODY_BYTES = 1 << 20;
    private static final long CLOSE_LIMIT_MS = 1_000;

    private final EventLoopGroup loop;
    private final Counters counters;
    private final URI baseUrl;

    private StandIn(EventLoopGroup loop, Counters counters, int port) {
        this.loop = loop;
        this.counters = counters;
        this.baseUrl = URI.create("http://" + HOST + ":" + port);
    }

    /**
     * A builder of a stand-in that answers at once and without faults on a free port.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Where it listens, {@code http://127.0.0.1:port}.
     *
     * @return the address, without a slash at the end
     */
    public URI baseUrl() {
        return baseUrl;
    }

    /**
     * Chat completion calls received so far, refused and failed ones included.
     *
     * @return their number
     */
    public long requests() {
        return counters.requests.get();
    }

    /**
     * Client connections open now.
     *
     * @return their number
     */
    public long openConnections() {
        return counters.openConnections.get();
    }

    /**
     * All counts. They are read one after the other, so they are consistent only while no call is in flight.
     *
     * @return the counts
     */
    public StandInStats stats() {
        return counters.snapshot();
    }

    /** Closes the port and all connections and ends the thread. Waits for that, one second at most. */
    @Override
    public void close() {
        counters.closing = true;
        end(loop);
        try {
            loop.awaitTermination(CLOSE_LIMIT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a listener on this future would start a thread of Netty's own
    private static void end(EventLoopGroup loop) {
        loop.shutdownGracefully(0, CLOSE_LIMIT_MS, TimeUnit.MILLISECONDS);
    }

    /** Settings of a {@link StandIn}. Not thread-safe. */
    public static final class Builder {

        private int port;
        private Duration latency = Duration.ZERO;
        private @Nullable Function<RequestInfo, Behaviour> behaviours;

        private Builder() {}

        /**
         * The port to listen on.
         *
         * @param newPort the port, or 0, the default, for a free one
         * @return this builder
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder port(int newPort) {
            if (newPort < 0 || newPort > 65_535) {
                throw new IllegalArgumentException("the port must lie between 0 and 65535");
            }
            port = newPort;
            return this;
        }

        /**
         * The delay before each well-formed chat completion call is handled; calls wait independently of each other.
         *
         * @param newLatency the time, not negative; zero is the default
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder latency(Duration newLatency) {
            if (newLatency.isNegative()) {
                throw new IllegalArgumentException("the latency must not be negative");
            }
            latency = newLatency;
            return this;
        }

        /**
         * Makes the given share of well-formed chat completion calls, 0 to 1, fail. The seed and the number of the call
         * choose the fault: 429 with Retry-After, 500, 503, a reset, blank content, content cut off, blank lines before the
         * reply, or insufficient_system_resource, all equally likely.
         *
         * @param rate the share, 0 to 1
         * @param seed the seed of the choice
         * @return this builder
         * @throws IllegalArgumentException if the rate is out of range
         * @throws IllegalStateException if a script is set
         */
        public Builder faults(double rate, long seed) {
            Faults faults = new Faults(rate, seed);
            return script(request -> faults.of(request.number()));
        }

        /**
         * Chooses the behaviour for each well-formed chat completion call. The function runs on the stand-in's thread,
         * so it must not wait. It replaces {@link #faults}; only one of the two may be set.
         *
         * @param script the choice; a call on which it throws is answered with status 500
         * @return this builder
         * @throws IllegalStateException if faults or a script are set
         */
        public Builder script(Function<RequestInfo, Behaviour> script) {
            if (behaviours != null) {
                throw new IllegalStateException("faults or a script are set already");
            }
            behaviours = script;
            return this;
        }

        /**
         * Starts it.
         *
         * @return the running stand-in, to be closed by the caller
         * @throws UncheckedIOException if it cannot listen on the port
         */
        @SuppressWarnings("AddressSelection") // the host is a literal, so no name is looked up
        public StandIn start() {
            Counters counters = new Counters();
            Function<RequestInfo, Behaviour> chosen = behaviours != null ? behaviours : request -> Behaviour.answer();
            Router router = new Router(chosen, latency, counters);
            // One thread serves some 20,000 calls a second, more than a client on the same machine can send.
            EventLoopGroup loop = oneLoop();
            ChannelFuture bound = bootstrap(loop, router, counters)
                    .bind(new InetSocketAddress(HOST, port))
                    .awaitUninterruptibly();
            if (!bound.isSuccess()) {
                end(loop);
                throw new UncheckedIOException(
                        "cannot listen on loopback port " + port, new IOException(bound.cause()));
            }
            return new StandIn(
                    loop, counters, ((InetSocketAddress) bound.channel().localAddress()).getPort());
        }

        /** What Netty 4.2 has in place of this deprecated class, which it still has, is absent from 4.1. */
        @SuppressWarnings("deprecation")
        private static EventLoopGroup oneLoop() {
            return new NioEventLoopGroup(1, new DefaultThreadFactory("stand-in", true));
        }

        private static ServerBootstrap bootstrap(EventLoopGroup loop, Router router, Counters counters) {
            return new ServerBootstrap()
                    .group(loop)
                    .channel(NioServerSocketChannel.class)
                    .option(ChannelOption.SO_BACKLOG, 4_096)
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    // A request of usual size fits into the first buffer, so it takes one read.
                    .childOption(ChannelOption.RCVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(64, 8_192, 65_536))
                    .childHandler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            channel.pipeline()
                                    .addLast(new HttpServerCodec())
                                    .addLast(new HttpObjectAggregator(MAX_BODY_BYTES))
                                    .addLast(new ConnectionHandler(router, counters));
                        }
                    });
        }
    }
}

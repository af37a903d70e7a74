package io.github.hybridinference.deepseek;

import io.github.hybridinference.remote.FailureCause;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way to an endpoint: straight or through a proxy's tunnel, with or without TLS. A proxy gets the endpoint's name as it
 * is, so that it is looked up by the proxy alone. Belongs to the event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of a listener's future: it is the one that the listener was added to
final class Route {
    static final int HANDSHAKE_MS = 3_000;

    private final Endpoint endpoint;
    private final @Nullable SslContext tls;
    private final @Nullable HttpProxy proxy;

    /**
     * Makes a route.
     *
     * @param tls how to encrypt, null for an endpoint without
     * @param proxy null for none
     */
    Route(Endpoint endpoint, @Nullable SslContext tls, @Nullable HttpProxy proxy) {
        this.endpoint = endpoint;
        this.tls = tls;
        this.proxy = proxy;
    }

    /** The host whose addresses are looked up and raced. */
    String firstHost() {
        return proxy == null ? endpoint.host() : proxy.host();
    }

    /** Opens a TCP connection to one of its addresses. */
    ChannelFuture connect(Bootstrap bootstrap, InetAddress address) {
        if (proxy == null) {
            return bootstrap.connect(new InetSocketAddress(address, endpoint.port()));
        }
        HttpProxy through = proxy;
        InetSocketAddress hop = new InetSocketAddress(address, proxy.port());
        return bootstrap
                .clone()
                .disableResolver()
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        Tunnel.addTo(channel, through, hop);
                    }
                })
                .connect(InetSocketAddress.createUnresolved(endpoint.host(), endpoint.port()));
    }

    /**
     * Makes a connected channel one to the service: by a tunnel if there is a proxy, by a TLS handshake if there is TLS.
     *
     * @param http adds what speaks HTTP to the pipeline
     * @return completes when the channel can be written to, or with a {@link Failure}
     */
    Future<Channel> establish(Channel channel, Consumer<Channel> http) {
        Promise<Channel> ready = channel.eventLoop().newPromise();
        Tunnel tunnel = channel.pipeline().get(Tunnel.class);
        if (tunnel == null) {
            secure(channel, http, ready);
            return ready;
        }
        tunnel.answered().addListener(answer -> {
            if (answer.isSuccess()) {
                // later, since the proxy's handlers still have to take out their codec
                channel.eventLoop().execute(() -> {
                    if (channel.isActive()) {
                        tunnel.leave(channel);
                        secure(channel, http, ready);
                    } else {
                        ready.tryFailure(new Failure(FailureCause.PROXY_UNREACHABLE));
                    }
                });
            } else {
                ready.tryFailure(new Failure(tunnel.cause()));
            }
        });
        return ready;
    }

    private void secure(Channel channel, Consumer<Channel> http, Promise<Channel> ready) {
        if (tls == null) {
            http.accept(channel);
            ready.trySuccess(channel);
            return;
        }
        SslHandler handler = tls.newHandler(channel.alloc(), endpoint.host(), endpoint.port());
        handler.setHandshakeTimeoutMillis(HANDSHAKE_MS);
        channel.pipeline().addLast(handler);
        http.accept(channel);
        handler.handshakeFuture().addListener(handshake -> {
            Optional<FailureCause> problem =
                    handshake.isSuccess() ? problem(handler) : Optional.of(ConnectFailures.causeOf(handshake.cause()));
            if (problem.isEmpty()) {
                ready.trySuccess(channel);
            } else {
                ready.tryFailure(new Failure(problem.get()));
            }
        });
    }

    private Optional<FailureCause> problem(SslHandler handler) {
        return tls instanceof OwnersTls
                ? PeerCheck.problem(handler.engine().getSession(), endpoint.host())
                : Optional.empty(); // the JDK's own trust manager has checked it
    }

    /** Why a TCP connection could not be opened. */
    FailureCause causeOf(@Nullable Throwable failure) {
        return proxy == null ? ConnectFailures.causeOf(failure) : FailureCause.PROXY_UNREACHABLE;
    }

    /** The host has no address. */
    FailureCause noAddress() {
        return proxy == null ? FailureCause.NAME_NOT_FOUND : FailureCause.PROXY_UNREACHABLE;
    }

    /** No address has answered. */
    FailureCause noAnswer() {
        return proxy == null ? FailureCause.UNREACHABLE : FailureCause.PROXY_UNREACHABLE;
    }

    /** Why a channel that was connected is none to the service. */
    static final class Failure extends Exception {
        private static final long serialVersionUID = 1L;

        private final FailureCause cause;

        Failure(FailureCause cause) {
            super(cause.name(), null, false, false);
            this.cause = cause;
        }

        FailureCause known() {
            return cause;
        }
    }
}

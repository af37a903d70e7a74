package io.github.hybridinference.deepseek;

import io.github.hybridinference.remote.FailureCause;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Asks a proxy for a tunnel to the service. Until there is one, only the name of the service and the proxy's own login are
 * sent; what follows, the TLS handshake first, goes through the tunnel. Belongs to the event loop.
 *
 * <p>It stands before Netty's handler in the pipeline, whose exceptions have the status of the proxy's response in their
 * message alone, and reads it there.
 */
final class Tunnel extends ChannelInboundHandlerAdapter {
    /** How long the proxy may take to connect to the service. */
    static final int TUNNEL_MS = 5_000;

    private final HttpProxyHandler proxyHandler;
    private final ChannelInboundHandlerAdapter last = new Last();
    private int status;
    private boolean malformed;

    private Tunnel(HttpProxy proxy, InetSocketAddress address) {
        HttpProxy.Login login = proxy.login();
        proxyHandler = login == null
                ? new HttpProxyHandler(address)
                : new HttpProxyHandler(address, login.user(), login.password());
        proxyHandler.setConnectTimeoutMillis(TUNNEL_MS);
    }

    /** Loads what a tunnel needs, and opens none. */
    static void load(HttpProxy proxy) {
        new Tunnel(proxy, new InetSocketAddress(proxy.port())).cause();
    }

    /** Lets a channel that is about to be connected ask for a tunnel first. */
    static void addTo(Channel channel, HttpProxy proxy, InetSocketAddress address) {
        Tunnel tunnel = new Tunnel(proxy, address);
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast("proxy", tunnel.proxyHandler); // which puts a codec before itself
        pipeline.addBefore("proxy", "tunnel", tunnel);
        pipeline.addLast("last", tunnel.last);
    }

    /** Completes when the proxy has answered; the handlers must not be touched by its listeners, which it calls. */
    Future<Channel> answered() {
        return proxyHandler.connectFuture();
    }

    /** Takes all that belongs to it out of the pipeline. */
    void leave(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.remove(proxyHandler);
        pipeline.remove(last);
        pipeline.remove(this);
    }

    /** Why there is no tunnel. */
    FailureCause cause() {
        if (malformed) {
            return FailureCause.NOT_A_PROXY;
        }
        return switch (status) {
            case 0 -> FailureCause.PROXY_UNREACHABLE;
            case 407 -> FailureCause.PROXY_REFUSED;
            case 400, 404, 405, 501 -> FailureCause.NOT_A_PROXY; // as a web server answers to CONNECT
            default ->
                status >= 500
                        ? FailureCause.PROXY_FAILED
                        : status >= 400 ? FailureCause.PROXY_FORBIDDEN : FailureCause.NOT_A_PROXY;
        };
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpResponse response && status == 0) {
            status = response.status().code();
            malformed = response.decoderResult().isFailure();
        }
        context.fireChannelRead(message);
    }

    /** Swallows the failure, of which {@link #answered} tells as well. */
    private static final class Last extends ChannelInboundHandlerAdapter {
        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // nothing is left to do after it
        public void exceptionCaught(ChannelHandlerContext context, @Nullable Throwable failure) {
            context.close();
        }
    }
}

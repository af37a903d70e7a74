package io.github.hybridinference.testkit.standin;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's connection: handles requests one after the other, and notices when the client disconnects meanwhile. */
@SuppressWarnings("FutureReturnValueIgnored") // a close that fails leaves nothing to do
final class ConnectionHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionHandler.class);

    private final Router router;
    private final Counters counters;

    /** Requests that the client sent before the previous one was answered. */
    private final Queue<ReceivedRequest> waiting = new ArrayDeque<>();

    private @Nullable Exchange current;

    ConnectionHandler(Router router, Counters counters) {
        this.router = router;
        this.counters = counters;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        counters.connections.incrementAndGet();
        counters.openConnections.incrementAndGet();
        ctx.fireChannelActive();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        waiting.add(ReceivedRequest.of(request));
        next(ctx);
    }

    private void next(ChannelHandlerContext ctx) {
        if (current != null || waiting.isEmpty()) {
            return;
        }
        ReceivedRequest request = waiting.remove();
        current = new Exchange(ctx, request.keepAlive(), router.route(request), counters, () -> done(ctx));
        current.begin();
    }

    private void done(ChannelHandlerContext ctx) {
        current = null;
        if (!waiting.isEmpty()) {
            // As a task of its own: many pipelined requests would recurse once for each.
            ctx.executor().execute(() -> next(ctx));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        counters.openConnections.decrementAndGet();
        waiting.clear();
        if (current != null) {
            current.connectionLost();
            current = null;
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // A client that resets its connection is daily business; anything else is a fault of a script or of ours.
        if (!(cause instanceof IOException)) {
            LOG.error("The stand-in failed on a request and closes its connection", cause);
        }
        if (current != null && !(cause instanceof IOException)) {
            current.cut();
        } else {
            ctx.close();
        }
    }
}

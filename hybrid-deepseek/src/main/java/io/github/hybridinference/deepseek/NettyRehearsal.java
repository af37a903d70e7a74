package io.github.hybridinference.deepseek;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslContext;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether the Netty that the application brings has what is used here. The version is often set by the BOM of a
 * framework, and one that does not fit would else show at the first request, as a service that is unavailable.
 */
final class NettyRehearsal implements Connection.Owner, Exchange.Owner {
    private @Nullable LinkageError unfit;

    private NettyRehearsal() {}

    /**
     * Passes an exchange, in memory, through the code that carries one.
     *
     * @throws LinkageError if this Netty lacks something
     */
    static void run(Endpoint endpoint, @Nullable SslContext tls, @Nullable HttpProxy proxy) {
        NettyRehearsal rehearsal = new NettyRehearsal();
        EmbeddedChannel channel = new EmbeddedChannel();
        Connection connection = new Connection(rehearsal, channel, endpoint.authority());
        channel.pipeline().addLast(Connection.codec(), connection);
        connection.carry(new Exchange(new Request("GET", "/", Map.of(), new byte[0]), rehearsal, () -> {}));
        channel.writeInbound(
                Unpooled.copiedBuffer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", StandardCharsets.US_ASCII));
        channel.finishAndReleaseAll();
        if (tls != null) {
            tls.newHandler(channel.alloc(), endpoint.host(), endpoint.port());
        }
        if (proxy != null) {
            Tunnel.load(proxy);
        }
        if (rehearsal.unfit != null) {
            throw rehearsal.unfit;
        }
    }

    @Override
    public void unfit(LinkageError error) {
        unfit = error;
    }

    @Override
    public void available(Connection connection) {}

    @Override
    public void closed(Connection connection) {}

    @Override
    public void cancelled(Exchange exchange) {}

    @Override
    public void ended(Exchange exchange) {}
}

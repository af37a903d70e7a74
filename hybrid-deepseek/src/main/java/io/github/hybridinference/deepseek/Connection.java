package io.github.hybridinference.deepseek;

import io.github.hybridinference.remote.ChatCosts;
import io.github.hybridinference.remote.FailureCause;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.ReplyProblem;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.util.ReferenceCountUtil;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection, which carries one exchange after another. Everything runs on the transport's event loop.
 *
 * <p>A status other than 2xx and 400 completes the exchange at once: the body is not used, and is read only so that the
 * connection can carry the next exchange. The body of a 400 may tell what to mend; if it does not arrive, the status counts.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what follows a write or a close is done in channelInactive
final class Connection extends ChannelInboundHandlerAdapter {
    /** Hears what becomes of its connections. */
    interface Owner {
        /** It has read a whole response and can carry another exchange. */
        void available(Connection connection);

        /** It was closed. */
        void closed(Connection connection);

        /** This Netty lacks something that the connection uses, which is closed for that reason. */
        void unfit(LinkageError error);
    }

    private static final int LONGEST_LINE = 4_096;
    private static final int LARGEST_HEADER = 64 * 1024;
    private static final int LARGEST_CHUNK = 8_192;

    private final Owner owner;
    private final Channel channel;
    private final String host;
    private @Nullable Exchange exchange;
    private @Nullable HttpResponse head;
    private Body body = new Body(0);
    private boolean mayBeStale;
    private boolean handshakeRefused;
    private long idleSinceNanos;

    Connection(Owner owner, Channel channel, String host) {
        this.owner = owner;
        this.channel = channel;
        this.host = host;
    }

    /** What turns bytes into the messages that a connection reads, and back. */
    static HttpClientCodec codec() {
        return new HttpClientCodec(LONGEST_LINE, LARGEST_HEADER, LARGEST_CHUNK);
    }

    boolean isUsable() {
        return channel.isActive();
    }

    /** Marks it as idle. The server may close an idle connection while the next request is on its way. */
    void becomeIdle(long nowNanos) {
        idleSinceNanos = nowNanos;
        mayBeStale = true;
    }

    long idleSinceNanos() {
        return idleSinceNanos;
    }

    void close() {
        channel.close();
    }

    /**
     * Sends the request of an exchange. The connection must be usable, and encrypted already where it has to be.
     *
     * @return false if the exchange has failed or was cancelled; then nothing is sent
     */
    boolean carry(Exchange next) {
        if (!next.startWriting(channel)) {
            return false;
        }
        exchange = next;
        Request request = next.request();
        HttpHeaders headers = new DefaultHttpHeaders();
        headers.set(HttpHeaderNames.HOST, host);
        request.headers().forEach(headers::set);
        ByteBuf content = request.body();
        headers.setInt(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes());
        channel.writeAndFlush(new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1,
                        HttpMethod.valueOf(request.method()),
                        request.path(),
                        content,
                        headers,
                        EmptyHttpHeaders.INSTANCE))
                .addListener(written -> {
                    if (written.isSuccess()) {
                        next.written();
                    } else {
                        broken(written.cause());
                    }
                });
        return true;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (exchange == null) {
                close(); // not asked for: it would be taken for the response to the next request
            } else if (message instanceof HttpObject part) {
                read(exchange, part);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(Exchange current, HttpObject part) {
        if (part.decoderResult().isFailure()) {
            fail(new RemoteException(Reason.UNAVAILABLE)
                    .because(causeOf(part.decoderResult().cause())));
            return;
        }
        if (part instanceof HttpResponse response) {
            begin(current, response);
        }
        if (part instanceof HttpContent content && !body.append(content.content())) {
            fail(RemoteException.badReply(ReplyProblem.TOO_LARGE, ChatCosts.UNSEEN));
        } else if (part instanceof LastHttpContent) {
            end(current);
        }
    }

    private FailureCause causeOf(Throwable undecodable) {
        if (undecodable instanceof TooLongHttpHeaderException) {
            return FailureCause.HEADERS_TOO_LARGE;
        }
        return head == null ? FailureCause.NOT_HTTP : FailureCause.CONNECTION_LOST;
    }

    private void begin(Exchange current, HttpResponse response) {
        head = response;
        body = new Body(HttpUtil.getContentLength(response, 0));
        HttpStatusClass kind = response.status().codeClass();
        if (response.status().code() == 400) {
            current.begins(responseOf(response, new Body(0)));
        } else if (kind != HttpStatusClass.SUCCESS && kind != HttpStatusClass.INFORMATIONAL) {
            current.complete(responseOf(response, new Body(0)));
        }
    }

    private void end(Exchange current) {
        HttpResponse response = head;
        head = null;
        if (response == null || response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            return; // the final response is still to come
        }
        Response whole = responseOf(response, body);
        body = new Body(0);
        exchange = null;
        mayBeStale = true;
        current.release();
        // in this order, so that a callback that sends another request finds the connection available
        if (HttpUtil.isKeepAlive(response)) {
            owner.available(this);
        } else {
            close();
        }
        current.complete(whole);
    }

    private static Response responseOf(HttpResponse head, Body body) {
        return new Response(head.status().code(), head.headers()::get, body);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        broken(cause);
    }

    private void broken(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof LinkageError error) {
                owner.unfit(error);
            }
            handshakeRefused |= each instanceof SSLHandshakeException;
        }
        close(); // channelInactive, which follows, fails the exchange
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (handshakeRefused && !mayBeStale && head == null) {
            // TLS 1.3: the server refuses the client's certificate after the client could write, and so reads no
            // request
            fail(RemoteException.beforeSending(Reason.UNAVAILABLE).because(FailureCause.TLS_FAILED));
        } else {
            fail(
                    mayBeStale && head == null
                            ? new RemoteException(Reason.STALE_CONNECTION)
                            : new RemoteException(Reason.UNAVAILABLE).because(FailureCause.CONNECTION_LOST));
        }
        owner.closed(this);
    }

    /** Fails the exchange that it carries, whose request may have been sent. */
    private void fail(RemoteException failure) {
        Exchange current = exchange;
        exchange = null;
        if (current != null) {
            current.release();
            current.fail(failure);
        }
        close();
    }
}

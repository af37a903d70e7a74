package io.github.hybridinference.deepseek;

import io.github.hybridinference.model.Usage;
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
import io.netty.util.ReferenceCountUtil;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One connection, carrying one exchange after another. All of it runs on the transport's event loop.
 *
 * <p>A status other than 2xx is reported as soon as it is there: what the service writes below it is of no use to
 * anybody, and is read only so that the connection can be used again.
 */
@SuppressWarnings("FutureReturnValueIgnored") // closing and timers are told by what they bring about
final class Connection extends ChannelInboundHandlerAdapter {
    /** What an answered but unreadable call consumed: nobody knows. */
    static final Usage UNSEEN = new Usage(0, 0, 0, 0, OptionalLong.empty());

    private final NettyTransport owner;
    private final Channel channel;
    private final String host;
    private @Nullable Exchange exchange;
    private @Nullable HttpResponse head;
    private Body body = new Body(0);
    private boolean sent;
    private boolean usedBefore;
    private long idleSinceNanos;

    Connection(NettyTransport owner, Channel channel, String host) {
        this.owner = owner;
        this.channel = channel;
        this.host = host;
    }

    boolean isUsable() {
        return channel.isActive();
    }

    long idleSinceNanos() {
        return idleSinceNanos;
    }

    void close() {
        channel.close();
    }

    void carry(Exchange next) {
        exchange = next;
        sent = false;
        next.runsOver(this);
        Outgoing request = next.request();
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
                .addListener(write -> {
                    sent = write.isSuccess();
                    if (!sent) {
                        close();
                    }
                });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (exchange == null) {
                close(); // nobody asked; whatever it says next would be taken for the answer to the next question
            } else if (message instanceof HttpObject part) {
                read(exchange, part);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(Exchange current, HttpObject part) {
        if (part.decoderResult().isFailure()) {
            fail(new RemoteException(Reason.UNAVAILABLE));
            return;
        }
        if (part instanceof HttpResponse response) {
            begin(current, response);
        }
        if (part instanceof HttpContent content && !body.append(content.content())) {
            fail(RemoteException.badReply(ReplyProblem.TOO_LARGE, UNSEEN));
        } else if (part instanceof LastHttpContent) {
            end(current);
        }
    }

    private void begin(Exchange current, HttpResponse response) {
        head = response;
        body = new Body(HttpUtil.getContentLength(response, 0));
        HttpStatusClass kind = response.status().codeClass();
        if (kind != HttpStatusClass.SUCCESS && kind != HttpStatusClass.INFORMATIONAL) {
            current.answer().complete(answer(response, new Body(0)));
        }
    }

    private void end(Exchange current) {
        HttpResponse response = head;
        head = null;
        if (response == null || response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            return; // the final response is still to come
        }
        exchange = null;
        usedBefore = true;
        idleSinceNanos = System.nanoTime();
        current.release();
        // first the connection, then the answer: whoever hears the answer and asks on finds the connection free
        if (HttpUtil.isKeepAlive(response)) {
            owner.becameIdle(this);
        } else {
            close();
        }
        current.answer().complete(answer(response, body));
        body = new Body(0);
    }

    private static Answer answer(HttpResponse response, Body body) {
        return new Answer(response.status().code(), response.headers()::get, body);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        close(); // what it means is said when the channel goes inactive
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        Reason reason = usedBefore && head == null ? Reason.STALE_CONNECTION : Reason.UNAVAILABLE;
        fail(sent ? new RemoteException(reason) : RemoteException.beforeSending(reason));
        owner.ended(this);
    }

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

package io.github.hybridinference.testkit.standin;

import io.github.hybridinference.testkit.standin.Router.PlannedResponse;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One request, answered according to its behaviour. Runs on the event loop only. */
@SuppressWarnings("FutureReturnValueIgnored") // a write fails when the connection is lost, and that is noticed anyway
final class Exchange {

    private static final byte[] NEW_LINE = {'\n'};

    private final ChannelHandlerContext ctx;
    private final boolean keepAlive;
    private final PlannedResponse turn;
    private final Counters counters;
    private final Runnable whenDone;
    private @Nullable Future<?> timer;
    private boolean over;

    Exchange(ChannelHandlerContext ctx, boolean keepAlive, PlannedResponse turn, Counters counters, Runnable whenDone) {
        this.ctx = ctx;
        this.keepAlive = keepAlive;
        this.turn = turn;
        this.counters = counters;
        this.whenDone = whenDone;
    }

    void begin() {
        play(turn.behaviour());
    }

    /** The connection is closed: by the client, unless this exchange or the whole stand-in had ended before. */
    void connectionLost() {
        if (timer != null) {
            timer.cancel(false);
        }
        if (!over && turn.chat() && !counters.closing) {
            counters.aborted.incrementAndGet();
        }
        over = true;
    }

    private void play(Behaviour behaviour) {
        if (behaviour instanceof Behaviour.After after) {
            later(after.delay(), () -> play(after.then()));
        } else if (behaviour instanceof Behaviour.Answer) {
            respond(200, Map.of(), completion().answer());
        } else if (behaviour instanceof Behaviour.Content content) {
            respond(200, Map.of(), completion().reply(content.content(), content.finishReason()));
        } else if (behaviour instanceof Behaviour.Truncated) {
            respond(200, Map.of(), completion().truncated());
        } else if (behaviour instanceof Behaviour.Contradiction) {
            respond(200, Map.of(), completion().contradiction());
        } else if (behaviour instanceof Behaviour.Status status) {
            respond(status.code(), status.headers(), status.body().getBytes(StandardCharsets.UTF_8));
        } else if (behaviour instanceof Behaviour.Reset reset) {
            reset(reset.midBody());
        } else if (behaviour instanceof Behaviour.Drip drip) {
            byte[] body = completion().answer();
            sendHeaders(body.length);
            later(drip.interval(), () -> drip(body, 0, drip.interval()));
        } else if (behaviour instanceof Behaviour.BlankLines blank) {
            sendHeaders(-1);
            later(blank.interval(), () -> blankLine(blank, 1));
        }
        // The remaining behaviour is to hang: nothing to do until the client leaves.
    }

    private Completion completion() {
        return turn.completion().orElseThrow();
    }

    private void respond(int code, Map<String, String> headers, byte[] body) {
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(code), Unpooled.wrappedBuffer(body));
        setHeaders(response);
        headers.forEach(response.headers()::set);
        HttpUtil.setContentLength(response, body.length);
        finish(ctx.writeAndFlush(response), keepAlive);
    }

    /** Sends the status line and the headers alone, for a body of the given length, or of any length if negative. */
    private void sendHeaders(int length) {
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        setHeaders(response);
        if (length < 0) {
            HttpUtil.setTransferEncodingChunked(response, true);
        } else {
            HttpUtil.setContentLength(response, length);
        }
        ctx.writeAndFlush(response);
    }

    private void setHeaders(HttpMessage response) {
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        turn.completion()
                .ifPresent(completion ->
                        response.headers().set("x-ds-trace-id", completion.id()).set("x-request-id", completion.id()));
        HttpUtil.setKeepAlive(response, keepAlive);
    }

    private void drip(byte[] body, int at, Duration interval) {
        byte[] one = {body[at]};
        if (at == body.length - 1) {
            finish(ctx.writeAndFlush(new DefaultLastHttpContent(Unpooled.wrappedBuffer(one))), keepAlive);
        } else {
            ctx.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(one)));
            later(interval, () -> drip(body, at + 1, interval));
        }
    }

    private void blankLine(Behaviour.BlankLines blank, int line) {
        if (line <= blank.lines()) {
            ctx.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(NEW_LINE)));
            later(blank.interval(), () -> blankLine(blank, line + 1));
        } else if (blank.thenReply()) {
            byte[] body = completion().answer();
            finish(ctx.writeAndFlush(new DefaultLastHttpContent(Unpooled.wrappedBuffer(body))), keepAlive);
        } else {
            cut();
        }
    }

    private void reset(boolean midBody) {
        // With a linger time of zero the kernel sends a reset instead of an orderly close.
        ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        if (midBody) {
            byte[] body = completion().answer();
            sendHeaders(body.length);
            ctx.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(body, 0, body.length / 2)));
        }
        cut();
    }

    /** Ends the exchange by closing the connection. */
    void cut() {
        over = true;
        counters.cut.incrementAndGet();
        ctx.close();
    }

    private void finish(ChannelFuture lastWrite, boolean keepOpen) {
        over = true;
        if (turn.chat()) {
            counters.answered.incrementAndGet();
        }
        if (keepOpen) {
            whenDone.run();
        } else {
            lastWrite.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void later(Duration delay, Runnable step) {
        timer = ctx.executor().schedule(() -> guarded(step), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** A timer would swallow the exception and leave the client waiting. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            ctx.pipeline().fireExceptionCaught(e);
        }
    }
}

package dev.confab.netty.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Lets a request through only when the one before it was answered, so that pipelined requests are done and answered in
 * order (RFC 9112 section 9.3.2). Stops reading while requests wait: at most what one read brought is in memory.
 */
public final class OneAtATime extends ChannelDuplexHandler {

    private final Deque<Object> waiting = new ArrayDeque<>();
    private boolean busy;
    private boolean paused;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof FullHttpRequest || message instanceof RefusedRequest)) {
            ctx.fireChannelRead(message);
        } else if (busy) {
            waiting.add(message);
            paused = true;
            ctx.channel().config().setAutoRead(false);
        } else {
            handle(ctx, message);
        }
    }

    private void handle(ChannelHandlerContext ctx, Object message) {
        busy = true;
        if (message instanceof RefusedRequest refused) {
            FullHttpResponse response = Responses.problem(ctx.alloc(), refused.problem());
            if (refused.retryAfterSeconds() > 0) {
                response.headers().set(HttpHeaderNames.RETRY_AFTER, refused.retryAfterSeconds());
            }
            if (refused.close()) {
                response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            }
            write(ctx, response, ctx.newPromise());
            ctx.flush();
        } else {
            ctx.fireChannelRead(message);
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (!(message instanceof FullHttpResponse response)) {
            ctx.write(message, promise);
            return;
        }
        ctx.write(response, promise);
        busy = false;
        if (!waiting.isEmpty()) {
            // Not from within the write: a long run of ready requests would nest as deep as it is long.
            ctx.executor().execute(() -> next(ctx));
        } else {
            readOn(ctx);
        }
    }

    private void next(ChannelHandlerContext ctx) {
        if (busy || ctx.isRemoved()) {
            return;
        }
        Object message = waiting.poll();
        if (message != null) {
            handle(ctx, message);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        releaseAll();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        releaseAll();
        readOn(ctx);
    }

    private void readOn(ChannelHandlerContext ctx) {
        if (paused) {
            paused = false;
            ctx.channel().config().setAutoRead(true);
        }
    }

    private void releaseAll() {
        for (Object message : waiting) {
            ReferenceCountUtil.release(message);
        }
        waiting.clear();
    }
}

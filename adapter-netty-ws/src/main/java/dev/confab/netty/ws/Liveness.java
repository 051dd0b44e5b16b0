package dev.confab.netty.ws;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Pings the peer and drops it when nothing was heard of it for too long; any byte is a sign of life. */
final class Liveness extends ChannelInboundHandlerAdapter {

    private final Ticker ticker;
    private final long heartbeat;
    private final long silence;
    private long lastHeard;
    private long nextPing;
    private @Nullable Future<?> timer;

    Liveness(WebSocketSettings settings, Ticker ticker) {
        this.ticker = ticker;
        this.heartbeat = settings.heartbeat().toNanos();
        this.silence = settings.silence().toNanos();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        lastHeard = ticker.nanoTime();
        nextPing = lastHeard + heartbeat;
        schedule(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        lastHeard = ticker.nanoTime();
        ctx.fireChannelRead(message);
    }

    private void check(ChannelHandlerContext ctx) {
        long now = ticker.nanoTime();
        if (!ctx.channel().config().isAutoRead()) {
            // What is not read cannot be heard; who keeps us from reading is dealt with elsewhere.
            lastHeard = now;
        }
        if (now - lastHeard >= silence) {
            ctx.close();
            return;
        }
        if (now - nextPing >= 0) {
            // A full queue means that the peer does not read, so that it would only be made longer.
            if (ctx.channel().isWritable()) {
                ctx.channel()
                        .writeAndFlush(new PingWebSocketFrame(), ctx.channel().voidPromise());
            }
            nextPing = now + heartbeat;
        }
        schedule(ctx);
    }

    private void schedule(ChannelHandlerContext ctx) {
        long now = ticker.nanoTime();
        long delay = Math.max(1, Math.min(nextPing - now, lastHeard + silence - now));
        timer = ctx.executor().schedule(() -> check(ctx), delay, TimeUnit.NANOSECONDS);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        cancel();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        cancel();
    }

    private void cancel() {
        Future<?> pending = timer;
        if (pending != null) {
            pending.cancel(false);
        }
    }
}

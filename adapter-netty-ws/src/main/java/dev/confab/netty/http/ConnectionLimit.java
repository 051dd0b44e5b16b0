package dev.confab.netty.http;

import dev.confab.chat.model.Refusal;
import dev.confab.netty.limit.ClientAddress;
import dev.confab.netty.limit.Limits;
import dev.confab.netty.wire.Problem;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;

/**
 * Refuses connections of an address that opens too many: its first request is answered with 429, then it is closed, so
 * that a browser or client learns why.
 */
public final class ConnectionLimit extends ChannelInboundHandlerAdapter {

    private final Limits limits;
    private long waitNanos;

    public ConnectionLimit(Limits limits) {
        this.limits = limits;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        waitNanos = limits.takeConnection(ClientAddress.of(ctx.channel().remoteAddress()));
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (waitNanos == 0) {
            ctx.pipeline().remove(this);
            ctx.fireChannelRead(message);
            return;
        }
        boolean head = message instanceof HttpRequest;
        ReferenceCountUtil.release(message);
        if (head) {
            ctx.fireChannelRead(
                    new RefusedRequest(Problem.of(Refusal.Code.RATE_LIMITED), Responses.wholeSeconds(waitNanos), true));
        }
    }
}

package dev.confab.netty.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes in two steps: first the server's half, so that the last bytes written arrive, then the rest once the client
 * closed its half or the patience ends. A socket that is closed at once while bytes of the client are still on their way
 * makes the kernel send RST, which can take the answer away from the client before it was read (RFC 9112 section 9.6,
 * RFC 6455 section 7.1.1). What still arrives is thrown away.
 */
public final class LingeringClose extends ChannelDuplexHandler {

    private final Duration patience;
    private boolean closing;
    private @Nullable Future<?> end;

    public LingeringClose(Duration patience) {
        this.patience = patience;
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (closing || !(ctx.channel() instanceof DuplexChannel channel) || !channel.isActive()) {
            ctx.close(promise);
            return;
        }
        closing = true;
        channel.shutdownOutput().addListener(half -> {
            if (!half.isSuccess() || channel.isInputShutdown()) {
                ctx.close(promise);
                return;
            }
            channel.config().setAutoRead(true);
            end = ctx.executor().schedule(() -> ctx.close(), patience.toNanos(), TimeUnit.NANOSECONDS);
            // However it ends, by the client's half or by the patience, this alone completes the promise: closing with
            // the promise as well would complete it twice, which Netty warns of.
            channel.closeFuture().addListener(closed -> promise.trySuccess());
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (closing) {
            ReferenceCountUtil.release(message);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (end != null) {
            end.cancel(false);
        }
        ctx.fireChannelInactive();
    }
}

package dev.confab.netty.ws;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Control frames and the end of a connection, RFC 6455 sections 5.5 and 7. Pings are answered, a close frame is answered
 * with its own status code, and a peer that breaks the protocol is told so with the fitting code. (Netty's own handler
 * answers a close frame with a forbidden code without any code.) Once a close frame was sent, no data reaches the
 * handlers behind this one. The connection itself is closed by the handlers before, so that the peer can read the close
 * frame first.
 */
final class ControlFrames extends ChannelInboundHandlerAdapter {

    private static final Logger log = LoggerFactory.getLogger(ControlFrames.class);

    private final Duration closeWithin;
    private @Nullable ChannelHandlerContext ctx;
    private boolean open = true;
    private boolean unflushed;

    ControlFrames(Duration closeWithin) {
        this.closeWithin = closeWithin;
    }

    /** Whether frames may still be sent. */
    boolean isOpen() {
        return open;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        this.ctx = ctx;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        switch (message) {
            case CloseWebSocketFrame close -> answerClose(ctx, close);
            case PingWebSocketFrame ping
            when open -> {
                ctx.write(new PongWebSocketFrame(ping.content()), ctx.voidPromise());
                unflushed = true;
            }
            case PingWebSocketFrame ping -> ping.release();
            case PongWebSocketFrame pong -> pong.release();
            default -> {
                if (open) {
                    ctx.fireChannelRead(message);
                } else {
                    ReferenceCountUtil.release(message);
                }
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.fireChannelReadComplete();
        if (unflushed) {
            unflushed = false;
            ctx.flush();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        open = false;
        ctx.fireChannelInactive();
    }

    /** Section 5.5.1: the answer typically echoes the status code; section 7.1.1: then the server closes first. */
    private void answerClose(ChannelHandlerContext ctx, CloseWebSocketFrame close) {
        try {
            if (!open) {
                ctx.close();
                return;
            }
            open = false;
            int status = close.statusCode();
            CloseWebSocketFrame answer = status == -1
                    ? new CloseWebSocketFrame(true, 0, Unpooled.EMPTY_BUFFER)
                    : new CloseWebSocketFrame(status, "");
            ctx.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
            // A peer that asks to close and does not read must not keep the connection.
            closeLater(ctx);
        } finally {
            close.release();
        }
    }

    /** Begins the closing handshake; the peer has a while to answer. What was written before is sent before. */
    void close(CloseCode code) {
        ChannelHandlerContext context = ctx;
        if (!open || context == null) {
            return;
        }
        open = false;
        context.writeAndFlush(new CloseWebSocketFrame(code.status(), code.reason()));
        // Reading may be paused; the peer's answer must be read, and closing with unread bytes would reset the
        // connection before the peer has read the close frame.
        context.channel().config().setAutoRead(true);
        closeLater(context);
    }

    /** Section 7.1.7: after a violation nothing the peer sends is read as frames any more. */
    private void fail(ChannelHandlerContext ctx, WebSocketCloseStatus status) {
        if (!open) {
            ctx.close();
            return;
        }
        open = false;
        ctx.writeAndFlush(new CloseWebSocketFrame(status)).addListener(ChannelFutureListener.CLOSE);
        ctx.channel().config().setAutoRead(true);
        closeLater(ctx);
    }

    private void closeLater(ChannelHandlerContext ctx) {
        var timer = ctx.executor().schedule(() -> ctx.channel().close(), closeWithin.toMillis(), TimeUnit.MILLISECONDS);
        ctx.channel().closeFuture().addListener(closed -> timer.cancel(false));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        switch (cause) {
            case CorruptedWebSocketFrameException corrupted -> fail(ctx, corrupted.closeStatus());
            case TooLongFrameException tooLong -> fail(ctx, WebSocketCloseStatus.MESSAGE_TOO_BIG);
            case IOException gone -> {
                log.debug("Connection lost: {}", ctx.channel(), gone);
                ctx.close();
            }
            // The peer went away between two fragments of a message.
            case PrematureChannelClosureException gone -> log.debug("Connection lost: {}", ctx.channel(), gone);
            default -> {
                log.error("Closing {} because of a fault", ctx.channel(), cause);
                fail(ctx, WebSocketCloseStatus.INTERNAL_SERVER_ERROR);
            }
        }
    }
}

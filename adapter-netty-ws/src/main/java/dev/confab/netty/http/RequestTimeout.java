package dev.confab.netty.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Cuts off who is too slow to ask: a head that is not complete in time after its first byte (or after connecting), a
 * body that is not, and a connection that has nothing to ask for too long. Never counts the time that an answer takes.
 *
 * <p>Stands before the codec, where it sees bytes; {@link #milestones()} stands behind it and tells what they became.
 */
public final class RequestTimeout extends ChannelInboundHandlerAdapter {

    private static final long NEVER = Long.MAX_VALUE;

    private final LongSupplier nanoTime;
    private final long headNanos;
    private final long bodyNanos;
    private final long idleNanos;

    private boolean idle;
    private boolean removed;
    private int unanswered;
    private long deadline = NEVER;
    private long timerAt = NEVER;
    private @Nullable Future<?> timer;

    /**
     * @param head for a request line and its headers
     * @param body from the end of the head to the end of the body
     * @param idle from an answer to the first byte of the next request
     * @param nanoTime the clock of the event loop's timers
     */
    public RequestTimeout(Duration head, Duration body, Duration idle, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.headNanos = head.toNanos();
        this.bodyNanos = body.toNanos();
        this.idleNanos = idle.toNanos();
    }

    /** The part that stands behind the codec. */
    public ChannelHandler milestones() {
        return new Milestones();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (ctx.channel().isActive()) {
            expect(ctx, headNanos);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        expect(ctx, headNanos);
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (idle) {
            idle = false;
            expect(ctx, headNanos);
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        removed = true;
        deadline = NEVER;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void expect(ChannelHandlerContext ctx, long nanos) {
        long now = nanoTime.getAsLong();
        deadline = now + nanos;
        // A timer that is already set to an earlier moment looks again then; most requests set none at all.
        if (timer == null || timerAt - deadline > 0) {
            arm(ctx, now);
        }
    }

    private void arm(ChannelHandlerContext ctx, long now) {
        if (timer != null) {
            timer.cancel(false);
        }
        timerAt = deadline;
        timer = ctx.executor().schedule(() -> look(ctx), deadline - now, TimeUnit.NANOSECONDS);
    }

    private void look(ChannelHandlerContext ctx) {
        timer = null;
        if (deadline == NEVER || ctx.isRemoved()) {
            return;
        }
        long now = nanoTime.getAsLong();
        if (now - deadline >= 0) {
            ctx.channel().close();
        } else {
            arm(ctx, now);
        }
    }

    private final class Milestones extends ChannelDuplexHandler {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof HttpRequest) {
                unanswered++;
                expect(ctx, bodyNanos);
            }
            if (message instanceof LastHttpContent) {
                deadline = NEVER;
                restIfNothingToDo(ctx);
            }
            ctx.fireChannelRead(message);
        }

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            ctx.write(message, promise);
            if (message instanceof HttpResponse response
                    && response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
                unanswered--;
                restIfNothingToDo(ctx);
            }
        }

        /** Another protocol took over, which has its own ideas of silence. */
        @Override
        public void handlerRemoved(ChannelHandlerContext ctx) {
            if (!removed) {
                ctx.pipeline().remove(RequestTimeout.this);
            }
        }

        private void restIfNothingToDo(ChannelHandlerContext ctx) {
            // While a body is still coming its own deadline stands.
            if (unanswered <= 0 && deadline == NEVER) {
                idle = true;
                expect(ctx, idleNanos);
            }
        }
    }
}

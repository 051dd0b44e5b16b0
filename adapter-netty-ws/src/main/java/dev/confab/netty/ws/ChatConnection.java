package dev.confab.netty.ws;

import dev.confab.chat.model.Principal;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.LiveChat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One client on the native dialect: takes its frames, has them handled in order, and decides when to read from it and
 * when to close. Everything runs on the connection's event loop.
 */
final class ChatConnection extends SimpleChannelInboundHandler<WebSocketFrame> implements FrameQueue.Handler {

    private static final int MALFORMED_IN_A_ROW = 10;
    /** Sends whose answer is awaited; beyond it, the client is not read from. */
    private static final int MOST_UNANSWERED = 1_000;

    private final Dialect dialect;
    private final Lane lane;
    private final ControlFrames control;
    private final FrameQueue queue;
    private final Authentication authentication;
    private final RefusalCount refusals = new RefusalCount();
    private @Nullable String token;
    private @Nullable Wired wired;
    private boolean begun;
    private int malformed;
    private int unanswered;
    private boolean draining;

    /** What exists once the handler is in its pipeline. */
    private record Wired(Channel channel, Outbound outbound, SlowWatch slowWatch) {}

    /**
     * @param token from the handshake; null when the client is to send {@code authenticate} first
     */
    ChatConnection(Dialect dialect, Lane lane, ControlFrames control, @Nullable String token) {
        this.dialect = dialect;
        this.lane = lane;
        this.control = control;
        this.queue = new FrameQueue(lane, this);
        this.authentication = new Authentication(this, dialect);
        this.token = token;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        Outbound outbound = new Outbound(
                lane,
                ctx.pipeline().context(WebSocketPipeline.ENCODER),
                control,
                dialect.metrics(),
                this::giveUpOnSlow);
        SlowWatch slowWatch =
                new SlowWatch(lane.eventLoop(), dialect.settings().slowAfter(), outbound, this::giveUpOnSlow);
        wired = new Wired(ctx.channel(), outbound, slowWatch);
        if (token != null) {
            queue.add(Authentication.request(token), 0);
            // It is long, and a connection lives long.
            token = null;
        }
    }

    /** The opening handshake is done: what came, or comes, may be answered. */
    void begin() {
        begun = true;
        authentication.awaitFirstFrame();
        queue.resume();
    }

    private Wired wired() {
        return Objects.requireNonNull(wired, "not in a pipeline");
    }

    Lane lane() {
        return lane;
    }

    ByteBufAllocator allocator() {
        return lane.allocator();
    }

    Outbound outbound() {
        return wired().outbound();
    }

    boolean isOpen() {
        return control.isOpen();
    }

    /** Whether the peer is still there, as far as is known. Any thread. */
    boolean isConnected() {
        return wired().channel().isActive();
    }

    UserId userId() {
        return authentication.identity().principal().userId();
    }

    Principal principal() {
        return authentication.identity().principal();
    }

    LiveChat.Session session() {
        return authentication.identity().session();
    }

    // What the client sends.

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        outbound().beginBatch();
        super.channelRead(ctx, message);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
        dialect.metrics().frameReceived();
        if (frame instanceof TextWebSocketFrame text) {
            ByteBuf content = text.content();
            int size = content.readableBytes();
            queue.add(ClientFrameReader.read(content), size);
        } else {
            close(CloseCode.NOT_TEXT);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        outbound().endBatch();
        ctx.fireChannelReadComplete();
    }

    @Override
    public boolean isReady() {
        return begun && control.isOpen() && canAnswer();
    }

    private boolean canAnswer() {
        return outbound().isWritable() && unanswered < MOST_UNANSWERED;
    }

    @Override
    public CompletableFuture<?> handle(ClientFrame frame) {
        return switch (frame) {
            case ClientFrame.Malformed bad -> malformed(bad.ref(), "malformed", bad.message());
            case ClientFrame.Invalid bad -> malformed(bad.ref(), "validation", bad.message());
            case ClientFrame.Request request -> {
                malformed = 0;
                yield handle(request);
            }
        };
    }

    /** Answers a frame whose envelope is not as it should be; a client that sends nothing else is closed. */
    private CompletableFuture<?> malformed(@Nullable Ref ref, String code, String message) {
        write(ServerFrames.error(allocator(), ref, code, message, false));
        malformed++;
        if (malformed == MALFORMED_IN_A_ROW) {
            close(CloseCode.MALFORMED);
        }
        return EventHandler.HANDLED;
    }

    private CompletableFuture<?> handle(ClientFrame.Request request) {
        try {
            if (request.event().equals(Authentication.EVENT)) {
                return authentication.handle(request);
            }
            if (!authentication.isDone()) {
                return authentication.reject(request.ref(), "The first frame must be authenticate.");
            }
            EventHandler handler = dialect.events().get(request.event());
            if (handler == null) {
                write(ServerFrames.error(
                        allocator(), request.ref(), "unknown-event", "There is no event of this name.", false));
                return EventHandler.HANDLED;
            }
            return handler.handle(this, request);
        } catch (RuntimeException e) {
            failed(request.ref(), e);
            return EventHandler.HANDLED;
        }
    }

    @Override
    public void progressed() {
        updateReading();
        closeIfDrained();
        outbound().flushSoon();
    }

    private void updateReading() {
        boolean read = !control.isOpen() || (canAnswer() && !queue.isFull() && !draining);
        if (wired().channel().config().isAutoRead() != read) {
            wired().channel().config().setAutoRead(read);
        }
    }

    // What it is answered.

    void write(ByteBuf frame) {
        outbound().write(frame);
    }

    void refuse(@Nullable Ref ref, Refusal refusal) {
        write(ServerFrames.error(allocator(), ref, refusal));
    }

    /** Something went wrong that is not the client's doing. */
    void failed(@Nullable Ref ref, @Nullable Throwable fault) {
        write(Faults.answer(allocator(), ref, fault));
    }

    /** A request was refused by a rate limit; a client that goes on and on is closed. */
    void rateLimited() {
        if (refusals.add(dialect.ticker().nanoTime())) {
            close(CloseCode.RATE_LIMITED);
        }
    }

    /** A send is under way. */
    void sending() {
        unanswered++;
    }

    /** A send was answered. */
    void answered() {
        unanswered--;
        if (unanswered == MOST_UNANSWERED - 1) {
            queue.resume();
        }
        closeIfDrained();
    }

    /**
     * Goes on, on the event loop, when a stage is done: at once when it is or when it is completed there. Exactly one
     * of value and fault is given.
     *
     * @return completes after that
     */
    <T> CompletableFuture<?> whenDone(CompletionStage<T> stage, BiConsumer<@Nullable T, @Nullable Throwable> action) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        CompletableFuture<Void> done = new CompletableFuture<>();
        future.whenComplete((value, fault) -> lane.run(() -> {
            try {
                if (control.isOpen()) {
                    action.accept(value, fault);
                    outbound().flushSoon();
                }
            } catch (RuntimeException e) {
                failed(null, e);
            } finally {
                done.complete(null);
            }
        }));
        return done;
    }

    /** Calls what blocks, elsewhere, and goes on as {@link #whenDone} does. */
    <T> CompletableFuture<?> offload(Supplier<T> blockingCall, BiConsumer<@Nullable T, @Nullable Throwable> action) {
        CompletableFuture<T> result;
        try {
            result = CompletableFuture.supplyAsync(blockingCall, dialect.blocking());
        } catch (RejectedExecutionException full) {
            result = CompletableFuture.failedFuture(full);
        }
        return whenDone(result, action);
    }

    // How it ends.

    /** Tells why, then closes. */
    void close(@Nullable Ref ref, Refusal refusal, CloseCode code) {
        refuse(ref, refusal);
        close(code);
    }

    void close(CloseCode code) {
        control.close(code);
        ended();
    }

    private void ended() {
        queue.clear();
        authentication.close();
        wired().slowWatch().stop();
        outbound().closed();
    }

    /** Too many come at the same time: says when to come back, then closes. */
    void turnAway() {
        Duration spread = dialect.settings().reconnectSpread();
        long millis = spread.toMillis() / 2 + ThreadLocalRandom.current().nextLong(2 * spread.toMillis() + 1);
        write(ServerFrames.goAway(allocator(), "overloaded", Duration.ofMillis(millis)));
        close(CloseCode.TRY_AGAIN_LATER);
    }

    private void giveUpOnSlow() {
        dialect.metrics().gaveUpOnSlow();
        close(CloseCode.SLOW);
    }

    /** The server stops: what was read is handled and answered, then the connection is closed. */
    void drain(Duration reconnectAfter) {
        if (!draining && control.isOpen()) {
            draining = true;
            write(ServerFrames.goAway(allocator(), "draining", reconnectAfter));
            outbound().flush();
            updateReading();
            closeIfDrained();
        }
    }

    private void closeIfDrained() {
        if (draining && queue.isIdle() && unanswered == 0) {
            close(CloseCode.GOING_AWAY);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        outbound().writabilityChanged();
        wired().slowWatch().writabilityChanged();
        queue.resume();
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ended();
        ctx.fireChannelInactive();
    }
}

package dev.confab.netty.ws;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The one outbound queue of a connection, which is the channel's own, bounded by its write buffer water marks (G13).
 * While it is full, passing events are left out, and of a room's timeline only the head is remembered; when it has
 * drained, {@code roomHead} is told before any later event of that room. Answers, replayed events and what happened to
 * rooms are never left out: nothing more is read from a client whose queue is full, replays wait, and should that not help, the client is
 * given up on.
 *
 * <p>Runs on the connection's event loop. Nothing is written once the closing handshake has begun.
 */
final class Outbound {

    /** Far above what a piece of a replay and all answers under way come to: the end of what is never left out. */
    private static final long MOST_WAITING = 8 * 1024 * 1024;

    private final Lane lane;
    private final Channel channel;
    /** The frame encoder's, so that ready-made frames pass below it. */
    private final ChannelHandlerContext belowEncoder;

    private final ControlFrames control;
    private final WebSocketMetrics metrics;
    private final Runnable overflow;
    /** Of rooms whose events were left out, the head. Most connections never have any. */
    private Map<RoomId, Sequence> missed = Map.of();

    private List<CompletableFuture<Void>> waiting = List.of();
    private boolean unflushed;
    private boolean batch;

    /**
     * @param overflow gives up on the client; called when more waits for it than can be explained
     */
    Outbound(
            Lane lane,
            ChannelHandlerContext belowEncoder,
            ControlFrames control,
            WebSocketMetrics metrics,
            Runnable overflow) {
        this.lane = lane;
        this.channel = belowEncoder.channel();
        this.belowEncoder = belowEncoder;
        this.control = control;
        this.metrics = metrics;
        this.overflow = overflow;
    }

    boolean isWritable() {
        return channel.isWritable();
    }

    /** Writes a frame that must not be left out. Takes the frame over. */
    void write(ByteBuf frame) {
        if (!control.isOpen()) {
            frame.release();
            return;
        }
        lane.frameSent();
        belowEncoder.write(frame, channel.voidPromise());
        if (channel.bytesBeforeWritable() > MOST_WAITING) {
            overflow.run();
        }
        if (!unflushed) {
            unflushed = true;
            if (lane.isRunning()) {
                lane.touch(this);
            }
        }
    }

    /** Writes an event as it happens, unless the client is too slow for it. */
    void push(ChatEvent event) {
        if (!control.isOpen()) {
            return;
        }
        if (channel.isWritable() && missed.isEmpty()) {
            write(lane.frame(event).retainedDuplicate());
            return;
        }
        tellMissed();
        switch (event) {
            case ChatEvent.CommandRejected rejected -> replay(rejected);
            // Nothing tells a client later that it missed one of these.
            case ChatEvent.RoomChanged changed -> replay(changed);
            case ChatEvent.RoomShown shown -> replay(shown);
            case ChatEvent.Timeline timeline when !channel.isWritable() -> miss(timeline);
            default -> {
                if (channel.isWritable()) {
                    replay(event);
                } else {
                    metrics.eventLeftOut();
                }
            }
        }
    }

    /** Writes an event in any case. */
    void replay(ChatEvent event) {
        write(lane.frame(event).retainedDuplicate());
    }

    private void miss(ChatEvent.Timeline event) {
        if (missed.isEmpty()) {
            missed = new LinkedHashMap<>();
        }
        missed.merge(event.roomId(), event.seq(), (before, now) -> now.isAfter(before) ? now : before);
        metrics.eventLeftOut();
    }

    /** The client knows that place or is not interested: nothing up to there need be told as missed. */
    void forget(RoomId roomId, Sequence upTo) {
        if (!missed.isEmpty()) {
            missed.computeIfPresent(roomId, (room, seq) -> seq.isAfter(upTo) ? seq : null);
        }
    }

    /** The client left the room. */
    void forget(RoomId roomId) {
        if (!missed.isEmpty()) {
            missed.remove(roomId);
        }
    }

    /** To be called whenever the channel became writable or stopped being so. */
    void writabilityChanged() {
        tellMissed();
        flush();
        if (channel.isWritable()) {
            List<CompletableFuture<Void>> ready = waiting;
            waiting = List.of();
            ready.forEach(stage -> stage.complete(null));
        }
    }

    private void tellMissed() {
        Iterator<Map.Entry<RoomId, Sequence>> rooms = missed.entrySet().iterator();
        while (rooms.hasNext() && channel.isWritable()) {
            Map.Entry<RoomId, Sequence> room = rooms.next();
            rooms.remove();
            write(ServerFrames.roomHead(lane.allocator(), room.getKey(), room.getValue()));
        }
    }

    /** Completes once the queue is not full; whoever waits has written, so that is flushed. */
    CompletionStage<Void> whenWritable() {
        if (!channel.isWritable()) {
            flush();
        }
        if (channel.isWritable() || !channel.isActive()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> stage = new CompletableFuture<>();
        if (waiting.isEmpty()) {
            waiting = new ArrayList<>(1);
        }
        waiting.add(stage);
        return stage;
    }

    /** Whether somebody waits to go on with a replay. */
    boolean isReplaying() {
        return !waiting.isEmpty();
    }

    /** Bytes that must leave before the queue counts as free. */
    long bytesBeforeWritable() {
        return channel.bytesBeforeWritable();
    }

    /** Between these, many frames of the client are read, and their answers are flushed together at the end. */
    void beginBatch() {
        batch = true;
    }

    void endBatch() {
        batch = false;
        flush();
    }

    /** Flushes, unless what runs now ends with a flush anyway. */
    void flushSoon() {
        if (!batch && !lane.isRunning()) {
            flush();
        }
    }

    void flush() {
        if (unflushed) {
            unflushed = false;
            belowEncoder.flush();
        }
    }

    /** The connection is gone. */
    void closed() {
        missed = Map.of();
        List<CompletableFuture<Void>> ready = waiting;
        waiting = List.of();
        ready.forEach(stage -> stage.complete(null));
    }
}

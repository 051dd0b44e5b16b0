package dev.confab.netty.ws;

import dev.confab.chat.model.ChatEvent;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the connections of one event loop share. Answers from other threads come over in batches: one task for many of
 * them, and one flush for each connection they concern. And an event is encoded once for all connections: the frames of
 * the latest ones are kept.
 *
 * <p>{@link #post} and {@link #run} are safe on any thread; everything else runs on the event loop.
 */
final class Lane {

    /** So that a flood of answers lets the event loop read and write now and then. */
    private static final int MOST_AT_ONCE = 1_000;

    private final EventLoop eventLoop;
    private final ByteBufAllocator allocator;
    private final AtomicLong framesSent;
    private final Queue<Runnable> posted = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final List<Outbound> touched = new ArrayList<>();
    private boolean running;
    private int connections;
    private final LatestFrames latest = new LatestFrames();

    /**
     * @param framesSent is written to here only
     */
    Lane(EventLoop eventLoop, ByteBufAllocator allocator, AtomicLong framesSent) {
        this.eventLoop = eventLoop;
        this.allocator = allocator;
        this.framesSent = framesSent;
    }

    /** Counts a frame. */
    void frameSent() {
        framesSent.lazySet(framesSent.getPlain() + 1);
    }

    EventLoop eventLoop() {
        return eventLoop;
    }

    ByteBufAllocator allocator() {
        return allocator;
    }

    /** Runs a task on the event loop, after everything posted before it. */
    void post(Runnable task) {
        posted.add(task);
        schedule();
    }

    /** Runs a task now when on the event loop, else as {@link #post}. */
    void run(Runnable task) {
        if (eventLoop.inEventLoop()) {
            task.run();
        } else {
            post(task);
        }
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            try {
                eventLoop.execute(this::runPosted);
            } catch (RejectedExecutionException e) {
                // The event loop was shut down and has closed its connections: nobody is left to be answered.
                posted.clear();
                scheduled.set(false);
            }
        }
    }

    private void runPosted() {
        running = true;
        try {
            for (int i = 0; i < MOST_AT_ONCE; i++) {
                Runnable task = posted.poll();
                if (task == null) {
                    break;
                }
                task.run();
            }
        } finally {
            running = false;
            for (Outbound outbound : touched) {
                outbound.flush();
            }
            touched.clear();
            scheduled.set(false);
            if (!posted.isEmpty()) {
                schedule();
            }
        }
    }

    /** Whether a batch is running, at whose end all that was {@linkplain #touch touched} is flushed. */
    boolean isRunning() {
        return running;
    }

    /** Notes that something waits to be flushed at the end of the running batch. */
    void touch(Outbound outbound) {
        touched.add(outbound);
    }

    /** The frame of an event, which the lane owns. One of the latest again costs nothing. */
    ByteBuf frame(ChatEvent event) {
        ByteBuf kept = latest.get(event);
        if (kept != null) {
            return kept;
        }
        ByteBuf frame = ServerFrames.event(allocator, event);
        latest.add(event, frame);
        return frame;
    }

    void arrived() {
        connections++;
    }

    void departed() {
        connections--;
        if (connections == 0) {
            latest.clear();
        }
    }
}

package dev.confab.netty.ws;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * What one connection sends is handled in order: a frame is begun when the one before it is handled. Runs on the
 * connection's event loop.
 */
final class FrameQueue {

    /** More frames or bytes than this, and the connection is not read from until there are fewer. */
    private static final int MANY_FRAMES = 64;

    private static final int MANY_BYTES = 128 * 1024;

    /** Handles frames. */
    interface Handler {

        /** Whether the next frame may be begun now; {@link #resume} is called when that may have changed. */
        boolean isReady();

        /** Begins to handle a frame; the future completes, on any thread, when the next one may be begun. */
        CompletableFuture<?> handle(ClientFrame frame);

        /** Frames were taken out, or one was handled. */
        void progressed();
    }

    private record Waiting(ClientFrame frame, int bytes) {}

    private final Lane lane;
    private final Handler handler;
    private final Queue<Waiting> waiting = new ArrayDeque<>(4);
    private int bytes;
    private boolean busy;
    private boolean pumping;

    FrameQueue(Lane lane, Handler handler) {
        this.lane = lane;
        this.handler = handler;
    }

    /** Handles a frame after those before it. */
    void add(ClientFrame frame, int size) {
        waiting.add(new Waiting(frame, size));
        bytes += size;
        resume();
    }

    /** Goes on if nothing is in the way. */
    void resume() {
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            while (!busy && handler.isReady()) {
                Waiting next = waiting.poll();
                if (next == null) {
                    break;
                }
                bytes -= next.bytes();
                CompletableFuture<?> handled = handler.handle(next.frame());
                if (!handled.isDone()) {
                    busy = true;
                    handled.whenComplete((value, fault) -> lane.run(this::handled));
                }
            }
        } finally {
            pumping = false;
        }
        handler.progressed();
    }

    private void handled() {
        busy = false;
        resume();
    }

    boolean isFull() {
        return waiting.size() > MANY_FRAMES || bytes > MANY_BYTES;
    }

    /** Whether every frame that came was handled. */
    boolean isIdle() {
        return !busy && waiting.isEmpty();
    }

    /** Forgets the frames that wait. */
    void clear() {
        waiting.clear();
        bytes = 0;
    }
}

package dev.confab.netty.ws;

import dev.confab.chat.model.ChatEvent;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The frames of the latest events, so that each is encoded once however many are told. Room for twice as many as a session
 * is told in one go; where the next one is expected is looked first. Runs on one event loop; owns the frames.
 */
final class LatestFrames {

    private static final int KEPT = 32;

    private final @Nullable ChatEvent[] events = new ChatEvent[KEPT];
    private final @Nullable ByteBuf[] frames = new ByteBuf[KEPT];
    private int expected;
    private int oldest;

    /** The frame of an event; null when it has to be encoded. */
    @SuppressWarnings("ReferenceEquality") // one instance reaches all sessions; comparing values would cost more
    @Nullable
    ByteBuf get(ChatEvent event) {
        for (int i = 0; i < KEPT; i++) {
            int at = (expected + i) % KEPT;
            if (events[at] == event) {
                expected = (at + 1) % KEPT;
                return frames[at];
            }
        }
        return null;
    }

    /** Keeps a frame in place of the oldest one. */
    void add(ChatEvent event, ByteBuf frame) {
        release(oldest);
        events[oldest] = event;
        frames[oldest] = frame;
        oldest = (oldest + 1) % KEPT;
        expected = oldest;
    }

    void clear() {
        for (int i = 0; i < KEPT; i++) {
            release(i);
        }
    }

    private void release(int at) {
        ByteBuf frame = frames[at];
        if (frame != null) {
            frame.release();
        }
        events[at] = null;
        frames[at] = null;
    }
}

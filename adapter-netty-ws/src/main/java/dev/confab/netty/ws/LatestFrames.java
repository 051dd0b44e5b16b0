package dev.confab.netty.ws;

import dev.confab.chat.model.ChatEvent;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The frames of the latest events, so that each is encoded once however many are told. Room for twice as many as a session
 * is told in one go; where the last one was found is looked first, and then behind it. Runs on one event loop; owns the frames.
 */
final class LatestFrames {

    private static final int KEPT = 32;

    private final @Nullable ChatEvent[] events = new ChatEvent[KEPT];
    private final @Nullable ByteBuf[] frames = new ByteBuf[KEPT];
    private int lastFound;
    private int oldest;

    /** The frame of an event; null when it has to be encoded. */
    @SuppressWarnings("ReferenceEquality") // one instance reaches all sessions; comparing values would cost more
    @Nullable
    ByteBuf get(ChatEvent event) {
        for (int i = 0; i < KEPT; i++) {
            int at = (lastFound + i) % KEPT;
            if (events[at] == event) {
                lastFound = at;
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
        lastFound = oldest;
        oldest = (oldest + 1) % KEPT;
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

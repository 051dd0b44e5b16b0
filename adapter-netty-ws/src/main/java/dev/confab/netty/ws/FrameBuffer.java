package dev.confab.netty.ws;

import dev.confab.netty.wire.Json;
import dev.confab.netty.wire.JsonBody;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Builds whole frames, header and payload in one buffer, so that a frame is made once and written to any number of
 * connections below the frame encoder. A server's frames are not masked, RFC 6455 section 5.1.
 */
final class FrameBuffer {

    private static final int FINAL_TEXT = 0x81;
    private static final int LONGEST_HEADER = 10;
    private static final int SHORT = 125;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;
    private static final int MOST_IN_TWO_BYTES = 0xFFFF;
    private static final int INITIAL_CAPACITY = 512;

    private FrameBuffer() {}

    /** A text frame that holds the JSON value. The caller owns it. */
    static ByteBuf text(ByteBufAllocator allocator, JsonBody body) {
        ByteBuf frame = allocator.directBuffer(INITIAL_CAPACITY);
        boolean built = false;
        try {
            frame.setIndex(LONGEST_HEADER, LONGEST_HEADER);
            Json.append(frame, body);
            writeHeader(frame);
            built = true;
            return frame;
        } finally {
            if (!built) {
                frame.release();
            }
        }
    }

    /** Puts the header right before the payload, section 5.2. */
    private static void writeHeader(ByteBuf frame) {
        int length = frame.readableBytes();
        int start = frame.readerIndex();
        if (length <= SHORT) {
            start -= 2;
            frame.setByte(start + 1, length);
        } else if (length <= MOST_IN_TWO_BYTES) {
            start -= 4;
            frame.setByte(start + 1, TWO_BYTES);
            frame.setShort(start + 2, length);
        } else {
            start -= LONGEST_HEADER;
            frame.setByte(start + 1, EIGHT_BYTES);
            frame.setLong(start + 2, length);
        }
        frame.setByte(start, FINAL_TEXT);
        frame.readerIndex(start);
    }
}

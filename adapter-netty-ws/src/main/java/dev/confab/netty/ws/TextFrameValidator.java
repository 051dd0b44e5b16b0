package dev.confab.netty.ws;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;

/**
 * Lets no text pass that is not UTF-8, RFC 6455 section 8.1. A message in one frame that is ASCII alone, as most are, is
 * looked at eight bytes at a time.
 */
final class TextFrameValidator extends Utf8FrameValidator {

    private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

    TextFrameValidator() {
        super(false);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        if (message instanceof TextWebSocketFrame text && text.isFinalFragment() && isAscii(text.content())) {
            ctx.fireChannelRead(message);
        } else {
            super.channelRead(ctx, message);
        }
    }

    static boolean isAscii(ByteBuf bytes) {
        int at = bytes.readerIndex();
        int end = bytes.writerIndex();
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            if ((bytes.getLong(at) & NOT_ASCII) != 0) {
                return false;
            }
        }
        for (; at < end; at++) {
            if (bytes.getByte(at) < 0) {
                return false;
            }
        }
        return true;
    }
}

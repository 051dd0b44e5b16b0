package dev.confab.netty.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextFrameValidatorTest {

    @Test
    void everyByteIsLookedAtHoweverLongTheTextIs() {
        for (int length = 0; length <= 40; length++) {
            byte[] text = "a".repeat(length).getBytes(StandardCharsets.US_ASCII);
            assertThat(TextFrameValidator.isAscii(Unpooled.wrappedBuffer(text))).isTrue();
            for (int at = 0; at < length; at++) {
                byte[] other = text.clone();
                other[at] = (byte) 0x80;
                assertThat(TextFrameValidator.isAscii(Unpooled.wrappedBuffer(other)))
                        .as("byte %d of %d", at, length)
                        .isFalse();
            }
        }
    }

    @Test
    void whatLiesAroundTheTextIsNotLookedAt() {
        ByteBuf around = Unpooled.wrappedBuffer(new byte[] {(byte) 0xFF, 'a', 'b', (byte) 0xFF});

        assertThat(TextFrameValidator.isAscii(around.slice(1, 2))).isTrue();
        assertThat(TextFrameValidator.isAscii(around.readerIndex(1).writerIndex(3)))
                .isTrue();
    }
}

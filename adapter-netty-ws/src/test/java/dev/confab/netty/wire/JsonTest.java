package dev.confab.netty.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JsonTest {

    private static ObjectNode read(String text) throws MalformedJsonException {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode read(byte[] bytes) throws MalformedJsonException {
        ByteBuf heap = Unpooled.wrappedBuffer(bytes);
        ByteBuf direct =
                Unpooled.directBuffer().writeByte('x').writeBytes(bytes).skipBytes(1);
        try {
            ObjectNode fromHeap = Json.readObject(heap);
            assertThat(Json.readObject(direct)).isEqualTo(fromHeap);
            assertThat(direct.readableBytes()).isEqualTo(bytes.length);
            return fromHeap;
        } finally {
            heap.release();
            direct.release();
        }
    }

    @Test
    void anObjectIsRead() throws MalformedJsonException {
        assertThat(read(" {\"a\": {\"b\": [1, \"한🙂\"]}} ").at("/a/b/1").asText())
                .isEqualTo("한🙂");
    }

    @Test
    void everythingElseIsMalformed() {
        for (String text : List.of(
                "",
                " ",
                "[]",
                "1",
                "\"a\"",
                "null",
                "{",
                "{\"a\"}",
                "{\"a\":1,}",
                "{} {}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":{\"b\":1,\"b\":1}}",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{a:1}",
                "{\"a\":\"\t\"}",
                "// x\n{}",
                "{\"a\":\"\\x\"}",
                "{\"a\":" + "[".repeat(200) + "]".repeat(200) + "}",
                "\ufeff{}")) {
            assertThatThrownBy(() -> read(text))
                    .as(text)
                    .isInstanceOf(MalformedJsonException.class)
                    .message()
                    .doesNotContain("com.fasterxml", "Source", "Exception");
        }
    }

    @Test
    void onlyUtf8IsRead() {
        for (byte[] bytes : List.of(
                "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE),
                "{\"a\":1}".getBytes(StandardCharsets.UTF_16),
                "{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1),
                bytes('{', '"', 0xc0, 0xaf, '"', ':', '1', '}'),
                bytes('{', '"', 0xed, 0xa0, 0x80, '"', ':', '1', '}'),
                bytes('{', '"', 0xf4, 0x90, 0x80, 0x80, '"', ':', '1', '}'),
                bytes('{', '"', 0xe2, 0x82))) {
            assertThatThrownBy(() -> read(bytes)).isInstanceOf(MalformedJsonException.class);
        }
    }

    @Test
    void whatIsWrittenIsUtf8() {
        ByteBuf written = Json.encode(ByteBufAllocator.DEFAULT, json -> json.writeString("한🙂é\u0001"));
        try {
            assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("\"한🙂é\\u0001\"");
            assertThat(ByteBufUtil.isText(written, StandardCharsets.UTF_8)).isTrue();
        } finally {
            written.release();
        }
    }

    @Test
    void aFailedWriteLeavesNoBufferBehind() {
        PooledByteBufAllocator allocator = new PooledByteBufAllocator(false, 1, 0, 8_192, 0, 0, 0, false);

        assertThatThrownBy(() -> Json.encode(allocator, json -> {
                    throw new IOException("broken");
                }))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(allocator.metric().heapArenas().getFirst().numActiveAllocations())
                .isZero();
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}

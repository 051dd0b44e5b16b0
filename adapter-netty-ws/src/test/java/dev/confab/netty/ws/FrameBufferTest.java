package dev.confab.netty.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameBufferTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 123, 124, 125, 126, 65_533, 65_534, 200_000})
    void headerFitsThePayload(int length) {
        String text = "x".repeat(length);

        ByteBuf frame = FrameBuffer.text(UnpooledByteBufAllocator.DEFAULT, json -> json.writeString(text));

        EmbeddedChannel client = new EmbeddedChannel(new WebSocket13FrameDecoder(false, false, 1 << 20));
        client.writeInbound(frame);
        TextWebSocketFrame read = client.readInbound();
        assertThat(read.isFinalFragment()).isTrue();
        assertThat(read.text()).isEqualTo('"' + text + '"');
        read.release();
        assertThat(client.<Object>readInbound()).isNull();
        client.finishAndReleaseAll();
    }
}

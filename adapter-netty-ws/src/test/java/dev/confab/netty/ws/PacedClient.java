package dev.confab.netty.ws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A client that takes as many bytes off its socket as it is told to and no more, with little room for what it did not
 * take. Used by one thread at a time; reads give up after 20 s.
 */
final class PacedClient implements Closeable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int RECEIVE_BUFFER = 32 * 1024;

    private final Socket socket = new Socket();
    private final InputStream in;
    private final EmbeddedChannel encoder = new EmbeddedChannel(new WebSocket13FrameEncoder(true));
    private final EmbeddedChannel decoder = new EmbeddedChannel(new WebSocket13FrameDecoder(false, false, 1 << 20));
    private final List<JsonNode> frames = new ArrayList<>();
    private long bytes;
    private int closeStatus;

    private PacedClient(int port) throws IOException {
        socket.setReceiveBufferSize(RECEIVE_BUFFER);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        in = socket.getInputStream();
    }

    /** Shakes hands and reads {@code connected}. */
    static PacedClient connect(int port, String token) throws IOException {
        PacedClient client = new PacedClient(port);
        client.write(("GET /ws?token=" + token + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                        + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) client.in.read());
        }
        if (!head.toString().startsWith("HTTP/1.1 101 ")) {
            throw new IOException("no WebSocket: " + head);
        }
        client.readUntil("connected");
        return client;
    }

    void send(String event, String data) throws IOException {
        encoder.writeOutbound(new TextWebSocketFrame("{\"event\":\"" + event + "\",\"ref\":1,\"data\":" + data + "}"));
        for (ByteBuf part = encoder.readOutbound(); part != null; part = encoder.readOutbound()) {
            byte[] written = new byte[part.readableBytes()];
            part.readBytes(written).release();
            write(written);
        }
    }

    private void write(byte[] written) throws IOException {
        socket.getOutputStream().write(written);
        socket.getOutputStream().flush();
    }

    /** Takes what is there, at most so much, and waits for the first byte of it. Returns false at the end. */
    boolean read(int most) throws IOException {
        byte[] read = new byte[most];
        int count = in.read(read);
        if (count < 0) {
            return false;
        }
        bytes += count;
        decoder.writeInbound(Unpooled.wrappedBuffer(read, 0, count));
        for (WebSocketFrame frame = decoder.readInbound(); frame != null; frame = decoder.readInbound()) {
            if (frame instanceof TextWebSocketFrame text) {
                frames.add(JSON.readTree(text.text()));
            } else if (frame instanceof CloseWebSocketFrame close) {
                closeStatus = close.statusCode();
            }
            frame.release();
        }
        return true;
    }

    /** Reads until a frame of that event came; fails when the connection ends before. Returns it. */
    JsonNode readUntil(String event) throws IOException {
        int looked = 0;
        while (true) {
            for (; looked < frames.size(); looked++) {
                if (frames.get(looked).path("event").asText().equals(event)) {
                    return frames.get(looked);
                }
            }
            if (!read(RECEIVE_BUFFER)) {
                throw new AssertionError("closed with " + closeStatus + " before " + event + " came");
            }
        }
    }

    /** Every text frame so far. */
    List<JsonNode> frames() {
        return frames;
    }

    /** The places of the new messages of a room so far. */
    List<Long> places(String room) {
        return frames.stream()
                .filter(frame -> frame.path("event").asText().equals("newMessage"))
                .map(frame -> frame.path("data"))
                .filter(message -> message.path("roomId").asText().equals(room))
                .map(message -> message.path("seq").asLong())
                .toList();
    }

    /** How many frames of that event came so far. */
    long count(String event) {
        return frames.stream()
                .filter(frame -> frame.path("event").asText().equals(event))
                .count();
    }

    /** All bytes of frames that were taken so far. */
    long bytes() {
        return bytes;
    }

    /** The status of the close frame; 0 when none came. */
    int closeStatus() {
        return closeStatus;
    }

    @Override
    public void close() throws IOException {
        socket.close();
        encoder.finishAndReleaseAll();
        decoder.finishAndReleaseAll();
    }
}

package dev.confab.netty.ws;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server's half of the opening handshake, RFC 6455 section 4.2.
 *
 * @param key the client's {@code Sec-WebSocket-Key}
 * @param subprotocol the one agreed on; null for none
 * @param token the access token that came along; null for none
 */
record Handshake(
        String key, @Nullable String subprotocol, @Nullable String token) {

    static final String NATIVE = "confab.v1";

    static final String VERSION = "13";

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final String BEARER = "Bearer ";
    private static final int KEY_BYTES = 16;

    /** What came of reading a request. */
    sealed interface Reading permits Agreed, Refused {}

    /** A handshake that can be answered. */
    record Agreed(Handshake handshake) implements Reading {}

    /**
     * A request that is no good handshake.
     *
     * @param status the HTTP status to answer
     */
    record Refused(int status, String code, String detail) implements Reading {}

    /** Reads the client's half, section 4.2.1. */
    static Reading read(HttpRequest request) {
        HttpHeaders headers = request.headers();
        if (!request.method().equals(HttpMethod.GET)) {
            return new Refused(405, "method-not-allowed", "A WebSocket begins with GET.");
        }
        if (!headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                || !headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                || request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0) {
            return new Refused(426, "upgrade-required", "This address speaks WebSocket.");
        }
        if (!VERSION.equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
            return new Refused(426, "upgrade-required", "Only version 13 of WebSocket is spoken here.");
        }
        String key = headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY);
        if (key == null || !isKey(key.trim())) {
            return new Refused(400, "malformed", "Sec-WebSocket-Key is not the base64 form of 16 bytes.");
        }
        List<String> offered = headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL).stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(String::trim)
                .toList();
        if (offered.contains(NATIVE)) {
            return agreed(request, key.trim(), NATIVE);
        }
        if (offered.stream().anyMatch(protocol -> protocol.endsWith(".stomp"))) {
            // Who speaks STOMP would wait for ever for a CONNECTED frame on a connection without it.
            return new Refused(400, "validation", "STOMP is not spoken here; offer " + NATIVE + ", or nothing.");
        }
        return agreed(request, key.trim(), null);
    }

    private static Reading agreed(HttpRequest request, String key, @Nullable String subprotocol) {
        try {
            return new Agreed(new Handshake(key, subprotocol, token(request)));
        } catch (IllegalArgumentException e) {
            return new Refused(400, "malformed", "The query is not percent-encoded as it should be.");
        }
    }

    /** The bearer token of the request: from {@code Authorization}, else from the query, as browsers must. */
    private static @Nullable String token(HttpRequest request) {
        String authorization = request.headers().get(HttpHeaderNames.AUTHORIZATION);
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return authorization.substring(BEARER.length()).trim();
        }
        List<String> tokens = new QueryStringDecoder(request.uri()).parameters().get("token");
        return tokens == null ? null : tokens.getFirst();
    }

    /** The server's half, section 4.2.2, as bytes. */
    ByteBuf response(ByteBufAllocator allocator) {
        StringBuilder response = new StringBuilder(192)
                .append("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n")
                .append("Sec-WebSocket-Accept: ")
                .append(accept(key))
                .append("\r\n");
        if (subprotocol != null) {
            response.append("Sec-WebSocket-Protocol: ").append(subprotocol).append("\r\n");
        }
        return ByteBufUtil.writeAscii(allocator, response.append("\r\n"));
    }

    /** Section 4.2.2, item 5.4. */
    static String accept(String key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder().encodeToString(sha1.digest((key + GUID).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}

package dev.confab.netty.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.RoomId;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.CharsetUtil;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientFramesTest {

    private static final String ROOM = RoomId.random().toString();

    private final EmbeddedClient client = EmbeddedClient.connected();

    @AfterEach
    void close() {
        client.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "0",
                "-0",
                "1.0",
                "1.10",
                "-1.5e+3",
                "1E400",
                "12345678901234567890123456789",
                "\"\"",
                "\"a \\\" b\"",
                "\"한글 😀\""
            })
    void refIsRepeatedAsItCame(String ref) {
        client.send("{\"event\":\"heartbeat\",\"data\":{},\"ref\":" + ref + "}");

        assertThat(client.receiveText())
                .isEqualTo("{\"event\":\"reply\",\"ref\":" + ref + ",\"data\":{\"success\":true}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"event\":\"heartbeat\"}", "{\"event\":\"heartbeat\",\"ref\":null,\"data\":null}"})
    void frameWithoutRefIsAnsweredWithoutOne(String frame) {
        client.send(frame);

        assertThat(client.receiveText()).isEqualTo("{\"event\":\"reply\",\"data\":{\"success\":true}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "true", "[1]", "{\"event\":\"\\ud800\",\"ref\":\"\\ud800\"}"})
    void refOfAnotherKindIsAValidationError(String ref) {
        String frame = ref.startsWith("{\"event") ? ref : "{\"event\":\"heartbeat\",\"ref\":" + ref + "}";

        client.send(frame);

        assertError(client.receive(), "validation");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "1",
                "{\"event\":1}",
                "{\"ref\":1}",
                "{\"event\":\"heartbeat\"} {}",
                "{\"event\":\"a\",\"event\":\"b\"}"
            })
    void frameThatIsNoEventIsMalformed(String frame) {
        client.send(frame);

        assertError(client.receive(), "malformed");
        client.send("{\"event\":\"heartbeat\"}");
        assertThat(client.receive().path("event").asText()).isEqualTo("reply");
    }

    @Test
    void refOfAMalformedFrameIsRepeated() {
        client.send("{\"ref\":\"r1\",\"data\":{}}");

        JsonNode error = client.receive();
        assertError(error, "malformed");
        assertThat(error.path("ref").asText()).isEqualTo("r1");
    }

    @Test
    void tenMalformedFramesInARowClose() {
        for (int i = 0; i < 10; i++) {
            client.send("{");
            assertError(client.receive(), "malformed");
        }

        assertThat(client.receiveClose()).isEqualTo(4400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"event\":\"heartbeat\",\"data\":[]}", "{\"event\":\"heartbeat\",\"ref\":{}}"})
    void framesWithDataOrRefOfTheWrongKindCountAsMalformedOnes(String frame) {
        for (int i = 0; i < 10; i++) {
            client.send(i % 2 == 0 ? frame : "{");
            client.receive();
        }

        assertThat(client.receiveClose()).isEqualTo(4400);
    }

    @Test
    void oneGoodFrameForgivesTheMalformedOnesBefore() {
        for (int i = 0; i < 30; i++) {
            client.send(i % 10 == 9 ? "{\"event\":\"nonsense\"}" : "{");
            client.receive();
        }

        assertThat(client.next()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "editmessage", "messageDeleted", "connected", "newMessage"})
    void unknownEventIsAnErrorAndNotMalformed(String event) {
        for (int i = 0; i < 11; i++) {
            client.send("{\"event\":\"" + event + "\",\"ref\":1,\"data\":{}}");
            assertError(client.receive(), "unknown-event");
        }

        assertThat(client.next()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "joinRoom|{}|roomId",
                "joinRoom|{\"roomId\":\"x\"}|roomId",
                "joinRoom|{\"roomId\":5}|roomId",
                "joinRoom|{\"roomId\":\"ROOM\",\"lastSeq\":-1}|lastSeq",
                "joinRoom|{\"roomId\":\"ROOM\",\"lastSeq\":1.5}|lastSeq",
                "joinRoom|{\"roomId\":\"ROOM\",\"lastSeq\":\"1\"}|lastSeq",
                "joinRoom|{\"roomId\":\"ROOM\",\"lastSeq\":1e400}|lastSeq",
                "joinRoom|{\"roomId\":\"ROOM\",\"epoch\":5}|epoch",
                "joinRooms|{}|rooms",
                "joinRooms|{\"rooms\":{}}|rooms",
                "joinRooms|{\"rooms\":[1]}|rooms[0]",
                "joinRooms|{\"rooms\":[{\"roomId\":\"ROOM\"},{\"roomId\":\"x\"}]}|roomId",
                "leaveRoom|{}|roomId",
                "typing|{\"roomId\":\"ROOM\"}|isTyping",
                "typing|{\"roomId\":\"ROOM\",\"isTyping\":\"yes\"}|isTyping",
                "markRead|{\"roomId\":\"ROOM\"}|lastReadMessageId",
                "markRead|{\"roomId\":\"ROOM\",\"lastReadMessageId\":\"nope\"}|lastReadMessageId"
            })
    void wrongFieldIsNamed(String event, String data, String field) {
        client.send("{\"event\":\"" + event + "\",\"ref\":\"r\",\"data\":" + data.replace("ROOM", ROOM) + "}");

        JsonNode error = client.receive();
        assertError(error, "validation");
        assertThat(error.path("ref").asText()).isEqualTo("r");
        assertThat(error.path("data").path("message").asText()).contains(field);
    }

    @Test
    void dataOfAnotherKindIsAValidationError() {
        client.send("{\"event\":\"joinRoom\",\"ref\":1,\"data\":[]}");

        assertError(client.receive(), "validation");
    }

    @Test
    void moreRoomsThanAllowedAreRefused() {
        String room = "{\"roomId\":\"" + ROOM + "\"}";

        client.send("{\"event\":\"joinRooms\",\"data\":{\"rooms\":["
                + String.join(",", java.util.Collections.nCopies(501, room)) + "]}}");
        assertError(client.receive(), "validation");

        client.send("{\"event\":\"joinRooms\",\"data\":{\"rooms\":["
                + String.join(",", java.util.Collections.nCopies(500, room)) + "]}}");
        assertThat(client.receive().path("data").path("rooms")).hasSize(500);
    }

    @Test
    void refusalOfAUseCaseIsAnError() {
        client.send("{\"event\":\"markRead\",\"ref\":1,\"data\":{\"roomId\":\"" + ROOM + "\",\"lastReadMessageId\":\""
                + new MessageId(1, 2) + "\"}}");

        assertError(client.receive(), "message-not-found");
    }

    @Test
    void typingIsNotAnswered() {
        client.send("{\"event\":\"typing\",\"ref\":1,\"data\":{\"roomId\":\"" + ROOM + "\",\"isTyping\":true}}");

        assertThat(client.next()).isNull();
        assertThat(client.chat.session().heard).containsExactly("typing " + ROOM + " true");
    }

    @Test
    void binaryFrameCloses() {
        client.send(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(new byte[] {1})));

        assertThat(client.receiveClose()).isEqualTo(1003);
    }

    @Test
    void longestFrameIsRead() {
        client.send(padded(65_536));

        assertThat(client.receive().path("event").asText()).isEqualTo("reply");
    }

    @Test
    void longerFrameCloses() {
        client.send(padded(65_537));

        assertThat(client.receiveClose()).isEqualTo(1009);
    }

    @Test
    void longerMessageInFragmentsCloses() {
        client.send(
                new TextWebSocketFrame(false, 0, " ".repeat(40_000)),
                new ContinuationWebSocketFrame(true, 0, " ".repeat(40_000)));

        assertThat(client.receiveClose()).isEqualTo(1009);
    }

    @Test
    void fragmentsWithAPingBetweenAreOneMessage() {
        client.send(
                new TextWebSocketFrame(false, 0, "{\"event\":\"heart"),
                new PingWebSocketFrame(Unpooled.copiedBuffer("hi", CharsetUtil.UTF_8)),
                new ContinuationWebSocketFrame(true, 0, "beat\",\"ref\":1}"));

        assertThat(client.nextIsPong()).isTrue();
        assertThat(client.receive().path("ref").asInt()).isEqualTo(1);
    }

    @Test
    void characterMayBeSplitBetweenFragments() {
        byte[] text = "{\"event\":\"heartbeat\",\"ref\":\"한\"}".getBytes(CharsetUtil.UTF_8);
        int middle = text.length - 4;

        client.send(
                new TextWebSocketFrame(false, 0, Unpooled.wrappedBuffer(text, 0, middle)),
                new ContinuationWebSocketFrame(true, 0, Unpooled.wrappedBuffer(text, middle, text.length - middle)));

        assertThat(client.receive().path("ref").asText()).isEqualTo("한");
    }

    @Test
    void textThatIsNotUtf8Closes() {
        client.send(new TextWebSocketFrame(Unpooled.wrappedBuffer(new byte[] {'"', (byte) 0xC0, (byte) 0x80, '"'})));

        assertThat(client.receiveClose()).isEqualTo(1007);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1002, 1003, 1007, 1011, 3000, 3999, 4000, 4999})
    void closeIsAnsweredWithItsOwnCode(int status) {
        client.send(new CloseWebSocketFrame(status, "bye"));

        assertThat(client.receiveClose()).isEqualTo(status);
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void closeWithoutACodeIsAnsweredWithoutOne() {
        client.send(new CloseWebSocketFrame());

        assertThat(client.receiveClose()).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999})
    void closeWithAForbiddenCodeIsAProtocolError(int status) {
        client.send(new CloseWebSocketFrame(true, 0, Unpooled.buffer(2).writeShort(status)));

        assertThat(client.receiveClose()).isEqualTo(1002);
    }

    @Test
    void closeWithHalfACodeIsAProtocolError() {
        client.send(new CloseWebSocketFrame(true, 0, Unpooled.wrappedBuffer(new byte[] {3})));

        assertThat(client.receiveClose()).isEqualTo(1002);
    }

    @Test
    void nothingIsAnsweredAfterTheClose() {
        client.send(
                new BinaryWebSocketFrame(Unpooled.EMPTY_BUFFER), new TextWebSocketFrame("{\"event\":\"heartbeat\"}"));

        assertThat(client.receiveClose()).isEqualTo(1003);
        assertThat(client.next()).isNull();
        client.send(new CloseWebSocketFrame(1000, ""));
        assertThat(client.isOpen()).isFalse();
    }

    private static TextWebSocketFrame padded(int bytes) {
        String frame = "{\"event\":\"heartbeat\",\"pad\":\"";
        return new TextWebSocketFrame(frame + "x".repeat(bytes - frame.length() - 2) + "\"}");
    }

    private static void assertError(JsonNode frame, String code) {
        assertThat(frame.path("event").asText()).isEqualTo("error");
        assertThat(frame.path("data").path("code").asText()).isEqualTo(code);
        assertThat(List.of(true, false))
                .contains(frame.path("data").path("retryable").booleanValue());
        assertThat(frame.path("data").path("message").asText()).isNotEmpty();
    }
}

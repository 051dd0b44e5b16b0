package dev.confab.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.bench.history.Fingerprint;
import dev.confab.bench.history.Shown;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FrameReaderTest {

    private final Numbers numbers = new Numbers();
    private final FrameReader reader = new FrameReader(numbers);

    private ServerFrame read(String text) throws IOException {
        ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
        try {
            return reader.read(bytes);
        } finally {
            bytes.release();
        }
    }

    private static String message(String key, String content) {
        return "{\"event\":\"newMessage\",\"data\":{\"id\":\"01K\",\"seq\":7,\"roomId\":\"r\",\"senderId\":\"s\","
                + "\"clientMsgId\":\"" + key + "\",\"type\":\"TEXT\",\"content\":\"" + content + "\"}}";
    }

    @Test
    void anEventIsReadWithItsNumber() throws IOException {
        long number = numbers.next(42);
        String key = numbers.key(number);

        assertThat(read(message(key, "점심?")))
                .isEqualTo(new ServerFrame.Event(
                        new Shown(Shown.What.NEW, "r", 7, "01K", key, "s", "TEXT", Fingerprint.of("점심?")), number));
        assertThat(numbers.due(number)).isEqualTo(42);
    }

    @Test
    void theSameBytesAreReadOnce() throws IOException {
        String text = message("k", "once");

        assertThat(read(text)).isSameAs(read(text));
    }

    @Test
    void bytesThatDifferAreReadApart() throws IOException {
        assertThat(read(message("k", "one"))).isNotEqualTo(read(message("k", "two")));
    }

    @Test
    void aChangeHasThePlaceOfTheChange() throws IOException {
        String text = message("k", "x")
                .replace("newMessage", "messageDeleted")
                .replace("\"x\"", "null")
                .replace("\"seq\":7", "\"seq\":7,\"changeSeq\":9");

        assertThat(read(text))
                .isEqualTo(new ServerFrame.Event(
                        new Shown(Shown.What.DELETED, "r", 9, "01K", "k", "s", "TEXT", null), Numbers.NONE));
    }

    @Test
    void answersAreRead() throws IOException {
        assertThat(read(
                        "{\"event\":\"messageFailed\",\"ref\":\"s\",\"data\":{\"clientMsgId\":\"k\",\"status\":\"FAILED\","
                                + "\"code\":\"unavailable\",\"message\":\"\",\"retryable\":true}}"))
                .isEqualTo(new ServerFrame.Failed("k", "unavailable", true));
        assertThat(read("{\"event\":\"error\",\"ref\":3,\"data\":{\"code\":\"room-not-found\"}}"))
                .isEqualTo(new ServerFrame.Refusal("3", "room-not-found"));
        assertThat(read("{\"event\":\"messageRejected\",\"data\":{\"roomId\":\"r\",\"clientMsgId\":null,"
                        + "\"commandId\":\"c\",\"messageId\":\"m\",\"code\":\"parked\"}}"))
                .isEqualTo(new ServerFrame.Rejected("r", "c", "parked"));
    }
}

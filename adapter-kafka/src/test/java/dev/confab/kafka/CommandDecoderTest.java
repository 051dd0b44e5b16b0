package dev.confab.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.LetterAddressee;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.CommandPartition;
import dev.confab.chat.port.out.DeadLetter;
import dev.confab.testkit.BusExamples;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CommandDecoderTest {

    private static final CommandPartition PARTITION = new CommandPartition("commands", 3);

    private final Command.Post command = BusExamples.post(RoomId.random(), UserId.random(), "hi");
    private final String json = new String(CommandCodec.encode(command), UTF_8);
    private final byte[] key = UuidText.toBytes(command.roomId().value());

    private static CommandBatch.Entry decode(byte @Nullable [] key, byte @Nullable [] value) {
        return CommandDecoder.decode(new ConsumerRecord<>("commands", 3, 17, key, value));
    }

    private DeadLetter unreadable(String value) {
        CommandBatch.Entry entry = decode(key, value.getBytes(UTF_8));
        assertThat(entry).isInstanceOf(CommandBatch.Unreadable.class);
        return ((CommandBatch.Unreadable) entry).letter();
    }

    @Test
    void readableRecordIsLogged() {
        assertThat(decode(key, json.getBytes(UTF_8))).isEqualTo(new CommandBatch.Logged(17, command));
    }

    @Test
    void unreadableRecordIsReadyToBeParkedAsItWas() {
        DeadLetter letter = unreadable("{\"no\":");
        assertThat(letter.partition()).isEqualTo(PARTITION);
        assertThat(letter.offset()).isEqualTo(17);
        assertThat(letter.command()).isNull();
        assertThat(letter.key()).isEqualTo(Base64.getEncoder().encodeToString(key));
        assertThat(Base64.getDecoder().decode(letter.payload())).isEqualTo("{\"no\":".getBytes(UTF_8));
        assertThat(letter.reason()).startsWith("no JSON").doesNotContain("\n");
        assertThat(letter.traceId().value()).isEqualTo("0000000000000004" + "0000000000000011");
    }

    @Property
    void noBytesWhateverStopTheDecoder(@ForAll byte[] key, @ForAll byte[] value) {
        assertThat(decode(key, value)).isInstanceOf(CommandBatch.Unreadable.class);
    }

    @Test
    void recordWithoutKeyOrValueIsUnreadable() {
        assertThat(decode(null, null)).isInstanceOf(CommandBatch.Unreadable.class);
        assertThat(decode(null, json.getBytes(UTF_8))).isInstanceOf(CommandBatch.Unreadable.class);
        assertThat(decode(key, null)).isInstanceOf(CommandBatch.Unreadable.class);
    }

    @Test
    void recordUnderTheKeyOfAnotherRoomIsUnreadable() {
        CommandBatch.Entry entry = decode(UuidText.toBytes(RoomId.random().value()), json.getBytes(UTF_8));
        assertThat(((CommandBatch.Unreadable) entry).letter().reason()).isEqualTo("the key is not the roomId");
    }

    @Test
    void unknownVersionIsUnreadableWhateverElseIsInIt() {
        DeadLetter letter = unreadable(
                json.replace("\"schemaVersion\":1", "\"schemaVersion\":2").replace("\"TEXT\"", "{\"a\":1}"));
        assertThat(letter.reason()).isEqualTo("unknown schemaVersion 2");
        assertThat(letter.traceId()).isEqualTo(command.traceId());
    }

    @Test
    void recordOfAnotherVersionSaysWhoseItIsAsFarAsItsNamesAreKnown() {
        String other = json.replace("\"schemaVersion\":1", "\"schemaVersion\":2");
        assertThat(unreadable(other).addressee())
                .isEqualTo(new LetterAddressee(command.roomId(), command.senderId(), command.clientMessageId(), null));
        assertThat(unreadable(other.replace("clientMsgId", "name")).addressee()).isNull();
        assertThat(unreadable("no JSON").addressee()).isNull();
        CommandBatch.Entry foreign = decode(UuidText.toBytes(RoomId.random().value()), other.getBytes(UTF_8));
        assertThat(((CommandBatch.Unreadable) foreign).letter().addressee())
                .as("of another room")
                .isNull();
    }

    @Test
    void recordThatWasPutBackIsKnownAsAReplay() {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("commands", 3, 18, key, json.getBytes(UTF_8));
        record.headers().add(Records.REPLAY_OF, "0-7".getBytes(UTF_8));
        assertThat(CommandDecoder.decode(record)).isEqualTo(new CommandBatch.Logged(18, command, true));
    }

    /** What is published of it would not fit into a record, and its partition would stand still for ever. */
    @Test
    void contentThatCouldNotBePublishedIsUnreadable() {
        assertThat(unreadable(json.replace("\"hi\"", "\"" + "x".repeat(20_001) + "\""))
                        .reason())
                .isEqualTo("content is too long");
        assertThat(decode(
                        key,
                        json.replace("\"hi\"", "\"" + "x".repeat(20_000) + "\"").getBytes(UTF_8)))
                .isInstanceOf(CommandBatch.Logged.class);
    }

    @Test
    void reasonNamesWhatIsWrong() {
        assertThat(unreadable(json.replace("message.post", "message.sing")).reason())
                .isEqualTo("unknown eventType 'message.sing'");
        assertThat(unreadable(json.replace("\"schemaVersion\":1,", "")).reason())
                .isEqualTo("schemaVersion is missing or no whole number");
        assertThat(unreadable(json.replace("\"content\":\"hi\"", "\"content\":null"))
                        .reason())
                .isEqualTo("content is missing or no text");
        assertThat(unreadable(json.replace("\"content\":\"hi\"", "\"content\":[\"hi\"]"))
                        .reason())
                .isEqualTo("content is of an unexpected shape");
        assertThat(unreadable(json.replace("\"content\":\"hi\"", "\"content\":\"\\ud83d\""))
                        .reason())
                .contains("surrogate");
        assertThat(unreadable(json.replace("\"TEXT\"", "\"DANCE\"")).reason()).isEqualTo("unknown type 'DANCE'");
        assertThat(unreadable(json.replace(command.senderId().toString(), "me")).reason())
                .isEqualTo("senderId is malformed");
        assertThat(unreadable(json + json).reason()).isEqualTo("more than one JSON object");
        assertThat(unreadable("[" + json + "]").reason()).isEqualTo("no JSON object");
        assertThat(unreadable("").reason()).isEqualTo("no JSON object");
    }

    @Test
    void reasonNamesWhatIsWrongWithAChange() {
        String edit = new String(CommandCodec.encode(BusExamples.edit(command.roomId(), UserId.random(), "hi")), UTF_8);

        assertThat(unreadable(edit.replace("\"content\":\"hi\"", "\"content\":null"))
                        .reason())
                .isEqualTo("content is missing or no text");
        assertThat(unreadable(edit.replace("\"messageId\":", "\"message\":")).reason())
                .isEqualTo("messageId is missing or no text");
        assertThat(unreadable(edit.replace("\"commandId\":", "\"command\":")).reason())
                .isEqualTo("commandId is missing or no text");
        assertThat(unreadable(edit.replace("message.edit", "message.undo")).reason())
                .isEqualTo("unknown eventType 'message.undo'");
    }

    @Test
    void reasonIsShortThoughTheRecordIsLong() {
        assertThat(unreadable(json.replace("message.post", "x".repeat(100_000))).reason())
                .hasSizeLessThan(400);
        assertThat(unreadable("[".repeat(100_000)).reason()).hasSizeLessThan(400);
    }
}

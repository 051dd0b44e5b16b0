package dev.confab.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Epoch;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.TraceId;
import dev.confab.chat.model.UserId;
import dev.confab.testkit.BusExamples;
import dev.confab.testkit.MutableClock;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CodecTest {

    private static final TraceId OTHER_TRACE = new TraceId("f".repeat(32));
    private final PublicationCodec publications = new PublicationCodec(new MutableClock());

    @Provide
    Arbitrary<Command> commands() {
        return CodecArbitraries.commands();
    }

    @Provide
    Arbitrary<Publication> publications() {
        return CodecArbitraries.publications();
    }

    @Property
    void commandIsReadAsItWasWritten(@ForAll("commands") Command command) throws UnreadableRecordException {
        assertThat(CommandCodec.decode(RecordReader.read(CommandCodec.encode(command)), OTHER_TRACE))
                .isEqualTo(command);
    }

    @Property
    void publicationIsReadAsItWasWritten(@ForAll("publications") Publication publication)
            throws UnreadableRecordException {
        assertThat(PublicationCodec.decode(RecordReader.read(publications.encode(publication))))
                .isEqualTo(publication);
    }

    @Property(tries = 100)
    void sameEventHasTheSameIdEachTimeItIsWritten(@ForAll("publications") Publication publication)
            throws UnreadableRecordException {
        String first = RecordReader.read(publications.encode(publication)).text(Field.EVENT_ID);
        assertThat(RecordReader.read(publications.encode(publication)).text(Field.EVENT_ID))
                .isEqualTo(first);
    }

    @Test
    void recordSaysInJsonWhatEveryRecordSays() {
        Command.Post post = BusExamples.post(RoomId.random(), UserId.random(), "hi");
        assertThat(new String(CommandCodec.encode(post), UTF_8))
                .isEqualTo("{\"eventType\":\"message.post\",\"schemaVersion\":1,\"eventId\":\""
                        + post.clientMessageId() + "\",\"occurredAt\":\"2026-02-24T06:00:00.123Z\",\"traceId\":\""
                        + post.traceId() + "\",\"roomId\":\"" + post.roomId() + "\",\"senderId\":\"" + post.senderId()
                        + "\",\"clientMsgId\":\"" + post.clientMessageId()
                        + "\",\"type\":\"TEXT\",\"content\":\"hi\",\"replyTo\":null}");
    }

    @Test
    void fieldsOfANewerVersionAreIgnored() throws UnreadableRecordException {
        Command command = BusExamples.post(RoomId.random(), "hi");
        String json = new String(CommandCodec.encode(command), UTF_8)
                .replaceFirst("\\{", "{\"new\":{\"a\":[1,{\"roomId\":7}]},\"newer\":[[]],\"newest\":1.5,");
        assertThat(CommandCodec.decode(RecordReader.read(json.getBytes(UTF_8)), OTHER_TRACE))
                .isEqualTo(command);
    }

    @Test
    void recordWithoutATraceGetsOne() throws UnreadableRecordException {
        Command command = BusExamples.post(RoomId.random(), "hi");
        String json = new String(CommandCodec.encode(command), UTF_8)
                .replace(command.traceId().value(), "?");
        assertThat(CommandCodec.decode(RecordReader.read(json.getBytes(UTF_8)), OTHER_TRACE)
                        .traceId())
                .isEqualTo(OTHER_TRACE);
    }

    @Test
    void emojiAndHangulAreWrittenAsTheyAre() {
        byte[] record = CommandCodec.encode(BusExamples.post(RoomId.random(), "안녕 👋"));
        assertThat(new String(record, UTF_8)).contains("\"content\":\"안녕 👋\"");
    }

    @Test
    void halfACharacterIsWrittenButNotRead() throws UnreadableRecordException {
        RecordReader record =
                RecordReader.read(CommandCodec.encode(BusExamples.post(RoomId.random(), "half \uD83D of it")));
        assertThatThrownBy(() -> CommandCodec.decode(record, OTHER_TRACE))
                .isInstanceOf(UnreadableRecordException.class);
    }

    @Test
    void whatPassesIsNotPublished() {
        Publication passing = new Publication(
                new Epoch("e"), 0, OTHER_TRACE, new ChatEvent.UserLeft(RoomId.random(), UserId.random(), "Kim"));
        assertThatThrownBy(() -> publications.encode(passing)).isInstanceOf(IllegalArgumentException.class);
    }
}

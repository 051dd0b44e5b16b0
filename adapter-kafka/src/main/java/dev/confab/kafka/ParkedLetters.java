package dev.confab.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.LetterAddressee;
import dev.confab.chat.model.LetterCause;
import dev.confab.chat.model.LetterId;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.ParkedLetter;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.TraceId;
import dev.confab.chat.model.UserId;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Dead letters as the records that they lie in. Reads whatever lies there, and never fails. */
final class ParkedLetters {

    private static final TraceId NO_TRACE = new TraceId("");

    private ParkedLetters() {}

    static ParkedLetter read(ConsumerRecord<byte[], byte[]> record) {
        return new ParkedLetter(
                new LetterId(record.partition(), record.offset()),
                Instant.ofEpochMilli(Math.max(0, record.timestamp())),
                origin(record),
                cause(record),
                addressee(record),
                record.key() == null ? null : base64(record.key()),
                record.value() == null ? "" : base64(record.value()),
                (int) number(record, Records.CUT_FROM).orElse(0L).longValue(),
                text(record, Records.REASON).orElse("unknown: something else put it here"),
                text(record, Records.TRACE_ID).map(TraceId::new).orElse(NO_TRACE));
    }

    private static ParkedLetter.@Nullable Origin origin(ConsumerRecord<byte[], byte[]> record) {
        Optional<String> log = text(record, Records.ORIGIN_TOPIC);
        Optional<Long> partition = number(record, Records.ORIGIN_PARTITION);
        Optional<Long> offset = number(record, Records.ORIGIN_OFFSET);
        return log.isPresent() && partition.isPresent() && offset.isPresent()
                ? new ParkedLetter.Origin(log.get(), (int) (long) partition.get(), offset.get())
                : null;
    }

    private static @Nullable LetterAddressee addressee(ConsumerRecord<byte[], byte[]> record) {
        Optional<RoomId> room = text(record, Records.ROOM).flatMap(RoomId::parse);
        Optional<UserId> sender = text(record, Records.USER).flatMap(UserId::parse);
        Optional<ClientMessageId> command = text(record, Records.COMMAND).flatMap(ClientMessageId::parse);
        return room.isPresent() && sender.isPresent() && command.isPresent()
                ? new LetterAddressee(
                        room.get(),
                        sender.get(),
                        command.get(),
                        text(record, Records.MESSAGE).flatMap(MessageId::parse).orElse(null))
                : null;
    }

    private static LetterCause cause(ConsumerRecord<byte[], byte[]> record) {
        String word = text(record, Records.CAUSE).orElse("");
        for (LetterCause cause : LetterCause.values()) {
            if (cause.name().equals(word)) {
                return cause;
            }
        }
        return LetterCause.UNREADABLE;
    }

    /** The record as it was, marked as a replay. */
    static ProducerRecord<byte[], byte[]> putBack(ParkedLetter letter, ParkedLetter.Origin origin) {
        byte[] key = letter.key() == null ? null : Base64.getDecoder().decode(letter.key());
        byte[] value = letter.payload().isEmpty() ? null : Base64.getDecoder().decode(letter.payload());
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(origin.log(), origin.partition(), key, value);
        if (letter.addressee() != null && !letter.addressee().senderId().equals(UserId.NOBODY)) {
            record.headers()
                    .add(
                            Records.USER,
                            UuidText.toBytes(letter.addressee().senderId().value()));
        }
        record.headers().add(Records.REPLAY_OF, letter.id().toString().getBytes(UTF_8));
        return record;
    }

    private static Optional<Long> number(ConsumerRecord<byte[], byte[]> record, String name) {
        return text(record, name).filter(text -> text.matches("\\d{1,18}")).map(Long::parseLong);
    }

    private static Optional<String> text(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
